"""A channel with more messages than the page shows at once."""

import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from sandbox.model import posting
from sandbox.model.messages import Draft
from sandbox.server import Sandbox
from tests.browser.acting import act_as, message, more_of, type_into

MANY, PART = 300, 100
TOP = "node => node.getBoundingClientRect().top"
IS_IN_SIGHT = """node => {
  const { top, bottom } = node.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}"""


def post(sandbox: Sandbox, channel: str, text: str, thread_ts: str = "") -> str:
    bot = sandbox.world.workspace.team.bot_user_id
    draft = Draft(channel=channel, user=bot, text=text, thread_ts=thread_ts)
    return posting.post(sandbox.world.workspace, draft).ts


@pytest_asyncio.fixture(loop_scope="session")
async def general(sandbox: Sandbox) -> str:
    return (await sandbox.channel_named("general")).id


@pytest_asyncio.fixture(loop_scope="session")
async def lines(sandbox: Sandbox, general: str) -> list[str]:
    """The ts of hundreds of messages."""
    return [post(sandbox, general, f"Line {number} of many") for number in range(MANY)]


def drawn(page: Page) -> Locator:
    return page.get_by_test_id("message").filter(has_text="of many")


async def test_the_newest_are_shown_and_the_button_brings_the_earlier_ones(
    page: Page, sandbox: Sandbox, lines: list[str]
) -> None:
    earlier = page.get_by_role("button", name="Earlier messages")
    await page.goto(sandbox.url)
    await expect(drawn(page)).to_have_count(PART)
    await expect(drawn(page).last).to_contain_text(f"Line {MANY - 1} of many")
    await expect(page.get_by_text("This is the very beginning")).not_to_be_visible()

    await earlier.scroll_into_view_if_needed()
    first = page.locator(f'[data-ts="{lines[MANY - PART]}"]')
    before = await first.evaluate(TOP)
    await earlier.click()

    await expect(drawn(page)).to_have_count(2 * PART)
    assert abs(await first.evaluate(TOP) - before) < 1
    await expect(page.get_by_role("button", name="New messages")).not_to_be_visible()
    await earlier.click()
    await expect(drawn(page)).to_have_count(MANY)
    await expect(earlier).not_to_be_visible()
    await expect(page.locator(f'[data-ts="{lines[PART]}"]')).to_be_focused()


async def test_a_new_message_touches_no_other_and_closes_no_menu(
    page: Page, sandbox: Sandbox, general: str, lines: list[str]
) -> None:
    await page.goto(sandbox.url)
    await expect(drawn(page)).to_have_count(PART)
    await page.evaluate("document.querySelectorAll('.message').forEach(one => { one.kept = 1; })")
    await message(page, f"Line {MANY - 1} ").hover()
    await message(page, f"Line {MANY - 1} ").get_by_test_id("message-more").click()

    post(sandbox, general, "One more")

    await expect(message(page, "One more")).to_be_visible()
    await expect(page.get_by_role("menuitem").first).to_be_focused()
    fresh = "[...document.querySelectorAll('.message')].filter(one => !one.kept).length"
    assert await page.evaluate(fresh) == 1
    assert len(lines) == MANY


async def test_whoever_reads_above_stays_there_when_something_is_said(
    page: Page, sandbox: Sandbox, general: str, lines: list[str]
) -> None:
    await page.goto(sandbox.url)
    await expect(drawn(page)).to_have_count(PART)
    read = page.locator(f'[data-ts="{lines[MANY - PART + 20]}"]')
    await read.scroll_into_view_if_needed()
    before = await read.evaluate(TOP)

    post(sandbox, general, "One more")

    await page.get_by_role("button", name="New messages").wait_for()
    assert await read.evaluate(TOP) == before


async def test_whoever_reads_the_end_is_not_made_to_keep_hundreds(
    page: Page, sandbox: Sandbox, general: str, lines: list[str]
) -> None:
    await page.goto(f"{sandbox.url}/#{general}/p{lines[0]}")
    await expect(drawn(page)).to_have_count(MANY)

    await type_into(page, "The end")
    await expect(message(page, "The end")).to_be_in_viewport()
    post(sandbox, general, "The very end")

    await expect(message(page, "The very end")).to_be_visible()
    await expect(page.get_by_test_id("message")).to_have_count(PART)


async def test_a_link_and_a_pin_lead_to_messages_that_were_not_loaded(
    page: Page, sandbox: Sandbox, general: str, lines: list[str]
) -> None:
    alice = {"user": "alice", "channel": general}
    await sandbox.control.act("pin", **alice, ts=lines[5])
    linked, pinned = (page.locator(f'[data-ts="{ts}"]') for ts in (lines[150], lines[5]))

    await page.goto(f"{sandbox.url}/#{general}/p{lines[150]}")

    await expect(linked).to_be_focused()
    assert await linked.evaluate(IS_IN_SIGHT)
    await page.get_by_test_id("pins-button").click()
    await page.get_by_test_id("pins").get_by_role("button", name="Line 5 of many").click()
    await expect(pinned).to_be_focused()
    assert await pinned.evaluate(IS_IN_SIGHT)


async def test_the_thread_of_an_old_message_is_read_and_answered(
    page: Page, sandbox: Sandbox, general: str, lines: list[str]
) -> None:
    post(sandbox, general, "An old answer", lines[3])

    await page.goto(f"{sandbox.url}/#{general}/{lines[3]}")
    await expect(page.get_by_test_id("thread-message")).to_have_count(2)
    await page.get_by_test_id("thread-composer").fill("A new one")
    await page.get_by_test_id("thread-send").click()

    await expect(page.get_by_test_id("thread-message").last).to_contain_text("A new one")
    await expect(drawn(page)).to_have_count(PART)


async def test_the_new_line_stands_above_the_first_of_hundreds(
    page: Page, sandbox: Sandbox, general: str
) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "Before it all")
    await expect(message(page, "Before it all")).to_be_visible()
    await page.goto(f"{sandbox.url}/#about")
    await expect(page.get_by_test_id("composer")).not_to_be_visible()
    for number in range(PART + 20):
        post(sandbox, general, f"Line {number} of many")

    await page.goto(f"{sandbox.url}/#{general}")
    await expect(drawn(page)).to_have_count(PART)
    await page.get_by_test_id("earlier").click()

    await expect(drawn(page)).to_have_count(PART + 20)
    line = page.get_by_test_id("new-line")
    await expect(line.locator("xpath=following-sibling::*[1]")).to_contain_text("Line 0 of many")


async def test_another_person_begins_with_the_newest_again(
    page: Page, sandbox: Sandbox, lines: list[str]
) -> None:
    await page.goto(sandbox.url)
    await page.get_by_test_id("earlier").click()
    await expect(drawn(page)).to_have_count(2 * PART)

    await act_as(page, "Bob")

    await expect(drawn(page)).to_have_count(PART)
    await more_of(page, message(page, f"Line {MANY - 1} "), "Copy link")
    assert len(lines) == MANY
