"""The API's pages in a real browser: nothing leaves the origin, and links unfold what they name.

With TOCSIN_SCREENSHOTS set to a folder, pictures of both are taken.
"""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from sandbox.server import Sandbox
from tests.browser.conftest import OpenPage
from tests.processes import AMPLE, Tocsin, settings_for

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@pytest_asyncio.fixture(loop_scope="session")
async def tocsin(tmp_path: Path) -> AsyncIterator[Tocsin]:
    async with Sandbox(manifest=MANIFEST) as sandbox:
        await sandbox.settings(answer_seconds=AMPLE)
        running = Tocsin(settings_for(sandbox, tmp_path / "data", None), tmp_path)
        await running.start()
        yield running
        await running.stop()


async def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("TOCSIN_SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def widest(page: Page) -> int:
    width: int = await page.evaluate("document.documentElement.scrollWidth")
    return width


async def test_the_contents_unfold_the_entry_they_name(page: Page, tocsin: Tocsin) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    await page.goto(f"{tocsin.url}/docs")

    await page.locator("nav summary", has_text="Overwatch").click(position={"x": 4, "y": 12})
    await page.locator("nav details[open] li a").first.click()

    await expect(page.locator("details.entry[open] h4").first).to_be_visible()
    await picture(page, "docs")
    assert requests == [f"{tocsin.url}/docs"]


async def test_the_style_is_allowed_and_applies(page: Page, tocsin: Tocsin) -> None:
    await page.goto(f"{tocsin.url}/redoc")

    await expect(page.locator("body")).to_have_css("display", "grid")
    await expect(page.locator("article.entry").first).to_be_visible()
    await page.locator("section article.entry").first.scroll_into_view_if_needed()
    await picture(page, "redoc")


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
async def test_a_page_fits_a_telephone(open_page: OpenPage, tocsin: Tocsin, path: str) -> None:
    page = await open_page(width=390, height=800, scheme="dark")

    await page.goto(f"{tocsin.url}{path}")

    assert await widest(page) <= 390
