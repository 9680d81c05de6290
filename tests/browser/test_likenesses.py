"""What looks like an incident in the sandbox's page: in its channel, in the form, in App Home.

With TOCSIN_SCREENSHOTS set to a folder, the pictures of `docs/similar.md` are taken anew.
"""

import os
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from sandbox.server import Sandbox
from tests.browser.acting import act_as, message, type_into
from tests.browser.conftest import OpenPage
from tests.processes import AMPLE, Tocsin, ask, settings_for

pytestmark = pytest.mark.timeout(300)  # the bot, its search and a browser start

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
PROCEDURE = {
    "title": "Free the connection pool of the database",
    "description": "For a connection pool that is exhausted, when checkout answers 502.",
    "steps": [
        {"title": "See who holds connections", "command": "psql -p 6432 pgbouncer -c 'SHOW POOLS'"},
        {
            "title": "Restart PgBouncer",
            "instructions": "One host after the other; the others take over.",
            "command": "systemctl restart pgbouncer",
        },
    ],
}
THEN = "Checkout answers 502, connection pool exhausted"
NOW = "Checkout fails with 502: no connection left in the pool"


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest=MANIFEST) as sandbox:
        await sandbox.settings(answer_seconds=AMPLE)
        settings = settings_for(sandbox, tmp_path / "data", None) | {"TOCSIN_SEARCH": "meaning"}
        tocsin = Tocsin(settings, tmp_path)
        sandbox.app_url = tocsin.url
        await ask(settings, tmp_path, "services", "add", "checkout")
        key = await ask(
            settings, tmp_path, "keys", "create", "browser", "--scope", "procedures:write"
        )
        await tocsin.start()
        await add_procedure(tocsin.url, key["api_key"], PROCEDURE)
        yield sandbox
        await tocsin.stop()
        await sandbox.reads_log(tocsin.log, "tocsin")


async def add_procedure(url: str, key: str, procedure: Mapping[str, Any]) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{url}/api/v1/procedures", json=procedure) as answer,
    ):
        assert answer.status == 201, await answer.text()


async def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("TOCSIN_SCREENSHOTS"):
        await page.wait_for_timeout(400)  # a picture should not catch an animation half-way
        await page.screenshot(path=Path(folder) / f"similar-{name}.png")


def question(page: Page) -> Locator:
    return message(page, "Have we seen this before?").last


async def happens(page: Page, title: str, reference: str, channel: str) -> None:
    """It is declared, and its channel, which has that in its name, is looked at."""
    await page.locator("[data-channel-name=general]").click()
    await type_into(page, f"/incident declare {title}")
    await expect(message(page, f"{reference} “")).to_be_visible()
    await page.locator(f"[data-channel-name*={channel}]").click()
    await expect(message(page, reference).first).to_be_visible()


async def happened_before(page: Page) -> None:
    """INC-1, its cause and what fixed it."""
    await happens(page, THEN, "INC-1", "pool-exhausted")
    await type_into(page, "/incident resolve")
    form = page.get_by_role("dialog")
    await form.get_by_label("What fixed it?").fill("Restarted PgBouncer on both hosts.")
    await form.get_by_label("Root cause").fill("The report of the month kept its connections.")
    await picture(page, "resolve")
    await form.get_by_test_id("modal-submit").click()
    await expect(message(page, "You resolved INC-1.")).to_be_visible()


async def test_an_incident_that_was_there_before_is_recognised_judged_and_looked_up(
    open_page: OpenPage, sandbox: Sandbox
) -> None:
    page = await open_page(height=1000)
    await page.goto(sandbox.url)
    await act_as(page, "Alice")
    await happened_before(page)

    await happens(page, NOW, "INC-2", "no-connection")

    await expect(question(page)).to_contain_text("Restarted PgBouncer on both hosts.")
    await expect(question(page)).to_contain_text("Free the connection pool")
    await question(page).scroll_into_view_if_needed()
    await picture(page, "message")
    dark = await open_page(height=1000, scheme="dark")
    await dark.goto(sandbox.url)
    await act_as(dark, "Alice")
    await dark.locator("[data-channel-name*=no-connection]").click()
    await expect(question(dark)).to_contain_text("Restarted PgBouncer")
    await question(dark).scroll_into_view_if_needed()
    await picture(dark, "message-dark")

    await question(page).get_by_role("button", name="Same cause").click()
    await expect(question(page)).to_contain_text("Same cause, says Alice Archer")
    await question(page).get_by_role("button", name="Run procedure").click()
    steps = message(page, "runs the procedure")
    await expect(steps).to_contain_text("systemctl restart pgbouncer")
    await picture(page, "procedure")

    await page.locator("[data-channel-name=general]").click()
    await type_into(page, "/incident")
    form = page.get_by_role("dialog")
    await form.get_by_label("What is wrong?").fill("Checkout has no connection left in its pool")
    await form.get_by_test_id("modal-submit").click()
    await expect(form).to_contain_text("An incident that is going on may be the same.")
    await expect(form.get_by_label("What is wrong?")).to_have_value(
        "Checkout has no connection left in its pool"
    )
    await picture(page, "duplicate")
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    await type_into(page, "/incident similar 2026-11-20 12:03:04 ERROR connection pool exhausted")
    await expect(message(page, "This has to do with")).to_contain_text("INC-1")
    await picture(page, "command")

    await page.get_by_test_id("app-home").click()
    home = page.get_by_test_id("home")
    field = home.get_by_label("Search incidents, procedures and articles")
    await field.fill("connections of the pool are exhausted")
    await field.press("Enter")
    await expect(home).to_contain_text("Restarted PgBouncer on both hosts.")
    await picture(page, "home")
