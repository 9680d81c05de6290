"""A newcomer's first incident, in the sandbox's page: declared, acknowledged, resolved.

With TOCSIN_SCREENSHOTS set to a folder, the pictures of `docs/first-incident.md` are taken anew.
"""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from sandbox.server import Sandbox
from tests.processes import Tocsin, ask, settings_for

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest=MANIFEST) as sandbox:
        settings = settings_for(sandbox, tmp_path / "data", None)
        tocsin = Tocsin(settings, tmp_path)
        sandbox.app_url = tocsin.url
        await ask(settings, tmp_path, "services", "add", "checkout")
        await tocsin.start()
        yield sandbox
        await tocsin.stop()


async def act_as(page: Page, name: str) -> None:
    option = page.get_by_test_id("act-as").locator("option", has_text=name)
    await page.get_by_test_id("act-as").select_option(await option.get_attribute("value"))


async def type_into(page: Page, text: str) -> None:
    composer = page.get_by_test_id("composer")
    await composer.fill(text)
    await composer.press("Enter")


async def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("TOCSIN_SCREENSHOTS"):
        await page.wait_for_timeout(400)  # a picture should not catch an animation half-way
        await page.screenshot(path=Path(folder) / f"{name}.png")


def card(page: Page) -> Locator:
    """The status card: the message that carries the buttons."""
    buttons = page.get_by_role("button", name="Assign me").or_(
        page.get_by_role("button", name="Reopen")
    )
    return page.get_by_test_id("message").filter(has=buttons).first


async def test_an_incident_is_declared_acknowledged_and_resolved_in_the_page(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    await act_as(page, "Alice")
    await type_into(page, "/incident declare Checkout answers 502 sev1")
    await expect(page.get_by_test_id("message").filter(has_text="INC-1").last).to_be_visible()
    await picture(page, "declared")

    await page.locator("[data-channel-name^=inc-]").click()
    await expect(card(page)).to_contain_text("Checkout answers 502")
    await picture(page, "card")

    await act_as(page, "Bob")
    await card(page).get_by_role("button", name="Acknowledge").click()
    await expect(card(page)).to_contain_text("Acknowledged")
    await picture(page, "acknowledged")

    await act_as(page, "Alice")
    await type_into(page, "/incident update A bad deploy; rolling back.")
    await expect(card(page)).to_contain_text("rolling back")

    await card(page).get_by_role("button", name="Resolve").click()
    await page.get_by_test_id("confirm-ok").click()
    await expect(card(page)).to_contain_text("Resolved")
    await picture(page, "resolved")


async def test_a_bare_command_opens_the_form_and_names_the_empty_field(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    await act_as(page, "Alice")

    await type_into(page, "/incident")

    form = page.get_by_role("dialog")
    await form.get_by_label("What is wrong?").fill("Search is slow")
    await picture(page, "form")
    await form.get_by_label("What is wrong?").fill("")
    await form.get_by_test_id("modal-submit").click()
    await expect(form.get_by_text("Please complete this required field")).to_be_visible()
    await form.get_by_label("What is wrong?").fill("Search is slow")
    await form.get_by_test_id("modal-submit").click()
    await expect(page.locator("[data-channel-name^=inc-]")).to_be_visible()
