"""Recurring windows through years, leap days, and the two nights in which clocks are changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.commands import EditMaintenance
from core.domain.maintenance import MaintenanceState
from tests.unit.core.virtual_clock import World, local

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BERLIN, SYDNEY, KOLKATA = "Europe/Berlin", "Australia/Sydney", "Asia/Kolkata"


async def _walk(
    zone: str, start: str, days: float, *, lasts: timedelta = HOUR, rule: str = "FREQ=DAILY"
) -> World:
    """From a day before the start on."""
    first = local(start, zone).astimezone(UTC)
    world = await World(first - DAY).with_people()
    await world.schedule(first, lasts, timezone=zone, recurrence=rule)
    await world.pass_until(first + timedelta(days=days))
    return world


def _on_the_wall(world: World, zone: str) -> list[str]:
    """When those that are over began, in their zone."""
    return [
        one.actual_start_at.astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M")
        for one in world.windows
        if one.actual_start_at
    ]


def _lengths(world: World) -> set[timedelta]:
    return {
        one.actual_end_at - one.actual_start_at
        for one in world.windows
        if one.actual_end_at and one.actual_start_at
    }


NIGHTS = [
    # On the last Sunday of March 02:00 becomes 03:00, and in October 03:00 becomes 02:00.
    (BERLIN, "2030-03-30 02:30", ["03-30 02:30", "03-31 03:30", "04-01 02:30"]),
    (BERLIN, "2030-10-26 02:30", ["10-26 02:30", "10-27 02:30", "10-28 02:30"]),
    (BERLIN, "2030-03-30 23:00", ["03-30 23:00", "03-31 23:00", "04-01 23:00"]),
    (BERLIN, "2030-10-26 23:00", ["10-26 23:00", "10-27 23:00", "10-28 23:00"]),
    # On the first Sunday of October 02:00 becomes 03:00, and in April 03:00 becomes 02:00.
    (SYDNEY, "2030-10-05 02:15", ["10-05 02:15", "10-06 03:15", "10-07 02:15"]),
    (SYDNEY, "2030-04-06 02:15", ["04-06 02:15", "04-07 02:15", "04-08 02:15"]),
    (SYDNEY, "2030-10-05 09:00", ["10-05 09:00", "10-06 09:00", "10-07 09:00"]),
    (SYDNEY, "2030-04-06 09:00", ["04-06 09:00", "04-07 09:00", "04-08 09:00"]),
    # Never.
    (KOLKATA, "2030-03-30 02:30", ["03-30 02:30", "03-31 02:30", "04-01 02:30"]),
    (KOLKATA, "2030-10-26 02:30", ["10-26 02:30", "10-27 02:30", "10-28 02:30"]),
]


@pytest.mark.parametrize(("zone", "start", "expected"), NIGHTS)
async def test_the_hour_on_the_wall_stays_when_clocks_are_changed(
    zone: str, start: str, expected: list[str]
) -> None:
    world = await _walk(zone, start, 2.5)

    assert _on_the_wall(world, zone)[:3] == expected
    assert _lengths(world) == {HOUR}


@pytest.mark.parametrize(
    ("zone", "start", "hours"),
    [
        (BERLIN, "2030-03-30 12:00", 23),
        (BERLIN, "2030-10-26 12:00", 25),
        (SYDNEY, "2030-10-05 12:00", 23),
        (SYDNEY, "2030-04-06 12:00", 25),
        (KOLKATA, "2030-03-30 12:00", 24),
    ],
)
async def test_a_day_has_as_many_hours_as_it_has(zone: str, start: str, hours: int) -> None:
    world = await _walk(zone, start, 1.5)

    first, second, *_ = world.windows
    assert second.scheduled_start_at - first.scheduled_start_at == hours * HOUR


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        (BERLIN, "2030-03-31 01:30"),
        (BERLIN, "2030-10-27 01:30"),
        (SYDNEY, "2030-10-06 01:30"),
        (SYDNEY, "2030-04-07 01:30"),
        (KOLKATA, "2030-03-31 01:30"),
    ],
)
async def test_a_window_across_the_change_lasts_as_long_as_it_was_planned(
    zone: str, start: str
) -> None:
    world = await _walk(zone, start, 1.5, lasts=3 * HOUR)

    assert _lengths(world) == {3 * HOUR}
    assert world.told(1)[2:] == [
        ("Started", world.window(1).scheduled_start_at),
        ("EndingSoon", world.window(1).scheduled_start_at + 3 * HOUR - 15 * MINUTE),
        ("Completed", world.window(1).scheduled_start_at + 3 * HOUR),
    ]


@pytest.mark.parametrize("zone", [BERLIN, SYDNEY, KOLKATA])
async def test_every_day_of_a_year_has_its_window_once_at_its_hour(zone: str) -> None:
    world = await _walk(zone, "2030-01-01 22:00", 364.5)

    done = [one for one in world.windows if one.state is MaintenanceState.COMPLETED]
    wall = _on_the_wall(world, zone)
    assert len(done) == len(wall) == len(set(wall)) == 365
    assert {text[-5:] for text in wall} == {"22:00"}
    assert _lengths(world) == {HOUR}
    assert [one.number for one in world.windows] == list(range(1, 367))
    assert all(
        world.news(number).count(name) == 1
        for number in (1, 90, 300)
        for name in ("Scheduled", "StartingSoon", "Started", "EndingSoon", "Completed")
    )


async def test_a_leap_day_comes_round_in_leap_years() -> None:
    rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"

    world = await _walk(BERLIN, "2028-02-29 10:00", 366 * 9, rule=rule)

    wall = [one.scheduled_start_at.astimezone(ZoneInfo(BERLIN)) for one in world.windows]
    assert [f"{at:%Y-%m-%d %H:%M}" for at in wall] == [
        "2028-02-29 10:00",
        "2032-02-29 10:00",
        "2036-02-29 10:00",
        "2040-02-29 10:00",
    ]


async def test_a_daily_window_takes_place_on_a_leap_day_too() -> None:
    world = await _walk(SYDNEY, "2032-02-28 10:00", 2.5)

    assert _on_the_wall(world, SYDNEY) == ["02-28 10:00", "02-29 10:00", "03-01 10:00"]


async def test_a_window_that_spans_a_leap_day_ends_on_time() -> None:
    start = datetime(2032, 2, 28, 22, tzinfo=UTC)
    world = await World(start - DAY).with_people()
    await world.schedule(start, 2 * DAY)

    await world.pass_for(days=4)

    assert world.window().actual_end_at == datetime(2032, 3, 1, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=1SU", 12),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", 12),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", 26),
        ("FREQ=YEARLY", 1),
    ],
)
async def test_a_year_of_windows_has_as_many_as_its_rule_says(rule: str, expected: int) -> None:
    days = {"FREQ=MONTHLY;BYMONTHDAY=-1": "2030-01-31"}

    world = await _walk(BERLIN, f"{days.get(rule, '2030-01-06')} 04:00", 363, rule=rule)

    done = [one for one in world.windows if one.state is MaintenanceState.COMPLETED]
    assert len(done) == expected
    assert {text[-5:] for text in _on_the_wall(world, BERLIN)} == {"04:00"}


async def test_ten_years_pass_in_one_window_a_year() -> None:
    world = await _walk(SYDNEY, "2030-10-06 03:00", 366 * 10, rule="FREQ=YEARLY", lasts=5 * HOUR)

    assert [text[-5:] for text in _on_the_wall(world, SYDNEY)] == ["03:00"] * len(
        _on_the_wall(world, SYDNEY)
    )
    assert len(world.windows) == 12
    assert _lengths(world) == {5 * HOUR}


async def test_a_downtime_of_half_a_year_across_both_changes_leaves_the_hour_as_it_was() -> None:
    start = local("2030-03-01 02:30", BERLIN).astimezone(UTC)
    world = await World(start - DAY).with_people()
    await world.schedule(start, HOUR, timezone=BERLIN, recurrence="FREQ=DAILY")
    await world.pass_until(start + 2 * DAY + 2 * HOUR)

    await world.down_until(local("2030-11-10 12:00", BERLIN).astimezone(UTC))

    missed, following = world.windows[-2:]
    assert missed.state is MaintenanceState.COMPLETED
    assert following.scheduled_start_at == local("2030-11-11 02:30", BERLIN)
    assert [one.follows for one in [world.born(following.number)]] == [missed.reference]
    assert world.born(following.number).missed == 251


async def test_hours_of_one_night_are_told_apart_when_it_has_one_twice() -> None:
    rule = "FREQ=DAILY;BYHOUR=1,4;BYMINUTE=30"

    world = await _walk(BERLIN, "2030-10-27 01:30", 0.6, rule=rule)

    first, second, *_ = world.windows
    assert second.scheduled_start_at - first.scheduled_start_at == 4 * HOUR


async def test_a_series_that_a_wrong_clock_sent_years_ahead_is_brought_back_by_hand() -> None:
    start = datetime(2030, 1, 1, 12, tzinfo=UTC)
    world = await World(start - DAY).with_people()
    await world.schedule(start, HOUR, recurrence="FREQ=DAILY")
    await world.jump_to(start.replace(year=2039))
    await world.jump_to(start)
    strayed = world.windows[-1]

    await world.do(
        EditMaintenance,
        strayed,
        recurrence="FREQ=DAILY",
        scheduled_start_at=start + DAY,
        scheduled_end_at=start + DAY + HOUR,
    )
    await world.pass_for(days=3)

    assert strayed.scheduled_start_at.year == 2039
    assert [one.scheduled_start_at for one in world.windows[-4:-1]] == [
        start + n * DAY for n in (1, 2, 3)
    ]
