"""`tocsin serve` as a process of its own, to be started, asked, stopped and killed."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from sandbox.server import Sandbox

READY_WITHIN = 300.0

AMPLE = 60.0
"""Seconds for an answer: on a busy machine Slack's three are soon over."""

LOG = "tocsin.log"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def clean_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Ours, without any setting of Tocsin or Slack but these; search is by words unless they say
    otherwise, which spares a process."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TOCSIN_", "SLACK_"))
    }
    return {"TOCSIN_SEARCH": "words", **inherited, **settings}


def settings_for(sandbox: Sandbox, folder: Path, database_url: str | None) -> dict[str, str]:
    """What a bot needs that serves this sandbox, on a port of its own."""
    settings = {
        "TOCSIN_PORT": str(free_port()),
        "TOCSIN_DATA_DIR": str(folder),
        "TOCSIN_SECRET_KEY": "not-a-secret-in-a-test",
        "TOCSIN_LOG_LEVEL": "warning",
        "TOCSIN_WEBHOOKS_PRIVATE": "allowed",
        "SLACK_API_URL": sandbox.api_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_SIGNING_SECRET": sandbox.signing_secret,
    }
    return settings | ({"TOCSIN_DATABASE_URL": database_url} if database_url else {})


async def ask(settings: Mapping[str, str], folder: Path, *words: str) -> dict[str, Any]:
    """One administrative command with `--json`; its answer."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        "--json",
        cwd=folder,
        env=clean_environment({**settings, "PYTHONPATH": str(Path.cwd())}),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, f"tocsin {' '.join(words)} ended with {process.returncode}"
    answer: dict[str, Any] = json.loads(output)
    return answer


@dataclass(slots=True)
class Tocsin:
    """The bot in a process; `folder` is where it runs, so that no `.env` is picked up."""

    settings: Mapping[str, str]
    folder: Path
    _process: asyncio.subprocess.Process | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings['TOCSIN_PORT']}"

    @property
    def log(self) -> str:
        """Everything it has logged so far, for whoever wonders about a test."""
        return (self.folder / LOG).read_text(encoding="utf-8", errors="replace")

    async def start(self) -> None:
        with (self.folder / LOG).open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "serve",
                cwd=self.folder,
                env=clean_environment({**self.settings, "PYTHONPATH": str(Path.cwd())}),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=log,
            )
        await self.ready()

    async def ready(self) -> None:
        """Wait until it says it is; an `AssertionError` when it ended or never does."""
        async with asyncio.timeout(READY_WITHIN), aiohttp.ClientSession() as session:
            while not await self._says_ready(session):
                assert self.running, f"tocsin serve ended before it was ready: {self.log[-3_000:]}"
                await asyncio.sleep(0.02)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def workers(self) -> list[int]:
        """The ids of the processes it has started."""
        if not self.running or self._process is None:
            return []
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text().split()]

    async def kill(self) -> None:
        """As a power cut would: no goodbye."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """As an operator would; the exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)
        return await self._process.wait()

    async def _says_ready(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"{self.url}/health/ready") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False
