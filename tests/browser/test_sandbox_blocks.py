"""Every block and every input on the page, in a real browser: what is seen and can be done."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.model import posting
from sandbox.model.messages import Draft
from sandbox.server import Sandbox
from tests.browser.conftest import OpenPage, Witness
from tests.browser.every_block import INPUTS, MESSAGE, MODAL

PHONE = 390
AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
Scheme = Literal["light", "dark"]


@pytest.fixture
def slack(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)


async def post_every_block(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    sandbox.allows("broadcast")
    await slack.chat_postMessage(channel="#general", text="Every block", blocks=MESSAGE)


async def open_every_input(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    trigger = sandbox.world.triggers.issue(await sandbox.person("alice").id())
    await slack.views_open(trigger_id=trigger, view=MODAL)


async def posted(page: Page) -> Locator:
    message = page.get_by_test_id("message").filter(has_text="Every block")
    await expect(message).to_be_visible()
    return message


async def is_wider_than_its_window(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


async def test_every_block_is_drawn_and_none_is_shown_as_json(
    page: Page, sandbox: Sandbox, slack: AsyncWebClient, witness: Witness
) -> None:
    await post_every_block(sandbox, slack)
    await page.goto(sandbox.url)
    message = await posted(page)

    await expect(message.locator(".blocks > *")).to_have_count(len(MESSAGE))
    await expect(message.get_by_test_id("raw-block")).to_have_count(0)
    for words in (
        "A plain field",
        "Noted by somebody",
        "A large picture",
        "A numbered step",
        "preformatted = 1",
        "Inside the container",
        "remote-7",
        "It is short.",
        "1 of 2 done",
        "Nothing found",
    ):
        await expect(message).to_contain_text(words)
    assert witness.complaints == []


async def test_pictures_of_other_hosts_are_told_and_linked(
    page: Page, sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await post_every_block(sandbox, slack)
    await page.goto(sandbox.url)
    message = await posted(page)

    large = message.locator(".block.image")
    await expect(large).to_contain_text("A large picture")
    await expect(large.get_by_role("link", name="Open it")).to_have_attribute(
        "href", "https://example.com/picture.png"
    )
    await expect(message.get_by_role("link", name="Picture: A small picture")).to_be_visible()


async def test_a_data_table_is_turned_sorted_and_narrowed(
    page: Page, sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await post_every_block(sandbox, slack)
    await page.goto(sandbox.url)
    table = (await posted(page)).locator(".data-table")
    names = table.locator("tbody th")

    await expect(names).to_have_text(["Search", "Checkout"])
    await table.get_by_role("button", name="Next").click()
    await expect(names).to_have_text(["Login"])
    await table.get_by_role("button", name="Count").click()
    await table.get_by_role("button", name="Previous").click()
    await expect(names).to_have_text(["Search", "Login"])
    await table.get_by_label("Filter the rows").fill("check")
    await expect(names).to_have_text(["Checkout"])


async def test_a_container_folds_by_keyboard(
    page: Page, sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await post_every_block(sandbox, slack)
    await page.goto(sandbox.url)
    container = (await posted(page)).locator("details.container")

    await container.locator("summary").focus()
    await page.keyboard.press("Enter")

    await expect(container.get_by_text("Inside the container")).to_be_hidden()


async def test_an_unknown_block_is_shown_as_json_with_a_warning(
    page: Page, sandbox: Sandbox
) -> None:
    world = sandbox.world
    general = world.workspace.channel_named("general")
    assert general
    blocks = ({"type": "hologram", "block_id": "h", "beam": "<b>up</b>"},)
    bot = world.workspace.team.bot_user_id
    posting.post(
        world.workspace, Draft(channel=general.id, user=bot, text="Strange", blocks=blocks)
    )
    await page.goto(sandbox.url)

    strange = page.get_by_test_id("raw-block")
    await expect(strange).to_contain_text("hologram")
    await expect(strange).to_contain_text("<b>up</b>")


async def test_every_input_is_drawn_with_its_label(
    page: Page, sandbox: Sandbox, slack: AsyncWebClient, witness: Witness
) -> None:
    await page.goto(sandbox.url)
    await open_every_input(sandbox, slack)
    modal = page.get_by_test_id("modal")
    await expect(modal).to_be_visible()

    await expect(modal.get_by_test_id("raw-block")).to_have_count(0)
    await expect(modal.get_by_role("note")).to_have_count(5)
    for block in INPUTS:
        await expect(modal.get_by_label(block["label"]["text"], exact=True).first).to_be_attached()
    await expect(modal.get_by_label("Words", exact=True)).to_be_focused()
    await expect(modal.get_by_label("Words", exact=True)).to_have_attribute("maxlength", "20")
    await expect(modal.get_by_label("Formatted", exact=True)).to_have_value("*So*")
    await expect(modal.get_by_label("Time", exact=True)).to_have_value("09:30")
    assert witness.complaints == []


async def test_what_is_filled_in_is_what_the_view_holds(
    page: Page, sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    sandbox.allows("late_ack", "app_unreachable")
    await page.goto(sandbox.url)
    await open_every_input(sandbox, slack)
    modal = page.get_by_test_id("modal")
    await modal.get_by_label("Words", exact=True).fill("Checkout")
    await modal.get_by_label("Formatted", exact=True).fill("all *well*")
    await modal.get_by_label("Large").last.check()
    note = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"Hello"}
    await modal.get_by_label("Files", exact=True).set_input_files(note)  # type: ignore[arg-type]
    await expect(modal.get_by_role("button", name="Remove note.txt")).to_be_visible()

    await modal.get_by_test_id("modal-submit").click()
    await sandbox.settled()

    (view,) = sandbox.world.workspace.views.values()
    assert view.values["Words"]["field"]["value"] == "Checkout"
    assert view.values["Choice"]["field"]["selected_option"]["value"] == "large"
    (file,) = view.values["Files"]["field"]["files"]
    assert (file["name"], file["size"]) == ("note.txt", 5)
    (section,) = view.values["Formatted"]["field"]["rich_text_value"]["elements"]
    assert section["elements"][1] == {"type": "text", "text": "well", "style": {"bold": True}}


async def test_a_field_error_stands_at_its_field(
    page: Page, sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await page.goto(sandbox.url)
    await open_every_input(sandbox, slack)
    modal = page.get_by_test_id("modal")
    await modal.get_by_label("Words", exact=True).fill("ab")

    await modal.get_by_test_id("modal-submit").click()

    await expect(modal.locator(".field-error:visible")).to_have_text(
        "Please write at least 3 characters."
    )
    await expect(modal.get_by_label("Words", exact=True)).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everything_has_a_name_and_can_be_read(
    open_page: OpenPage, sandbox: Sandbox, slack: AsyncWebClient, scheme: Scheme
) -> None:
    await post_every_block(sandbox, slack)
    page = await open_page(scheme=scheme)
    await page.goto(sandbox.url)
    await posted(page)
    assert await page.evaluate(AUDIT) == []

    await open_every_input(sandbox, slack)

    await expect(page.get_by_test_id("modal")).to_be_visible()
    assert await page.evaluate(AUDIT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_fits_a_phone(
    open_page: OpenPage, sandbox: Sandbox, slack: AsyncWebClient, scheme: Scheme
) -> None:
    await post_every_block(sandbox, slack)
    page = await open_page(width=PHONE, height=844, scheme=scheme)
    await page.goto(f"{sandbox.url}#general")
    await expect(page.get_by_test_id("message").filter(has_text="Every block")).to_be_attached()
    assert not await is_wider_than_its_window(page)

    await open_every_input(sandbox, slack)

    await expect(page.get_by_test_id("modal")).to_be_visible()
    assert not await is_wider_than_its_window(page)
