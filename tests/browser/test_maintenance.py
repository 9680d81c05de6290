"""A maintenance in the sandbox's page: scheduled in the form, run from its card, seen in App Home.

With TOCSIN_SCREENSHOTS set to a folder, the pictures of `docs/maintenance.md` are taken anew.
"""

import os
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from sandbox.server import Sandbox
from tests.browser.acting import act_as, message, type_into
from tests.browser.conftest import OpenPage
from tests.processes import AMPLE, Tocsin, ask, settings_for

pytestmark = pytest.mark.timeout(300)  # three processes start in each, and a browser

ZONE = ZoneInfo("Europe/Berlin")
"""Alice's, and that of the machine she sits at."""

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest=MANIFEST) as sandbox:
        await sandbox.settings(answer_seconds=AMPLE)
        settings = settings_for(sandbox, tmp_path / "data", None)
        tocsin = Tocsin(settings, tmp_path)
        sandbox.app_url = tocsin.url
        for name in ("checkout", "search"):
            await ask(settings, tmp_path, "services", "add", name)
        await tocsin.start()
        yield sandbox
        await tocsin.stop()
        await sandbox.reads_log(tocsin.log, "tocsin")


async def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("TOCSIN_SCREENSHOTS"):
        await page.wait_for_timeout(400)  # a picture should not catch an animation half-way
        await page.screenshot(path=Path(folder) / f"maintenance-{name}.png")


def form(page: Page) -> Locator:
    return page.get_by_role("dialog")


async def choose(page: Page, field: str, *labels: str) -> None:
    await form(page).locator(f"button[data-action-id={field}]").click()
    for label in labels:
        await page.locator("[role=option]", has_text=label).first.click()
    await page.get_by_role("heading", name="maintenance").click()


def tomorrow(hour: int) -> datetime:
    """At that hour, on the clock of whoever looks."""
    return (datetime.now(ZONE) + timedelta(days=1)).replace(hour=hour, minute=0)


async def schedule(page: Page, title: str, begins: int, ends: int) -> Locator:
    """The form, with a title, a service and times."""
    await type_into(page, f"/maintenance schedule {title}")
    shown = form(page)
    await expect(shown.get_by_label("What is done?")).to_have_value(title)
    await choose(page, "service_ids", "checkout")
    await shown.get_by_label("Start", exact=True).fill(f"{tomorrow(begins):%Y-%m-%dT%H:%M}")
    await shown.get_by_label("End", exact=True).fill(f"{tomorrow(ends):%Y-%m-%dT%H:%M}")
    return shown


def card(page: Page, reference: str) -> Locator:
    return message(page, reference).filter(has=page.get_by_role("button", name="Cancel")).first


async def test_a_maintenance_is_scheduled_started_extended_and_completed_in_the_page(
    open_page: OpenPage, sandbox: Sandbox
) -> None:
    page = await open_page(height=900, zone=ZONE.key)
    await page.goto(sandbox.url)
    await act_as(page, "Alice")
    shown = await schedule(page, "New database version", 22, 23)
    await shown.get_by_label("Description").fill("Orders wait for a minute or two.")
    await shown.get_by_label("What is done?").focus()
    await picture(page, "form")
    await shown.get_by_label("End", exact=True).fill(f"{tomorrow(21):%Y-%m-%dT%H:%M}")
    await shown.get_by_test_id("modal-submit").click()
    await expect(shown.get_by_text("has to end after it starts")).to_be_visible()
    await picture(page, "refused")
    await shown.get_by_label("End", exact=True).fill(f"{tomorrow(23):%Y-%m-%dT%H:%M}")
    await choose(page, "recurrence", "Every week")
    await shown.get_by_label("Own rule").scroll_into_view_if_needed()
    await picture(page, "form-rest")
    await shown.get_by_test_id("modal-submit").click()
    await expect(message(page, "MNT-1 “New database version” is scheduled")).to_be_visible()
    await picture(page, "scheduled")

    await page.locator("[data-channel-name=incidents]").click()
    await expect(card(page, "MNT-1")).to_contain_text("every ")
    await picture(page, "card")
    await card(page, "MNT-1").get_by_role("button", name="Start now").click()
    await page.get_by_test_id("confirm-ok").click()
    await expect(card(page, "MNT-1")).to_contain_text("In progress")
    await card(page, "MNT-1").get_by_role("button", name="Extend").click()
    await expect(form(page).get_by_text("How much longer?")).to_be_visible()
    await picture(page, "extend")
    await form(page).get_by_test_id("modal-submit").click()
    await expect(message(page, "MNT-1 now ends on")).to_be_visible()
    await type_into(page, "/maintenance update The new version runs; we watch it.")
    await expect(card(page, "MNT-1")).to_contain_text("The new version runs")
    await card(page, "MNT-1").scroll_into_view_if_needed()
    await picture(page, "running")

    await card(page, "MNT-1").get_by_role("button", name="Complete").click()
    await page.get_by_test_id("confirm-ok").click()
    await expect(message(page, "MNT-1").first).to_contain_text("Completed")


async def test_app_home_has_a_calendar_in_the_readers_own_zone(
    open_page: OpenPage, sandbox: Sandbox
) -> None:
    page = await open_page(height=1000, zone=ZONE.key)
    await page.goto(sandbox.url)
    await act_as(page, "Alice")
    shown = await schedule(page, "New database version", 1, 3)
    await choose(page, "recurrence", "Every two weeks")
    await shown.get_by_test_id("modal-submit").click()
    await expect(message(page, "MNT-1")).to_be_visible()
    shown = await schedule(page, "Failover of the database", 2, 4)
    await shown.get_by_test_id("modal-submit").click()
    await expect(message(page, "it overlaps on checkout MNT-1")).to_be_visible()
    await type_into(page, "/maintenance start")
    await expect(message(page, "Which maintenance?")).to_be_visible()
    await picture(page, "which")
    await type_into(page, "/maintenance start MNT-2")
    await expect(message(page, "You started MNT-2")).to_be_visible()
    await type_into(page, "/incident declare Search is slow")
    await expect(page.locator("[data-channel-name^=inc-]")).to_be_visible()

    await page.get_by_test_id("app-home").click()

    home = page.get_by_test_id("home")
    await expect(home).to_contain_text("Search is slow")
    await expect(home).to_contain_text("(in progress)")
    await expect(home).to_contain_text(f">{datetime.now(ZONE).day:>2}!", use_inner_text=True)
    await expect(home).to_contain_text("All times: Europe/Berlin")
    await picture(page, "home")
    await home.get_by_role("button", name="Later").click()
    await expect(home).to_contain_text("(repeats)")
    await picture(page, "calendar")
    dark = await open_page(height=1000, scheme="dark", zone=ZONE.key)
    await dark.goto(sandbox.url)
    await act_as(dark, "Alice")
    await dark.get_by_test_id("app-home").click()
    await expect(dark.get_by_test_id("home")).to_contain_text("Search is slow")
    await picture(dark, "home-dark")
