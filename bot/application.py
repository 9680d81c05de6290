"""The running bot: its loops and doors, started together and stopped in order."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from aiohttp import web

from bot.in_flight import InFlight
from bot.office import Office
from bot.relay import Relay
from bot.scheduler import Scheduler
from core.errors import Unavailable

log = structlog.get_logger(__name__)


class Worker(Protocol):
    """A loop that ends soon after it was told to stop."""

    async def run(self) -> None: ...

    def wake(self) -> None: ...

    def stop(self) -> None: ...


class Clock(Worker, Protocol):
    async def caught_up(self) -> None:
        """Returns once everything that came due during a downtime has been done."""


class Connections(Protocol):
    """What the relay speaks through, and what is closed after it."""

    async def close(self) -> None: ...


class Door(Protocol):
    """A way in that has connections of its own."""

    async def start(self) -> None: ...

    async def stop(self, grace: float) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """`web` is served by whoever starts it; everything else is started here. What is done through
    `office` follows in Slack."""

    web: web.Application
    in_flight: InFlight
    relay: Relay
    triage: Worker
    clock: Clock
    alert_clock: Worker
    scheduler: Scheduler
    indexing: Worker | None
    slack: Door | None
    outgoing: Connections
    office: Office
    _loops: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def start(self) -> None:
        self._begin("relay", self.relay.run())
        self.scheduler.start()
        self._begin("maintenance clock", self.clock.run())
        self._begin("triage", self._triage())
        self._begin("alert clock", self.alert_clock.run())
        if self.indexing:
            self._begin("indexing", self.indexing.run())
        if self.slack:
            await self.slack.start()

    async def stop(self, grace: float) -> None:
        """Take in nothing new and finish what is being done, in `grace` seconds or a little more.

        Whatever is cut off is in the database and goes on at the next start.
        """
        await self.scheduler.stop()
        self.triage.stop()
        self.clock.stop()
        self.alert_clock.stop()
        if self.indexing:
            self.indexing.stop()
        most = grace * 0.6
        await asyncio.gather(self.relay.stop(most), self._ended(most))
        if self.slack:  # late, because the relay speaks through its connections
            await self.slack.stop(grace - most)
        await self.outgoing.close()

    def check(self, name: str) -> Callable[[], Awaitable[None]]:
        """For the readiness of the process: a loop that ended is not ready."""

        async def alive() -> None:
            loop = self._loops.get(name)
            if loop is None or loop.done():
                raise Unavailable(f"The {name} is not running; restart Tocsin.")

        return alive

    async def check_scheduler(self) -> None:
        if not self.scheduler.running:
            raise Unavailable("The scheduler is not running; restart Tocsin.")

    async def _triage(self) -> None:
        """Alerts that waited over a downtime meet the windows that should have begun in it."""
        await self.clock.caught_up()
        await self.triage.run()

    def _begin(self, name: str, loop: Coroutine[None, None, None]) -> None:
        self._loops[name] = asyncio.create_task(loop, name=name)

    async def _ended(self, grace: float) -> None:
        if not self._loops:
            return
        _, late = await asyncio.wait(self._loops.values(), timeout=grace)
        for loop in late:
            log.warning("loop_cut_off", loop=loop.get_name())
            loop.cancel()
        if late:
            await asyncio.wait(late, timeout=1)
