"""The sandbox as a thing to start and stop, in a process of its own or inside a test."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.building import Secrets, build_world
from sandbox.client import SandboxClient
from sandbox.clock import Clock
from sandbox.doors import Works, application
from sandbox.json_types import Json
from sandbox.manifest import load_manifest
from sandbox.tour import Step, tour_of

# Requests held by a fault must not hold up the end.
SHUTDOWN_SECONDS = 0.5
HOST = "127.0.0.1"


class Sandbox(SandboxClient):
    """A workspace for the app of one manifest, on loopback.

    `async with Sandbox(manifest="manifest.yml") as sandbox:` gives `sandbox.url`,
    `sandbox.api_url` and everything a `SandboxClient` can do. `app_url` is where the app
    listens; it may be set later, and stays empty when the app uses Socket Mode. `tour` is what the
    page suggests to try first, made from the manifest unless it is set before the start.

    Leaving the `async with` raises `UnexpectedFindings` when the referee found something that was
    not announced with `expects`, or did not find what was.
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
        known = Secrets(**secrets)
        super().__init__("", known.control_secret)
        self.world = build_world(
            load_manifest(manifest),
            clock=clock or Clock(),
            seed=seed,
            secrets=known,
            state_file=state_file,
        )
        self.world.app_url = app_url
        self.tour: Sequence[Step] = tour_of(self.world.app)
        self._port = port
        self._works = Works(self.world, state_file)
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
    def user_token(self) -> str:
        """The token of whoever installed the app; empty without scopes of a user."""
        return self.world.credentials.user_token

    @property
    def app_token(self) -> str:
        return self.world.credentials.app_token

    @property
    def signing_secret(self) -> str:
        return self.world.credentials.signing_secret

    async def start(self) -> None:
        """Listen; `OSError` when the port is taken."""
        self._runner = web.AppRunner(
            application(self.world, self._works, self.tour, self.control.secret),
            access_log=None,
            shutdown_timeout=SHUTDOWN_SECONDS,
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
        self.world.workspace.address = self.world.url
        await self._works.open()
        await self.open()

    def watch_process(self) -> None:
        """Look for secrets in the log of this process, and for calls to other machines.

        Done within `async with`, until the sandbox stops; the app has to run in this process.
        """
        self._works.referee.watch_process()

    async def stop(self) -> None:
        await self.close()
        await self._works.close()
        if self._runner:
            await self._runner.cleanup()
        self._works.keeper.save()

    async def __aenter__(self) -> Self:
        await self.start()
        self.watch_process()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
        if error is None:
            self.expectations.judge(self.world.journal.findings())
