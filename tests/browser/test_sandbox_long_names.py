"""A channel whose name and topic are as long as Slack lets them be, on a desktop and on a phone."""

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox.model import gathering
from sandbox.server import Sandbox
from tests.browser.acting import is_wider_than_its_window
from tests.browser.conftest import OpenPage
from tests.browser.test_sandbox_looks import DEVICES, picture

NAME = "inc-20261122-payments-are-slow-for-everybody-who-pays-with-a-card-of-a-bank-7"
TOPIC = "High · Acknowledged · led by Alice Archer · next update due in twenty minutes"
LINES = "e => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight)"
WIDTH = "e => e.getBoundingClientRect().width"


async def _in_the_long_channel(page: Page, sandbox: Sandbox) -> None:
    workspace, alice = sandbox.world.workspace, await sandbox.person("alice").id()
    channel = gathering.create_channel(workspace, NAME, alice, private=False)
    gathering.set_topic(workspace, channel, TOPIC, alice)
    await page.goto(sandbox.url)
    if await page.get_by_test_id("drawer-toggle").is_visible():
        await page.get_by_test_id("drawer-toggle").click()
    await page.locator(f"[data-channel-name={NAME}]").click()
    await expect(page.get_by_test_id("channel-title")).to_have_text(NAME)


async def _lines(words: Locator) -> float:
    return float(await words.evaluate(LINES))


@pytest.mark.parametrize("device", DEVICES)
async def test_a_long_name_leaves_room_for_the_topic_and_the_conversation(
    open_page: OpenPage, sandbox: Sandbox, device: str
) -> None:
    width, height = DEVICES[device]
    page = await open_page(width=width, height=height)

    await _in_the_long_channel(page, sandbox)

    await picture(page, f"sandbox-long-name-{device}")
    title, topic = page.get_by_test_id("channel-title"), page.get_by_test_id("topic")
    assert await _lines(title) < 2
    assert await title.get_attribute("title") == NAME
    assert float(await topic.evaluate(WIDTH)) > 150
    assert not await is_wider_than_its_window(page)


async def test_the_message_box_of_a_long_name_is_one_line_high(
    open_page: OpenPage, sandbox: Sandbox
) -> None:
    width, height = DEVICES["phone"]
    page = await open_page(width=width, height=height)

    await _in_the_long_channel(page, sandbox)

    composer = page.get_by_test_id("composer")
    inside = await composer.evaluate("e => [e.clientHeight, e.scrollHeight]")
    assert await composer.get_attribute("aria-label") == f"Message #{NAME}"
    assert inside[1] <= inside[0]
