"""`tocsin demo`: the bot, a sandbox workspace and sample data in one process.

The bot is the same as everywhere: it is told Slack's address, a token and a signing secret, and
does not know that they belong to a sandbox.
"""

from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.answers import say
from bot.bootstrap import administration
from bot.demo_data import furnish, remembered_credentials
from bot.demo_tour import TOUR
from bot.demo_windows import plan_windows
from bot.demo_words import Places, ready
from bot.listening import PortUnusable, port_of, take_port
from bot.manifest import manifest_at, manifest_path
from bot.private_files import UnusableFolder, open_data_folder
from bot.serve import running, stop_signal
from bot.settings import Settings
from bot.sole_use import sole_use
from sandbox.keeping import BadState
from sandbox.server import Sandbox

FOLDER = "demo"
WORKSPACE_FILE = "sandbox.json"


async def demo(given: Namespace, settings: Settings) -> None:
    told_to_stop = stop_signal()
    folder = open_data_folder(given.data or settings.data_dir / FOLDER)
    settings = settings.model_copy(update={"data_dir": folder, "database_url": None})
    # Before the sandbox: one that stops writes its workspace down, over that of a running one.
    with (
        sole_use(settings.database_file, otherwise="let --data name another folder"),
        take_port(settings.host, settings.port, setting="TOCSIN_PORT") as taken,
    ):
        credentials = remembered_credentials(folder)
        settings = settings.model_copy(update={"port": port_of(taken)})
        async with workspace(settings, folder / WORKSPACE_FILE) as sandbox:
            settings = connected(settings, sandbox)
            async with administration(settings, given.organization, found=True) as office:
                await furnish(office, credentials)
            async with running(settings, taken, organization=given.organization) as application:
                await plan_windows(application.office, credentials.email)
                places = Places(
                    sandbox_url=sandbox.url, api_url=settings.url, folder=folder.resolve()
                )
                say(ready(places, credentials), as_json=given.json)
                await told_to_stop.wait()


@asynccontextmanager
async def workspace(settings: Settings, state_file: Path) -> AsyncIterator[Sandbox]:
    """The sandbox on its port, in the state its last stop left it in."""
    try:
        sandbox = Sandbox(
            manifest_at(manifest_path(), settings.url),
            app_url=settings.local_url,
            port=settings.sandbox_port,
            state_file=state_file,
        )
    except BadState as problem:
        raise UnusableFolder(f"{problem} Remove the file to begin with a new one.") from problem
    sandbox.tour = TOUR
    try:
        await sandbox.start()
    except OSError as problem:
        raise PortUnusable(
            f"The sandbox cannot listen at port {settings.sandbox_port}, because another program "
            "does; let TOCSIN_SANDBOX_PORT name another port."
        ) from problem
    try:
        yield sandbox
    finally:
        await sandbox.stop()


def connected(settings: Settings, sandbox: Sandbox) -> Settings:
    """The settings of a bot whose Slack is at the sandbox's address."""
    return settings.model_copy(
        update={
            "slack_api_url": sandbox.api_url,
            "slack_bot_token": SecretStr(sandbox.bot_token),
            "slack_signing_secret": SecretStr(sandbox.signing_secret),
            "slack_app_token": None,
            "slack_client_id": None,
            "slack_client_secret": None,
            # Whoever tries it out has the receiver on the same machine.
            "webhooks_private": "allowed",
        }
    )
