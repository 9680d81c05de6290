"""A newcomer's first incident, in the sandbox's page: declared, acknowledged, resolved.

With TOCSIN_SCREENSHOTS set to a folder, the pictures of `docs/first-incident.md` are taken anew.
"""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.demo_tour import TOUR
from sandbox.server import Sandbox
from tests.browser.acting import act_as, type_into
from tests.processes import AMPLE, Tocsin, ask, settings_for

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    made = Sandbox(manifest=MANIFEST)
    made.tour = TOUR
    async with made as sandbox:
        await sandbox.settings(answer_seconds=AMPLE)
        settings = settings_for(sandbox, tmp_path / "data", None)
        tocsin = Tocsin(settings, tmp_path)
        sandbox.app_url = tocsin.url
        await ask(settings, tmp_path, "services", "add", "checkout")
        await tocsin.start()
        yield sandbox
        await tocsin.stop()
        await sandbox.reads_log(tocsin.log, "tocsin")


async def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("TOCSIN_SCREENSHOTS"):
        await page.wait_for_timeout(400)  # a picture should not catch an animation half-way
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def try_step(page: Page, typed: str) -> None:
    """Press a step's "Try it", and send what it put into the message box."""
    await page.get_by_role("button", name=f"Try it: {typed}").click()
    await expect(page.get_by_test_id("composer")).to_have_value(typed)
    await page.get_by_test_id("composer").press("Enter")


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
    await page.get_by_role("dialog").get_by_label("What fixed it?").fill("Rolled back.")
    await page.get_by_test_id("modal-submit").click()
    await expect(card(page)).to_contain_text("Resolved")
    await picture(page, "resolved")


async def test_the_suggested_first_steps_lead_through_one_incident_to_its_timeline(
    page: Page, sandbox: Sandbox
) -> None:
    await page.goto(sandbox.url)
    steps = page.get_by_test_id("first-steps")
    await expect(steps).to_contain_text("First steps · 0 of 5")

    await try_step(page, "/incident declare Checkout is slow")
    await expect(steps).to_contain_text("1 of 5")
    await page.locator("[data-channel-name^=inc-]").click()
    await card(page).get_by_role("button", name="Assign me").click()
    await expect(card(page)).not_to_contain_text("Nobody yet")
    await expect(steps).to_contain_text("2 of 5")
    await steps.get_by_role("button", name="First steps ·").click()
    await try_step(page, "/incident update We found the cause")
    await expect(steps).to_contain_text("3 of 5")
    await card(page).get_by_role("button", name="Resolve").click()
    await page.get_by_role("dialog").get_by_label("What fixed it?").fill("Rolled back.")
    await page.get_by_test_id("modal-submit").click()
    await expect(steps).to_contain_text("4 of 5")
    await steps.get_by_role("button", name="First steps ·").click()
    await try_step(page, "/incident timeline")

    await expect(steps).to_contain_text("That is the whole round.")
    timeline = page.locator("[data-testid=message][data-ephemeral=true]").last
    await expect(timeline).to_contain_text("Only visible to you")
    await expect(timeline).to_contain_text("We found the cause")


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
