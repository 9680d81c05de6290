"""A real browser: pages that remember every complaint, and fail the test that left one."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, Request, async_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
LOOPBACK = {"127.0.0.1", "localhost"}
PATIENCE_MS = 10_000


@dataclass(slots=True, kw_only=True)
class Witness:
    """What a page should not have done: errors in its console, calls to other hosts."""

    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("request", lambda request: self._see(request))

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error":
            self.complaints.append(f"console: {text}")

    def _see(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in LOOPBACK:
            self.complaints.append(f"a request to {request.url}")


OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if not os.access(CHROMIUM, os.X_OK) and os.environ.get("CI") != "true":
        pytest.skip("Chromium is not installed, so nobody can look at the page.")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        await launched.close()


@pytest.fixture
def witness() -> Witness:
    return Witness()


@pytest.fixture
async def open_page(browser: Browser, witness: Witness) -> AsyncIterator[OpenPage]:
    """Opens pages of any size and colour scheme; none of them may leave a complaint."""

    async def open_one(
        *, width: int = 1280, height: int = 800, scheme: Literal["light", "dark"] = "light"
    ) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        witness.watch(page)
        return page

    yield open_one
    assert witness.complaints == []


@pytest.fixture
async def page(open_page: OpenPage) -> Page:
    return await open_page()
