"""The clock of alerts: what is due is done once, after the inbox, whatever else fails."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.alert_clock import MOST_ROUNDS, PATIENCE, AlertClock, Hands
from bot.attempts import AT_ONCE
from core.commands import Command
from core.commands import alerting as a
from core.domain.actor import Surface
from core.domain.ids import IncidentId, OrganizationId
from core.domain.timer import TimerKind
from core.errors import Conflict, IllegalTransition, Unavailable
from tests.fakes.moment import NOON, FakeClock
from tests.unit.bot.chores import NothingDue

ORGANIZATION = OrganizationId("org_1")
LATER = NOON + timedelta(seconds=1)


class Table(NothingDue):
    """Which timers are due when, and which incidents are over; both until they are dealt with."""

    def __init__(self, **due: datetime) -> None:
        self.due = due
        self.lifted: Counter[str] = Counter()
        self.failures: dict[str, Exception] = {}
        self.away: Exception | None = None
        self.done: list[Command[Any]] = []
        self.inbox = 0
        self.asked = 0

    async def due_timers(
        self, now: datetime, limit: int
    ) -> list[tuple[OrganizationId, TimerKind, str]]:
        self.asked += 1
        if self.away:
            raise self.away
        come = sorted((at, id) for id, at in self.due.items() if at <= now)
        return [(ORGANIZATION, TimerKind.GRACE, id) for _, id in come[:limit]]

    async def lifted_incidents(self, limit: int) -> list[tuple[OrganizationId, IncidentId]]:
        return [(ORGANIZATION, IncidentId(id)) for id in sorted(+self.lifted)[:limit]]

    async def waiting(self) -> int:
        return self.inbox

    async def execute(self, command: Command[Any]) -> None:
        self.done.append(command)
        match command:
            case a.RingTimer(subject_id=id):
                self._fail(id)
                self.due.pop(id, None)
            case a.RaiseInhibited(incident_id=id):
                self._fail(id)
                self.lifted[id] -= 1

    def _fail(self, id: str) -> None:
        if failure := self.failures.get(id):
            raise failure

    def rung(self) -> Counter[str]:
        return Counter(one.subject_id for one in self.done if isinstance(one, a.RingTimer))

    def raised(self) -> Counter[str]:
        return Counter(one.incident_id for one in self.done if isinstance(one, a.RaiseInhibited))


class Tower:
    """A clock over a table."""

    def __init__(self, table: Table) -> None:
        self.clock = FakeClock()
        self.seconds = 0.0
        hands = Hands(
            clock=self.clock,
            monotonic=lambda: self.seconds,
            execute=table.execute,
            waiting=table.waiting,
        )
        self.alerts = AlertClock(table, hands)


async def test_what_is_due_is_done_by_tocsin_itself() -> None:
    table = Table(inc_1=NOON, inc_2=LATER)

    await Tower(table).alerts.turn()

    [command] = table.done
    assert isinstance(command, a.RingTimer)
    assert (command.kind, command.subject_id) == (TimerKind.GRACE, "inc_1")
    assert command.caller.actor.surface is Surface.SCHEDULER


async def test_however_many_are_due_each_is_done_once() -> None:
    table = Table(**{f"inc_{n}": NOON for n in range(3 * AT_ONCE + 1)})

    await Tower(table).alerts.turn()

    assert table.due == {}
    assert set(table.rung().values()) == {1}


async def test_what_an_incident_that_is_over_kept_quiet_is_raised_until_none_is_left() -> None:
    table = Table()
    table.lifted = Counter(inc_1=1, inc_2=3)

    await Tower(table).alerts.turn()

    assert table.raised() == {"inc_1": 1, "inc_2": 3}


async def test_a_flood_of_either_is_spread_over_turns() -> None:
    table = Table(**{f"inc_{n}": NOON for n in range(2 * MOST_ROUNDS * AT_ONCE)})
    table.lifted = Counter(inc_1=2 * MOST_ROUNDS)

    await Tower(table).alerts.turn()

    assert len(table.due) == MOST_ROUNDS * AT_ONCE
    assert table.lifted["inc_1"] == MOST_ROUNDS


async def test_after_a_start_the_inbox_comes_first() -> None:
    table = Table(inc_1=NOON)
    table.lifted["inc_2"] = 1
    table.inbox = 3
    tower = Tower(table)

    await tower.alerts.turn()
    before = list(table.done)
    table.inbox = 0
    await tower.alerts.turn()

    assert before == []
    assert len(table.done) == 2


async def test_an_inbox_that_is_never_empty_is_waited_for_only_so_long() -> None:
    table = Table(inc_1=NOON)
    table.inbox = 3
    tower = Tower(table)
    await tower.alerts.turn()
    tower.seconds = PATIENCE - 1
    await tower.alerts.turn()
    before = list(table.done)

    tower.seconds = PATIENCE
    await tower.alerts.turn()

    assert before == []
    assert table.due == {}


async def test_once_it_has_begun_it_waits_for_no_inbox() -> None:
    table = Table(inc_1=LATER)
    tower = Tower(table)
    await tower.alerts.turn()

    table.inbox = 3
    tower.clock.advance(seconds=1)
    await tower.alerts.turn()

    assert table.due == {}


@pytest.mark.parametrize("failure", [ZeroDivisionError("oops"), IllegalTransition("No.")])
async def test_what_fails_holds_up_nothing_and_is_left_alone_for_ever_longer(
    failure: Exception,
) -> None:
    table = Table(inc_bad=NOON, inc_good=NOON)
    table.failures["inc_bad"] = failure
    tower = Tower(table)
    tried_at = []

    for tower.seconds in map(float, range(16)):
        before = table.rung()["inc_bad"]
        await tower.alerts.turn()
        tried_at += [tower.seconds] * (table.rung()["inc_bad"] - before)

    assert tried_at == [0, 2, 6, 14]
    assert table.rung()["inc_good"] == 1


async def test_a_lost_race_is_looked_at_again_in_the_next_turn() -> None:
    table = Table(inc_1=NOON)
    table.failures["inc_1"] = Conflict("Somebody was quicker.")
    tower = Tower(table)
    await tower.alerts.turn()
    table.failures.clear()

    await tower.alerts.turn()

    assert table.due == {}


async def test_what_always_conflicts_is_left_alone_for_ever_longer_and_holds_up_nothing() -> None:
    table = Table(inc_bad=NOON, inc_good=NOON)
    table.failures["inc_bad"] = Conflict("Somebody was quicker.")
    tower = Tower(table)
    tried_at = []

    with capture_logs() as logs:
        for tower.seconds in map(float, range(20)):
            before = table.rung()["inc_bad"]
            await tower.alerts.turn()
            tried_at += [tower.seconds] * (table.rung()["inc_bad"] - before)

    assert tried_at == [0, 1, 2, 3, 4, 6, 10, 18]
    assert [line["subject"] for line in logs] == ["grace inc_bad"] * 4
    assert table.rung()["inc_good"] == 1


async def test_a_database_that_is_away_ends_the_turn() -> None:
    table = Table(**{f"inc_{n}": NOON for n in range(AT_ONCE + 1)})
    table.failures = {id: Unavailable("The database is away.") for id in table.due}

    with pytest.raises(Unavailable):
        await Tower(table).alerts.turn()

    assert len(table.done) == AT_ONCE


@pytest.mark.parametrize("trouble", [Unavailable("It is away."), ZeroDivisionError("oops")])
async def test_trouble_with_the_table_ends_no_loop(trouble: Exception) -> None:
    table = Table(inc_1=NOON)
    table.away = trouble
    clock = Tower(table).alerts
    running = asyncio.create_task(clock.run())
    await _until(lambda: table.asked > 0)

    table.away = None
    clock.wake()
    await _until(lambda: not table.due)
    clock.stop()
    await running

    assert table.rung() == {"inc_1": 1}


async def test_nobody_has_to_wake_it() -> None:
    table = Table()
    clock = Tower(table).alerts
    running = asyncio.create_task(clock.run())

    await _until(lambda: table.asked == 2)
    clock.stop()
    await running

    assert table.done == []


async def test_told_to_stop_it_begins_nothing_new() -> None:
    table = Table(inc_1=NOON)
    table.lifted["inc_2"] = 1
    clock = Tower(table).alerts

    clock.stop()
    await clock.turn()
    await clock.run()

    assert table.done == []


async def _until(true: Callable[[], bool]) -> None:
    """Ends when it is true; the test's own time limit is the only other end."""
    while not true():  # noqa: ASYNC110 - nobody tells when
        await asyncio.sleep(0.001)
