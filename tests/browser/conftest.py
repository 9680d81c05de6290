"""A real browser: pages that remember every complaint, and fail the test that left one."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Page, Request, async_playwright, expect
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.browser.probe_app import MANIFEST, ProbeApp, slack_route
from tests.processes import AMPLE
from tests.sandbox.listening_app import ListeningApp

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
LOOPBACK = {"127.0.0.1", "localhost"}
PATIENCE_MS = 30_000
"""Costs nothing but where something is missing; a busy machine is no reason to give up."""

expect.set_options(timeout=PATIENCE_MS)


@dataclass(slots=True, kw_only=True)
class Witness:
    """What a page should not have done: errors in its console, calls to other hosts."""

    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("request", lambda request: self._see(request))

    def excuse(self, words: str) -> None:
        """The browser complains of every refusal; a test that caused one says so."""
        excused = [complaint for complaint in self.complaints if words in complaint]
        assert excused, f"Nobody complained of {words}."
        self.complaints = [one for one in self.complaints if one not in excused]

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error":
            self.complaints.append(f"console: {text}")

    def _see(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in LOOPBACK:
            self.complaints.append(f"a request to {request.url}")


OpenPage = Callable[..., Awaitable[Page]]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One event loop for all these tests, so that they can share the one browser in it."""
    for item in items:
        if item.path.is_relative_to(HERE) and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
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


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(
    browser: Browser, witness: Witness, sandbox: Sandbox
) -> AsyncIterator[OpenPage]:
    """Opens pages of any size, colour scheme and time zone; none of them may leave a complaint.

    They close before the sandbox does, or they would complain that it is gone.
    """

    async def open_one(
        *,
        width: int = 1280,
        height: int = 800,
        scheme: Literal["light", "dark"] = "light",
        zone: str | None = None,
    ) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, timezone_id=zone
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        witness.watch(page)
        opened.append(context)
        return page

    opened: list[BrowserContext] = []
    yield open_one
    for context in opened:
        await context.close()
    assert witness.complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(open_page: OpenPage) -> Page:
    return await open_page()


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(MANIFEST) as running:
        await running.settings(answer_seconds=AMPLE)
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def app(sandbox: Sandbox) -> AsyncIterator[ProbeApp]:
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    bolt = AsyncApp(client=client, signing_secret=sandbox.signing_secret)
    probe = ProbeApp(client)
    probe.register(bolt)
    runner = web.AppRunner(slack_route(bolt), shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sandbox.app_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield probe
    await sandbox.settled()
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def listener(sandbox: Sandbox) -> AsyncIterator[ListeningApp]:
    """An app that does nothing but hear, and answers as it is told."""
    app = ListeningApp()
    await app.start()
    sandbox.app_url = app.url
    yield app
    await sandbox.settled()
    await app.stop()
