"""A test of the first app: Alice types a command, is told off, and says hello."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sandbox.server import Sandbox

HERE = Path(__file__).parent


@asynccontextmanager
async def hello(sandbox: Sandbox) -> AsyncIterator[None]:
    """The app in a process of its own, until the block is left."""
    variables = {
        "SLACK_API_URL": sandbox.api_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
    }
    await sandbox.settings(socket_mode=True)
    app = await asyncio.create_subprocess_exec(
        sys.executable, str(HERE / "hello.py"), env={**os.environ, **variables}
    )
    try:
        await sandbox.connected(patience=30)
        yield
    finally:
        app.kill()
        await app.wait()


async def test_hello() -> None:
    async with Sandbox(HERE / "app.yml") as sandbox, hello(sandbox):
        alice = sandbox.person("alice")
        general = await sandbox.channel_named("#general")

        await alice.types(general, "/hello")
        form = await alice.modal("Say hello")
        await form.fill({"Name": "somebody with a very long name"})
        refused = await form.submit()
        await form.fill({"Name": "Ada"})
        await form.submit()
        card = await general.message("Hello, Ada!")
        await alice.clicks(card, "Thank you")

        assert refused["errors"] == {"name": "At most 20 letters, please."}
        assert await alice.ephemeral(general, "You are welcome.")
