"""The programs of `tests/javascript` as processes of their own, told where the sandbox is."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.programs import node, slack_clients

PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class JavaScript:
    """A running program that speaks in lines of JSON."""

    process: asyncio.subprocess.Process

    async def says(self) -> Json:
        """The next thing it says; an `AssertionError` when it ends instead."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            line = await self.process.stdout.readline()
        assert line, "The program ended; what it complained of stands above."
        said: Json = json.loads(line)
        return said


@asynccontextmanager
async def javascript(sandbox: Sandbox, *words: str) -> AsyncIterator[JavaScript]:
    """`node WORDS`, until the block is left."""
    folder = slack_clients()
    process = await asyncio.create_subprocess_exec(
        node(),
        *words,
        cwd=folder,
        env=environment(sandbox),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield JavaScript(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def environment(sandbox: Sandbox) -> dict[str, str]:
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("SLACK_")}
    return {
        **inherited,
        "SLACK_API_URL": sandbox.api_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_SIGNING_SECRET": sandbox.signing_secret,
    }
