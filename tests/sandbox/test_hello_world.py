"""The programs of `docs/sandbox/` work in the sandbox exactly as they stand there."""

import asyncio
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sandbox.conversation.control import wait_for
from sandbox.conversation.person import Person
from sandbox.server import Sandbox
from tests.processes import AMPLE, free_port
from tests.programs import node, slack_clients
from tests.sandbox.javascript import environment

DOCS = Path(__file__).parents[2] / "docs" / "sandbox"
HTTP, SOCKETS = "http", "sockets"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(DOCS / "app.yml") as sandbox:
        await sandbox.settings(answer_seconds=AMPLE)
        yield sandbox


def in_python(_folder: Path) -> list[str]:
    return [sys.executable, str(DOCS / "hello.py")]


def in_javascript(folder: Path) -> list[str]:
    """Beside the packages, where its reader has installed them."""
    (folder / "node_modules").symlink_to(slack_clients() / "node_modules")
    return [node(), str(shutil.copy(DOCS / "hello.mjs", folder))]


@asynccontextmanager
async def hello(
    sandbox: Sandbox, command: list[str], transport: str, folder: Path
) -> AsyncIterator[None]:
    port = free_port()
    variables = environment(sandbox) | {"PORT": str(port)}
    if transport == HTTP:
        del variables["SLACK_APP_TOKEN"]
    with (folder / "log").open("w") as log:
        app = await asyncio.create_subprocess_exec(
            *command, env=variables, cwd=folder, stdout=log, stderr=log
        )
    try:
        await ready(sandbox, transport, port)
        yield
    finally:
        app.kill()
        await app.wait()


async def ready(sandbox: Sandbox, transport: str, port: int) -> None:
    if transport == SOCKETS:
        await sandbox.settings(socket_mode=True)
        await sandbox.connected(patience=30)
        return

    async def listens() -> bool | None:
        with socket.socket() as probe:
            return True if probe.connect_ex(("127.0.0.1", port)) == 0 else None

    await wait_for(listens, "An app that listens", patience=30)
    sandbox.app_url = f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("transport", [HTTP, SOCKETS])
@pytest.mark.parametrize("program", [in_python, in_javascript])
async def test_hello_world_says_hello(
    sandbox: Sandbox,
    alice: Person,
    tmp_path: Path,
    program: Callable[[Path], list[str]],
    transport: str,
) -> None:
    general = await sandbox.channel_named("#general")

    async with hello(sandbox, program(tmp_path), transport, tmp_path):
        await alice.types(general, "/hello Ada")
        form = await alice.modal("Say hello")
        await form.fill({"Name": "Ada, Countess of Lovelace"})
        refused = await form.submit()
        await form.fill({"Name": "Ada"})
        await form.submit()
        card = await general.message("Hello, Ada!")
        await alice.clicks(card, "Thank you")

        assert refused["errors"] == {"name": "At most 20 letters, please."}
        assert await alice.ephemeral(general, "You are welcome.")


async def test_its_test_passes(tmp_path: Path) -> None:
    """As somebody runs it who has copied the three files."""
    for name in ("app.yml", "hello.py", "test_hello.py"):
        shutil.copy(DOCS / name, tmp_path)
    path = {"PYTHONPATH": str(DOCS.parents[1])}

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "pytest", "-q", "-o", "asyncio_mode=auto", "-p", "no:cacheprovider",
        "-p", "no:anyio", "-p", "no:schemathesis",
        cwd=tmp_path, env={**os.environ, **path}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate()

    assert process.returncode == 0, said.decode()
