"""The clock of maintenance: on time, never twice in a row, and never held up by one bad window."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.attempts import AT_ONCE
from bot.maintenance_clock import MOST_ROUNDS, Clockwork, Execute, MaintenanceClock
from core.commands import AdvanceMaintenance, MaintenanceCommand, RaiseSuppressedAlerts
from core.domain.actor import Surface
from core.domain.ids import MaintenanceId, OrganizationId
from core.domain.maintenance import Maintenance
from core.errors import Conflict, IllegalTransition, Unavailable
from tests.fakes.moment import NOON, FakeClock
from tests.unit.bot.chores import NothingDue

ORGANIZATION = OrganizationId("org_1")
ONE, TWO = MaintenanceId("mnt_1"), MaintenanceId("mnt_2")
LONG_AGO = NOON - timedelta(days=1)


class Table(NothingDue):
    """Which windows are due when, and what becomes of them when they are advanced."""

    def __init__(self, **due: datetime) -> None:
        self.due = {MaintenanceId(id): at for id, at in due.items()}
        self.next: dict[MaintenanceId, list[datetime]] = {}
        self.failures: dict[MaintenanceId, Exception] = {}
        self.alerts: Counter[MaintenanceId] = Counter()
        self.away: Exception | None = None
        self.commands: list[MaintenanceCommand] = []
        self.asked = 0

    async def due_maintenances(
        self, now: datetime, limit: int
    ) -> list[tuple[OrganizationId, MaintenanceId]]:
        self.asked += 1
        if self.away:
            raise self.away
        come = sorted((at, id) for id, at in self.due.items() if at <= now)
        return [(ORGANIZATION, id) for _, id in come[:limit]]

    async def next_maintenance_at(self, *, after: datetime) -> datetime | None:
        return min((at for at in self.due.values() if at > after), default=None)

    async def stranded_alerts(self, limit: int) -> list[tuple[OrganizationId, MaintenanceId]]:
        return [(ORGANIZATION, id) for id in sorted(+self.alerts)[:limit]]

    async def execute(self, command: MaintenanceCommand) -> Maintenance:
        self.commands.append(command)
        id = command.maintenance_id
        if failure := self.failures.get(id):
            raise failure
        if isinstance(command, RaiseSuppressedAlerts):
            self.alerts[id] -= 1
        elif later := self.next.get(id):
            self.due[id] = later.pop(0)
        else:
            del self.due[id]
        return Maintenance(
            id=id, number=1, title="Move", scheduled_start_at=NOON, scheduled_end_at=NOON,
            created_at=NOON, updated_at=NOON,
        )  # fmt: skip

    def advanced(self) -> Counter[str]:
        return Counter(c.maintenance_id for c in self.commands if isinstance(c, AdvanceMaintenance))


class Tower:
    """A clock over a table, with an alarm that rings when it is told to."""

    def __init__(self, table: Table, execute: Execute | None = None) -> None:
        self.clock = FakeClock()
        self.seconds = 0.0
        self.alarms: list[datetime] = []
        self.ring: Callable[[], None] = lambda: None
        works = Clockwork(clock=self.clock, monotonic=lambda: self.seconds, ring_at=self._ring_at)
        self.maintenance = MaintenanceClock(execute or table.execute, table, works)

    def _ring_at(self, moment: datetime, ring: Callable[[], None]) -> None:
        self.alarms.append(moment)
        self.ring = ring


async def test_what_is_due_is_advanced_by_tocsin_itself() -> None:
    table = Table(mnt_1=NOON, mnt_2=NOON + timedelta(seconds=1))
    tower = Tower(table)

    await tower.maintenance.catch_up()

    (command,) = table.commands
    assert (command.maintenance_id, command.caller.organization_id) == (ONE, ORGANIZATION)
    assert command.caller.actor.surface is Surface.SCHEDULER


async def test_however_many_are_due_all_are_advanced_once() -> None:
    table = Table(**{f"mnt_{n}": LONG_AGO for n in range(3 * AT_ONCE + 1)})

    await Tower(table).maintenance.catch_up()

    assert table.due == {}
    assert set(table.advanced().values()) == {1}
    assert len(table.commands) == 3 * AT_ONCE + 1


async def test_what_becomes_due_by_being_advanced_waits_for_no_alarm() -> None:
    table = Table(mnt_1=LONG_AGO)

    async def execute(command: MaintenanceCommand) -> Maintenance:
        if command.maintenance_id == ONE:
            table.due[TWO] = LONG_AGO  # the next occurrence, begun during the downtime as well
        return await table.execute(command)

    await Tower(table, execute).maintenance.catch_up()

    assert table.advanced() == {ONE: 1, TWO: 1}


async def test_what_stays_due_is_tried_once_a_turn() -> None:
    table = Table(mnt_1=NOON)
    table.next[ONE] = [NOON] * 10

    await Tower(table).maintenance.catch_up()

    assert table.advanced() == {ONE: 1}


async def test_a_window_that_fails_holds_up_no_other(caplog: pytest.LogCaptureFixture) -> None:
    bad = {f"mnt_bad_{n}": LONG_AGO for n in range(AT_ONCE + 1)}
    table = Table(**bad, mnt_1=NOON)
    table.failures = {id: ZeroDivisionError("oops") for id in table.due if id != ONE}

    await Tower(table).maintenance.catch_up()

    assert ONE not in table.due
    assert set(table.advanced().values()) == {1}


@pytest.mark.parametrize("failure", [ZeroDivisionError("oops"), IllegalTransition("No.")])
async def test_a_window_that_fails_is_left_alone_for_ever_longer(failure: Exception) -> None:
    table = Table(mnt_1=NOON)
    table.failures[ONE] = failure
    tower = Tower(table)
    tried_at = []

    for tower.seconds in map(float, range(16)):
        before = len(table.commands)
        await tower.maintenance.catch_up()
        tried_at += [tower.seconds] * (len(table.commands) - before)

    assert tried_at == [0, 2, 6, 14]


async def test_a_window_that_recovered_is_trusted_as_before() -> None:
    table = Table(mnt_1=NOON)
    table.next[ONE] = [NOON]
    table.failures[ONE] = ZeroDivisionError("oops")
    tower = Tower(table)
    await tower.maintenance.catch_up()
    del table.failures[ONE]
    tower.seconds = 2
    await tower.maintenance.catch_up()
    table.failures[ONE] = ZeroDivisionError("oops")

    await tower.maintenance.catch_up()
    tower.seconds = 4
    await tower.maintenance.catch_up()

    assert table.advanced() == {ONE: 4}


async def test_a_lost_race_is_looked_at_again_in_the_next_turn() -> None:
    table = Table(mnt_1=NOON)
    table.failures[ONE] = Conflict("Somebody was quicker.")
    tower = Tower(table)
    await tower.maintenance.catch_up()
    del table.failures[ONE]

    await tower.maintenance.catch_up()

    assert table.due == {}


async def test_a_database_that_is_away_ends_the_turn() -> None:
    table = Table(**{f"mnt_{n}": NOON for n in range(AT_ONCE + 1)})
    table.failures = {id: Unavailable("The database is away.") for id in table.due}

    with pytest.raises(Unavailable):
        await Tower(table).maintenance.catch_up()

    assert len(table.commands) == AT_ONCE


async def test_the_alarm_is_set_to_what_comes_next_and_rung_once_at_most() -> None:
    table = Table(mnt_1=NOON + timedelta(hours=1))
    tower = Tower(table)

    async with running(tower):
        await until(lambda: tower.alarms == [NOON + timedelta(hours=1)])
        tower.maintenance.wake()
        await until(lambda: table.asked == 2)
        tower.clock.advance(hours=1)
        table.due[TWO] = NOON + timedelta(hours=2)
        tower.ring()
        await until(lambda: len(tower.alarms) == 2)

    assert tower.alarms == [NOON + timedelta(hours=1), NOON + timedelta(hours=2)]
    assert table.advanced() == {ONE: 1}


async def test_a_window_that_keeps_failing_hides_no_alarm_behind_it() -> None:
    table = Table(mnt_1=LONG_AGO, mnt_2=NOON + timedelta(minutes=5))
    table.failures[ONE] = ZeroDivisionError("oops")
    tower = Tower(table)

    async with running(tower):
        await until(lambda: bool(tower.alarms))

    assert tower.alarms == [NOON + timedelta(minutes=5)]


async def test_without_any_alarm_it_looks_again_every_second() -> None:
    table = Table()

    async with running(Tower(table)):
        await until(lambda: table.asked == 2)

    assert table.commands == []


@pytest.mark.parametrize("trouble", [Unavailable("It is away."), ZeroDivisionError("oops")])
async def test_trouble_with_the_table_ends_no_loop(trouble: Exception) -> None:
    table = Table(mnt_1=NOON)
    table.away = trouble
    tower = Tower(table)

    async with running(tower):
        await until(lambda: table.asked > 0)
        table.away = None
        tower.maintenance.wake()
        await until(lambda: not table.due)

    assert table.advanced() == {ONE: 1}


async def test_nobody_is_told_that_it_caught_up_while_the_database_is_away() -> None:
    table = Table(mnt_1=LONG_AGO)
    table.away = Unavailable("It is away.")
    tower = Tower(table)

    async with running(tower):
        waiting = asyncio.create_task(tower.maintenance.caught_up())
        await until(lambda: table.asked > 0)
        told_too_early = waiting.done()
        table.away = None
        await waiting

    assert not told_too_early
    assert table.due == {}


async def test_whoever_waits_for_it_is_let_go_when_it_stops() -> None:
    table = Table()
    table.away = Unavailable("It is away.")
    tower = Tower(table)
    waiting = asyncio.create_task(tower.maintenance.caught_up())

    async with running(tower):
        await until(lambda: table.asked > 0)

    await waiting


async def test_told_to_stop_it_begins_nothing_new() -> None:
    table = Table(mnt_1=NOON)
    tower = Tower(table)

    tower.maintenance.stop()
    await tower.maintenance.catch_up()
    await tower.maintenance.run()

    assert table.commands == []


async def test_suppressed_alerts_are_raised_until_none_are_left() -> None:
    table = Table()
    table.alerts[ONE], table.alerts[TWO] = 1, 3
    tower = Tower(table)

    await tower.maintenance.raise_alerts()

    assert Counter(command.maintenance_id for command in table.commands) == {ONE: 1, TWO: 3}


async def test_a_flood_of_suppressed_alerts_is_spread_over_turns() -> None:
    table = Table()
    table.alerts[ONE] = 2 * MOST_ROUNDS
    tower = Tower(table)

    await tower.maintenance.raise_alerts()

    assert table.alerts[ONE] == MOST_ROUNDS


async def test_alerts_that_cannot_be_raised_are_left_alone_for_a_while() -> None:
    table = Table()
    table.alerts[ONE], table.alerts[TWO] = 1, 2
    table.failures[ONE] = ZeroDivisionError("oops")
    tower = Tower(table)

    await tower.maintenance.raise_alerts()

    assert Counter(command.maintenance_id for command in table.commands) == {ONE: 1, TWO: 2}


class running:  # noqa: N801 - reads as what happens in its block
    """The loop runs inside the block and has ended after it."""

    def __init__(self, tower: Tower) -> None:
        self._tower = tower

    async def __aenter__(self) -> None:
        self._task = asyncio.create_task(self._tower.maintenance.run())

    async def __aexit__(self, *_: object) -> None:
        self._tower.maintenance.stop()
        await self._task


async def until(true: Callable[[], bool]) -> None:
    """Ends when it is true; the test's own time limit is the only other end."""
    while not true():  # noqa: ASYNC110 - nobody tells when
        await asyncio.sleep(0.001)
