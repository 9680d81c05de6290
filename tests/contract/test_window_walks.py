"""Windows through time on every database: the clock, people and several replicas at once."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.maintenance_clock import Clockwork, MaintenanceClock
from core.commands import CancelMaintenance, ExtendMaintenance, SkipOccurrence
from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance, MaintenanceState
from core.effects import PostMaintenanceNotice
from core.ports import MaintenanceQuery
from tests.contract.house import House
from tests.fakes.moment import NOON
from tests.fakes.people import a_caller
from tests.unit.core.maintenances import END, START, a_wish

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def _deaf(moment: datetime, ring: Callable[[], None]) -> None:
    """Time passes here when the test says so."""


def _a_clock(house: House) -> MaintenanceClock:
    works = Clockwork(clock=house.clock, monotonic=lambda: 0.0, ring_at=_deaf)
    return MaintenanceClock(house.bus.execute, house.storage.chores, works)


async def _schedule(house: House, **changes: Any) -> Maintenance:
    return await house.bus.execute(a_wish(a_caller(house.organization_id), **changes))


async def _pass_until(house: House, moment: datetime) -> None:
    """From one alarm to the next."""
    clock = _a_clock(house)
    while True:
        await clock.catch_up()
        alarm = await house.storage.chores.next_maintenance_at(after=house.clock())
        if alarm is None or alarm > moment:
            break
        house.clock.now = alarm
    house.clock.now = moment
    await clock.catch_up()


async def _windows(house: House) -> list[Maintenance]:
    page = await house.reads.maintenances(house.organization_id, MaintenanceQuery(limit=100))
    return sorted((row.maintenance for row in page.rows), key=lambda one: one.number)


async def _news(house: House, id: MaintenanceId) -> list[tuple[str, datetime]]:
    entries = await house.reads.maintenance_timeline(house.organization_id, id)
    return [(type(entry.event).__name__.removeprefix("Maintenance"), entry.at) for entry in entries]


async def test_a_window_walks_from_its_reminder_to_its_end(house: House) -> None:
    window = await _schedule(house, scheduled_start_at=START + HOUR)

    await _pass_until(house, END + HOUR)

    [done] = await _windows(house)
    assert (done.actual_start_at, done.actual_end_at) == (START + HOUR, END)
    assert await _news(house, window.id) == [
        ("Scheduled", NOON),
        ("StartingSoon", START),
        ("Started", START + HOUR),
        ("EndingSoon", END - timedelta(minutes=15)),
        ("Completed", END),
    ]


async def test_a_series_walks_through_summer_time_as_it_was_stored(house: House) -> None:
    zone = ZoneInfo("Europe/Berlin")
    start = datetime(2030, 3, 26, 22, tzinfo=zone).astimezone(UTC)
    first = await _schedule(
        house,
        scheduled_start_at=start,
        scheduled_end_at=start + HOUR,
        timezone=zone.key,
        recurrence="FREQ=WEEKLY;BYDAY=TU",
        exceptions=(datetime(2030, 4, 9, 22, tzinfo=zone),),
    )
    extension = ExtendMaintenance(
        caller=a_caller(house.organization_id), maintenance_id=first.id, by=HOUR
    )
    await house.bus.execute(extension)

    await _pass_until(house, datetime(2030, 4, 16, tzinfo=UTC))

    windows = await _windows(house)
    local = [one.scheduled_start_at.astimezone(zone) for one in windows]
    assert [f"{at:%m-%d %H:%M}" for at in local] == ["03-26 22:00", "04-02 22:00", "04-16 22:00"]
    assert [one.scheduled_end_at - one.scheduled_start_at for one in windows] == [
        2 * HOUR,
        HOUR,
        HOUR,
    ]
    assert {one.series_id for one in windows} == {first.id}


async def test_a_series_ends_with_the_cancellation_of_a_running_occurrence(house: House) -> None:
    caller = a_caller(house.organization_id)
    first = await _schedule(house, recurrence="FREQ=WEEKLY;BYDAY=TU")
    await _pass_until(house, START)
    skip = SkipOccurrence(caller=caller, maintenance_id=first.id, occurrence_at=START + WEEK)

    await house.bus.execute(skip)
    await house.bus.execute(CancelMaintenance(caller=caller, maintenance_id=first.id))
    await _pass_until(house, START + 4 * WEEK)

    windows = await _windows(house)
    assert [one.state for one in windows] == [MaintenanceState.CANCELED] * 3
    assert [one.scheduled_start_at - START for one in windows] == [timedelta(0), WEEK, 2 * WEEK]


async def test_replicas_that_wake_at_once_do_each_thing_once(house: House) -> None:
    windows = [await _schedule(house, recurrence="FREQ=DAILY;COUNT=2") for _ in range(20)]
    await house.unpack()
    replicas = [_a_clock(house) for _ in range(3)]

    for moment in (START, END, START + DAY, END + DAY):
        house.clock.now = moment
        await asyncio.gather(*(one.catch_up() for one in replicas))

    stored = await _windows(house)
    assert len(stored) == 2 * len(windows)
    for window in stored:
        news = Counter(name for name, _ in await _news(house, window.id))
        assert (news["Scheduled"], news["Started"], news["Completed"]) == (1, 1, 1)
    notices = [one for one in await house.unpack() if isinstance(one, PostMaintenanceNotice)]
    assert len(notices) == len({one.entry_id for one in notices})
    assert Counter(one.maintenance_id for one in notices) == dict.fromkeys(
        (one.id for one in stored), 2
    )
