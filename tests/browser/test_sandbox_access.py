"""The sandbox's page without a mouse and without eyes."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from sandbox.server import Sandbox
from tests.browser.acting import act_as, choose_from, message, show_panel, type_into

AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")


async def complaints(page: Page) -> list[str]:
    found: list[str] = await page.evaluate(AUDIT)
    return found


@pytest.mark.usefixtures("app")
async def test_a_form_is_opened_filled_in_and_sent_by_keyboard_alone(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    await expect(page.get_by_test_id("channel-title")).to_be_visible()
    press = page.keyboard.press

    await press("Tab")
    await expect(page.get_by_role("link", name="Skip to the message box")).to_be_focused()
    await press("Enter")
    await page.keyboard.type("/prob")
    await press("Tab")
    await page.keyboard.type("form")
    await press("Enter")
    modal = page.get_by_test_id("modal")
    await expect(modal.get_by_label("Name")).to_be_focused()
    await page.keyboard.type("Alexandra")
    await press("Tab")
    await press("Enter")
    await expect(modal.get_by_role("option", name="Small")).to_be_visible()
    await press("ArrowDown")
    await press("Enter")
    await expect(modal.get_by_label("Size")).to_contain_text("Large")
    await modal.get_by_test_id("modal-submit").focus()
    await press("Enter")

    await expect(message(page, "Saved Alexandra, large.")).to_be_visible()
    await expect(page.get_by_test_id("composer")).to_be_focused()


async def test_messages_are_read_and_answered_with_arrows_and_letters(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "First")
    await type_into(page, "Second")
    second, press = message(page, "Second"), page.keyboard.press
    await expect(second).to_be_visible()

    await page.get_by_role("log", name="Messages").focus()
    await press("ArrowUp")
    await expect(second).to_be_focused()
    await press("ArrowUp")
    await expect(message(page, "First")).to_be_focused()
    await press("ArrowDown")
    await press("p")
    await expect(second).to_contain_text("Pinned")
    await second.focus()
    await press("t")
    await expect(page.get_by_test_id("thread-composer")).to_be_focused()
    await page.keyboard.type("Answered")
    await press("Enter")
    await expect(second.get_by_test_id("thread-count")).to_have_text("1 reply")
    await press("Escape")

    await expect(second).to_be_focused()
    await press("m")
    await expect(page.get_by_role("menuitem").first).to_be_focused()
    await press("Escape")
    await page.get_by_test_id("composer").focus()
    await press("ArrowUp")
    await expect(page.get_by_test_id("edit-field")).to_have_value("Second")


async def test_the_sidebar_and_the_panels_tabs_are_walked_with_arrows(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    general = page.locator("[data-channel-name=general]")
    await general.focus()

    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    await expect(page.get_by_test_id("channel-title")).to_contain_text("incidents")
    await expect(page.locator("[data-channel-name=incidents]")).to_be_focused()
    await show_panel(page, "log")
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_test_id("tab-faults")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("side-panel")).to_be_hidden()
    await expect(page.get_by_test_id("side-panel-toggle")).to_be_focused()


async def test_a_new_message_is_read_out_and_ones_own_is_not(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "My own words")
    await expect(message(page, "My own words")).to_be_visible()

    await sandbox.person("bob").types("#general", "Hear, hear <everybody>")

    announcer = page.locator("[aria-live=polite]").first
    await expect(announcer).to_have_text("Bob Brook: Hear, hear <everybody>")


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("look", ["light", "dark"])
async def test_everything_has_a_name_and_can_be_read(
    page: Page, sandbox: Sandbox, look: str
) -> None:
    await page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    await page.goto(sandbox.url)
    await type_into(page, "/probe card")
    await type_into(page, "/probe whisper")
    await type_into(page, "A *word* with `code`, a link https://example.com and @alice")
    said = page.get_by_test_id("message").filter(has_text="code").last
    await expect(said).to_contain_text("example.com")
    found = await complaints(page)

    # By keyboard: what the app answers meanwhile may move the message from under the pointer.
    await said.get_by_role("button", name="Reply in thread").press("Enter")
    for tab in ("faults", "clock", "settings", "log"):
        panel = await show_panel(page, tab)
        found += await complaints(page)
        await panel.get_by_role("button", name="Close the side panel").click()
    await choose_from(page, page.get_by_test_id("add-channels"), "Browse channels")
    found += await complaints(page)
    await page.keyboard.press("Escape")
    await choose_from(page, page.get_by_test_id("add-channels"), "Create a channel")
    found += await complaints(page)
    await page.keyboard.press("Escape")
    await page.get_by_test_id("app-home").click()
    await expect(page.get_by_test_id("home")).to_contain_text("Welcome home")
    found += await complaints(page)
    await type_in_form(page)
    found += await complaints(page)

    assert sorted(set(found)) == []


async def type_in_form(page: Page) -> None:
    await page.locator("[data-channel-name=general]").click()
    await act_as(page, "Alice")
    await type_into(page, "/probe form")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_text("Please complete this required field.").first).to_be_visible()
