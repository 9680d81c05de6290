"""A world whose time is told: windows, people, and the real clock of maintenance, which runs or
does not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.maintenance_clock import Clockwork, MaintenanceClock
from core.bus import CommandBus
from core.domain import events as e
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.ids import OrganizationId
from core.domain.maintenance import Maintenance
from tests.fakes.moment import FakeClock
from tests.fakes.people import hire
from tests.fakes.store import FakeStore
from tests.unit.core.maintenances import a_wish

ORGANIZATION = OrganizationId("org_clock")
MOST_TURNS = 20_000


def local(text: str, timezone: str) -> datetime:
    """`2030-03-31 02:30` on the wall of a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone))


class World:
    """`up` says whether Tocsin runs: while it does not, time passes and nothing happens."""

    def __init__(self, now: datetime) -> None:
        self.clock = FakeClock(now)
        self.store = FakeStore(clock=self.clock)
        self.bus = CommandBus(self.store.transactions, self.clock)
        self.up = True
        self._ticking = self._a_clock()

    async def with_people(self) -> "World":
        self.alice: Caller = await hire(self.bus, ORGANIZATION, "Alice Archer", Role.ADMIN)
        return self

    async def schedule(self, start: datetime, lasts: timedelta, **more: Any) -> Maintenance:
        times = {"scheduled_start_at": start, "scheduled_end_at": start + lasts}
        return await self.bus.execute(a_wish(self.alice, **times, **more))

    async def do(self, command: Callable[..., Any], window: Maintenance, **more: Any) -> Any:
        return await self.bus.execute(command(caller=self.alice, maintenance_id=window.id, **more))

    async def pass_until(self, moment: datetime) -> None:
        """From one alarm to the next, as far as it is up."""
        for _ in range(MOST_TURNS):
            if self.up:
                await self.turn()
            alarm = await self.store.chores.next_maintenance_at(after=self.clock())
            if not self.up or alarm is None or alarm > moment:
                break
            self.clock.now = alarm
        self.clock.now = moment
        await self.turn()

    async def pass_for(self, **duration: float) -> None:
        await self.pass_until(self.clock() + timedelta(**duration))

    async def jump_to(self, moment: datetime) -> None:
        """Somebody sets the time of day."""
        self.clock.now = moment
        await self.turn()

    def crash(self) -> None:
        self.up = False

    async def boot(self) -> None:
        """A process that remembers nothing."""
        self.up, self._ticking = True, self._a_clock()
        await self.turn()

    async def down_until(self, moment: datetime) -> None:
        self.crash()
        await self.pass_until(moment)
        await self.boot()

    async def turn(self) -> None:
        if self.up:
            await self._ticking.catch_up()

    @property
    def windows(self) -> list[Maintenance]:
        """In the order of their numbers."""
        rows = self.store.rows.of(ORGANIZATION).maintenances.values()
        return sorted(rows, key=lambda one: one.number)

    def window(self, number: int = 1) -> Maintenance:
        return self.windows[number - 1]

    def told(self, number: int = 1) -> list[tuple[str, datetime]]:
        """What was told of one window, and when: without `Maintenance` before each."""
        return [
            (type(event).__name__.removeprefix("Maintenance"), event.at)
            for event in self.store.events(ORGANIZATION)
            if isinstance(event, e.MaintenanceEvent) and event.reference == f"MNT-{number}"
        ]

    def news(self, number: int = 1) -> list[str]:
        return [name for name, _ in self.told(number)]

    def event(self, kind: type[e.MaintenanceEvent], number: int = 1) -> Any:
        """The only one of its kind."""
        [found] = [
            event
            for event in self.store.events(ORGANIZATION)
            if isinstance(event, kind) and event.reference == f"MNT-{number}"
        ]
        return found

    def born(self, number: int) -> e.MaintenanceScheduled:
        event: e.MaintenanceScheduled = self.event(e.MaintenanceScheduled, number)
        return event

    def _a_clock(self) -> MaintenanceClock:
        works = Clockwork(clock=self.clock, monotonic=lambda: 0.0, ring_at=_deaf)
        return MaintenanceClock(self.bus.execute, self.store.chores, works)


def _deaf(moment: datetime, ring: Callable[[], None]) -> None:
    """Alarms are looked up in the table, from one to the next."""
