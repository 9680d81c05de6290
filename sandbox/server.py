"""The sandbox as a thing to start and stop, in a process of its own or inside a test."""

from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from sandbox.building import Secrets, build_world
from sandbox.client import SandboxClient
from sandbox.clock import Clock
from sandbox.control.acts import Acts
from sandbox.control.events import Broadcaster
from sandbox.control.guard import guard
from sandbox.control.memberships import Memberships
from sandbox.control.routes import Routes
from sandbox.deliveries.commands import Commands
from sandbox.deliveries.courier import Courier
from sandbox.deliveries.events import EventFeed
from sandbox.deliveries.interactions import Interactions
from sandbox.deliveries.responding import ResponseDoor
from sandbox.json_types import Json
from sandbox.keeping import Keeper
from sandbox.manifest import load_manifest
from sandbox.web_api.dispatch import WebApi

# Requests held by a fault must not hold up the end.
SHUTDOWN_SECONDS = 0.5
HOST = "127.0.0.1"
LARGEST_REQUEST = 8 * 1024 * 1024


class Sandbox(SandboxClient):
    """A workspace for the app of one manifest, on loopback.

    `async with Sandbox(manifest="manifest.yml") as sandbox:` gives `sandbox.url`,
    `sandbox.api_url` and everything a `SandboxClient` can do. `app_url` is where the app
    listens; it may be set later, and stays empty when the app uses Socket Mode.
    """

    def __init__(
        self,
        manifest: Json | str | Path,
        *,
        app_url: str = "",
        port: int = 0,
        state_file: Path | None = None,
        clock: Clock | None = None,
        seed: int = 1,
        **secrets: str,
    ) -> None:
        super().__init__("")
        self.world = build_world(
            load_manifest(manifest),
            clock=clock or Clock(),
            seed=seed,
            secrets=Secrets(**secrets),
            state_file=state_file,
        )
        self.world.app_url = app_url
        self._port = port
        self._courier = Courier(self.world)
        self._feed = EventFeed(self.world, self._courier)
        self._broadcaster = Broadcaster()
        self._keeper = Keeper(self.world.workspace, state_file)
        self._runner: web.AppRunner | None = None

    @property
    def app_url(self) -> str:
        return self.world.app_url

    @app_url.setter
    def app_url(self, url: str) -> None:
        self.world.app_url = url

    @property
    def clock(self) -> Clock:
        return self.world.clock

    @property
    def bot_token(self) -> str:
        return self.world.credentials.bot_token

    @property
    def app_token(self) -> str:
        return self.world.credentials.app_token

    @property
    def signing_secret(self) -> str:
        return self.world.credentials.signing_secret

    async def start(self) -> None:
        """Listen; `OSError` when the port is taken."""
        self._runner = web.AppRunner(
            self._application(), access_log=None, shutdown_timeout=SHUTDOWN_SECONDS
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        port = self._runner.addresses[0][1]
        self.control.url = self.world.url = f"http://{HOST}:{port}"
        await self._courier.open()
        await self.open()
        self._listen()

    def _listen(self) -> None:
        workspace, journal = self.world.workspace, self.world.journal
        for listener in (self._feed.hear, self._broadcaster.hear_change, self._keeper.hear):
            workspace.listen(listener)
        journal.listen(self._broadcaster.hear_entry)

    def _application(self) -> web.Application:
        app = web.Application(middlewares=[guard], client_max_size=LARGEST_REQUEST)
        world, courier = self.world, self._courier
        commands, interactions = Commands(world, courier), Interactions(world, courier)
        parts: tuple[Any, ...] = (
            WebApi(world),
            ResponseDoor(world),
            courier.sockets,
            self._broadcaster,
            Acts(world, commands, interactions),
            Memberships(world, self._feed),
            Routes(world, courier),
        )
        for part in parts:
            part.register(app)
        return app

    async def stop(self) -> None:
        self._broadcaster.close()
        await self.close()
        await self._courier.close()
        if self._runner:
            await self._runner.cleanup()
        self._keeper.save()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
