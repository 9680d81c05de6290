"""Modals, confirmations, the App Home and failures in the sandbox's page."""

import pytest
from playwright.async_api import Page, expect

from sandbox.server import Sandbox
from tests.browser.acting import message, type_into
from tests.browser.probe_app import TOO_SHORT, ProbeApp


@pytest.mark.usefixtures("app")
async def test_a_modal_shows_the_apps_error_at_its_field_and_then_accepts(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "/probe form")
    modal = page.get_by_test_id("modal")
    await modal.get_by_label("Name").fill("abc")
    await modal.get_by_label("Size").click()
    await modal.get_by_role("option", name="Large").click()

    await modal.get_by_test_id("modal-submit").click()

    await expect(modal.get_by_text(TOO_SHORT)).to_be_visible()
    await expect(modal.get_by_label("Name")).to_have_value("abc")
    await modal.get_by_label("Name").fill("abcdef")
    await modal.get_by_test_id("modal-submit").click()
    await expect(modal).to_have_count(0)
    await expect(message(page, "Saved abcdef, large.")).to_be_visible()


@pytest.mark.usefixtures("app")
async def test_a_modal_asks_for_what_is_required_and_escape_closes_it(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "/probe form")
    modal = page.get_by_test_id("modal")

    await modal.get_by_test_id("modal-submit").click()

    complaints = modal.get_by_text("Please complete this required field.")
    await expect(complaints).to_have_count(2)
    await expect(modal.get_by_label("Name")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(modal).to_have_count(0)
    await expect(page.get_by_test_id("composer")).to_be_focused()
    await page.keyboard.type("On we go")
    await expect(page.get_by_test_id("composer")).to_have_value("On we go")


async def test_a_confirmation_can_be_declined_and_given(
    page: Page, sandbox: Sandbox, app: ProbeApp
) -> None:
    await page.goto(sandbox.url)
    await type_into(page, "/probe card")
    destroy = page.get_by_role("button", name="Destroy")

    await destroy.click()
    await page.get_by_test_id("confirm-cancel").click()
    await page.get_by_role("button", name="Press me").click()
    await expect(message(page, "press was pressed.")).to_be_visible()
    declined = list(app.pressed)
    await destroy.click()
    await page.get_by_test_id("confirm-ok").click()
    await expect(message(page, "destroy was pressed.")).to_be_visible()

    assert declined == ["press"]
    assert app.pressed == ["press", "destroy"]


@pytest.mark.usefixtures("app")
async def test_a_command_that_fails_is_told_in_a_toast(page: Page, sandbox: Sandbox) -> None:
    sandbox.expects("refused_delivery")
    await page.goto(sandbox.url)

    await type_into(page, "/probe nothing it knows")

    await expect(page.get_by_test_id("toast")).to_be_visible()
    await expect(message(page, "/probe failed with the error")).to_be_visible()


@pytest.mark.usefixtures("app")
async def test_the_apps_page_has_home_messages_and_about(page: Page, sandbox: Sandbox) -> None:
    await page.goto(sandbox.url)

    await page.get_by_test_id("app-home").click()

    await expect(page.get_by_test_id("home")).to_contain_text("Welcome home")
    await page.get_by_role("button", name="Messages", exact=True).click()
    await expect(page.get_by_test_id("channel-title")).to_contain_text("Probe")
    await expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "Message Probe")
    await page.get_by_role("button", name="About").click()
    await expect(page.get_by_test_id("about")).to_contain_text("/probe card | form")
    await page.reload()
    await expect(page.get_by_test_id("about")).to_contain_text("Echo it")
