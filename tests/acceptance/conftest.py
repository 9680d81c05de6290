"""A workspace and the bot in a process of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.server import Sandbox
from tests.processes import AMPLE, Tocsin, ask, settings_for

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest=MANIFEST) as sandbox:
        await sandbox.settings(answer_seconds=AMPLE)
        yield sandbox


@pytest.fixture
async def tocsin(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Tocsin]:
    """Set up as an operator would do it, and running."""
    tocsin = Tocsin(settings_for(sandbox, tmp_path / "data", None), tmp_path)
    sandbox.app_url = tocsin.url
    await ask(tocsin.settings, tmp_path, "services", "add", "checkout")
    await tocsin.start()
    yield tocsin
    await tocsin.stop()
    await sandbox.reads_log(tocsin.log, "tocsin")
