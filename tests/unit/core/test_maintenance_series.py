"""Recurring maintenance: which occurrence follows which, and what an edit of one does to all."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.commands import (
    CancelMaintenance,
    CompleteMaintenance,
    EditMaintenance,
    ExtendMaintenance,
    SkipOccurrence,
    StartMaintenance,
)
from core.domain import events as e
from core.domain.maintenance import Maintenance, MaintenanceState
from core.errors import IllegalTransition, InvalidInput
from tests.fakes.moment import NOON
from tests.unit.core.virtual_clock import World, local

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
START = NOON + 3 * HOUR
WEEKLY = "FREQ=WEEKLY;BYDAY=TU"
"""As NOON is a Tuesday."""

LAST = datetime.max.replace(tzinfo=UTC)


@pytest.fixture
async def world() -> World:
    return await World(NOON).with_people()


@pytest.fixture
async def first(world: World) -> Maintenance:
    return await world.schedule(START, HOUR, recurrence=WEEKLY)


def _starts(world: World) -> list[datetime]:
    return [one.scheduled_start_at for one in world.windows]


async def test_the_first_occurrence_begins_its_series(first: Maintenance) -> None:
    assert (first.series_id, first.occurrence_at, first.series_start_at) == (first.id, START, START)
    assert (first.series_end_at, first.followed) == (START + HOUR, False)


async def test_the_next_occurrence_is_made_when_this_one_starts(
    world: World, first: Maintenance
) -> None:
    await world.pass_until(START)

    present, following = world.windows
    assert (present.running, present.followed) == (True, True)
    assert (following.scheduled_start_at, following.scheduled_end_at) == (
        START + WEEK,
        START + WEEK + HOUR,
    )
    assert (following.series_id, following.occurrence_at, following.followed) == (
        first.id,
        START + WEEK,
        False,
    )
    born = world.event(e.MaintenanceScheduled, 2)
    assert (born.follows, born.missed, born.past) == ("MNT-1", 0, False)


async def test_what_was_agreed_is_carried_to_the_next_occurrence(world: World) -> None:
    user = world.alice.actor.user_id
    wish: dict[str, Any] = {
        "title": "Vacuum the database",
        "description": "Replicas first.",
        "audience": ("acme",),
        "notify_channels": ("ops",),
        "notify_user_ids": (user,),
        "owner_id": user,
        "runbook_url": "https://wiki.example.com/vacuum",
        "customer_visible": False,
        "auto_complete": False,
        "reminders": (15,),
        "matchers": ('team="db"',),
    }
    await world.schedule(START, HOUR, recurrence=WEEKLY, **wish)

    await world.pass_until(START)

    assert {name: getattr(world.window(2), name) for name in wish} == wish


async def test_started_early_the_next_occurrence_is_that_of_the_rule(
    world: World, first: Maintenance
) -> None:
    await world.do(StartMaintenance, first)

    assert _starts(world) == [START, START + WEEK]


async def test_moving_one_occurrence_moves_only_that_one(world: World, first: Maintenance) -> None:
    moved = {"scheduled_start_at": START + DAY, "scheduled_end_at": START + DAY + 3 * HOUR}

    await world.do(EditMaintenance, first, **moved)
    await world.pass_until(START + DAY)

    assert _starts(world) == [START + DAY, START + WEEK]
    assert world.window(2).scheduled_end_at == START + WEEK + HOUR


async def test_an_extension_does_not_lengthen_those_that_follow(
    world: World, first: Maintenance
) -> None:
    await world.do(ExtendMaintenance, first, by=2 * HOUR)
    await world.pass_until(START)

    assert world.window(1).scheduled_end_at == START + 3 * HOUR
    assert world.window(2).scheduled_end_at == START + WEEK + HOUR


async def test_a_rule_with_other_times_moves_all_that_follow(
    world: World, first: Maintenance
) -> None:
    moved = {"scheduled_start_at": START + DAY, "scheduled_end_at": START + DAY + 2 * HOUR}
    thursdays = "FREQ=WEEKLY;BYDAY=WE"

    edited = await world.do(EditMaintenance, first, recurrence=thursdays, **moved)
    await world.pass_until(START + DAY)

    assert world.event(e.MaintenanceEdited).fields == ("start", "end", "recurrence")
    assert edited.series_id == first.id
    assert _starts(world) == [START + DAY, START + DAY + WEEK]
    assert world.window(2).scheduled_end_at == START + DAY + WEEK + 2 * HOUR


async def test_the_same_rule_with_a_later_hour_moves_all_that_follow(
    world: World, first: Maintenance
) -> None:
    moved = {"scheduled_start_at": START + HOUR, "scheduled_end_at": START + 2 * HOUR}

    await world.do(EditMaintenance, first, recurrence=WEEKLY, **moved)
    await world.pass_until(START + HOUR)

    assert world.event(e.MaintenanceEdited).fields == ("start", "end", "recurrence")
    assert _starts(world) == [START + HOUR, START + HOUR + WEEK]


@pytest.mark.parametrize("rule", [WEEKLY, f"RRULE:{WEEKLY}"])
async def test_the_same_rule_again_changes_nothing(
    world: World, first: Maintenance, rule: str
) -> None:
    edited = await world.do(EditMaintenance, first, recurrence=rule)

    assert edited == first


async def test_exceptions_move_with_the_series_on_the_wall_of_its_zone(world: World) -> None:
    zone = "Europe/Berlin"
    day = local("2030-03-26 20:00", zone).astimezone(UTC)
    first = await world.schedule(
        day, HOUR, recurrence=WEEKLY, timezone=zone, exceptions=(day + WEEK - HOUR,)
    )
    later = {"scheduled_start_at": day + 2 * HOUR, "scheduled_end_at": day + 3 * HOUR}

    await world.do(EditMaintenance, first, recurrence=WEEKLY, **later)
    await world.pass_until(day + 2 * HOUR)

    assert world.window(1).exceptions == (local("2030-04-02 22:00", zone),)
    assert _starts(world)[1] == local("2030-04-09 22:00", zone)


async def test_a_series_follows_its_zone(world: World, first: Maintenance) -> None:
    await world.do(EditMaintenance, first, timezone="Europe/Berlin")

    await world.pass_until(datetime(2030, 4, 3, tzinfo=UTC))

    assert [f"{start:%m-%d %H:%M}" for start in _starts(world)[12:15]] == [
        "03-26 15:00",
        "04-02 14:00",
        "04-09 14:00",
    ]


async def test_no_rule_any_more_ends_the_series_with_this_occurrence(
    world: World, first: Maintenance
) -> None:
    await world.do(EditMaintenance, first, recurrence="")
    await world.pass_until(START + 2 * WEEK)

    assert world.event(e.MaintenanceEdited).fields == ("recurrence",)
    assert _starts(world) == [START]


async def test_a_window_can_begin_to_recur(world: World) -> None:
    window = await world.schedule(START, HOUR)

    await world.do(EditMaintenance, window, recurrence="FREQ=DAILY;COUNT=3")
    await world.pass_until(START + WEEK)

    assert _starts(world) == [START, START + DAY, START + 2 * DAY]


async def test_the_rule_of_an_occurrence_that_was_followed_is_changed_at_the_next(
    world: World,
) -> None:
    lapsed = await world.schedule(START, HOUR, recurrence=WEEKLY, auto_start=False)
    await world.pass_until(START + 2 * HOUR)

    with pytest.raises(InvalidInput, match="MNT-1 is followed by another occurrence") as refusal:
        await world.do(EditMaintenance, lapsed, recurrence="FREQ=DAILY")

    assert refusal.value.field == "recurrence"


async def test_the_exceptions_of_an_occurrence_that_was_followed_are_changed_at_the_next(
    world: World,
) -> None:
    lapsed = await world.schedule(START, HOUR, recurrence=WEEKLY, auto_start=False)
    await world.pass_until(START + 2 * HOUR)

    with pytest.raises(InvalidInput, match="leave them out there") as refusal:
        await world.do(EditMaintenance, lapsed, exceptions=(START + 2 * WEEK,))

    assert refusal.value.field == "exceptions"


async def test_a_record_of_the_past_does_not_begin_to_recur(world: World) -> None:
    window = await world.schedule(START, HOUR, auto_start=False)
    await world.pass_until(START + 2 * HOUR)

    with pytest.raises(InvalidInput, match="begin with the next one") as refusal:
        await world.do(EditMaintenance, window, recurrence=WEEKLY)

    assert refusal.value.field == "scheduled_start_at"


async def test_a_zone_in_which_the_rule_cannot_be_is_refused(
    world: World, first: Maintenance
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await world.do(EditMaintenance, first, timezone="Pacific/Kiritimati")

    assert refusal.value.field == "recurrence"
    assert world.window() == first


async def test_what_the_rule_does_not_give_is_not_left_out(
    world: World, first: Maintenance
) -> None:
    given, other = START + WEEK, START + WEEK + HOUR

    with pytest.raises(InvalidInput, match="2030-01-08T16:00:00Z") as refusal:
        await world.do(EditMaintenance, first, exceptions=(given, other))

    assert refusal.value.field == "exceptions"
    assert world.window() == first


async def test_what_is_left_out_already_may_be_said_again(world: World, first: Maintenance) -> None:
    await world.do(EditMaintenance, first, exceptions=(START + WEEK,))

    await world.do(EditMaintenance, first, exceptions=(START + WEEK,), title="Disks")

    assert (world.window().title, world.window().exceptions) == ("Disks", (START + WEEK,))


async def test_exceptions_are_left_out(world: World, first: Maintenance) -> None:
    await world.do(EditMaintenance, first, exceptions=(START + WEEK, START + 3 * WEEK))

    await world.pass_until(START + 5 * WEEK)

    assert [start - START for start in _starts(world)] == [
        timedelta(0),
        2 * WEEK,
        4 * WEEK,
        5 * WEEK,
        6 * WEEK,
    ]


async def test_skipping_this_occurrence_makes_the_next_one(
    world: World, first: Maintenance
) -> None:
    skipped = await world.do(SkipOccurrence, first)

    again = await world.do(SkipOccurrence, first)
    await world.pass_until(START + HOUR)

    assert skipped == again == world.window(1)
    assert (skipped.state, skipped.followed) == (MaintenanceState.CANCELED, True)
    assert world.event(e.MaintenanceCanceled).skipped
    assert _starts(world) == [START, START + WEEK]
    assert world.window(2).state is MaintenanceState.SCHEDULED


async def test_skipping_a_later_occurrence_leaves_it_out(world: World, first: Maintenance) -> None:
    skip = {"occurrence_at": START + WEEK}

    skipped = await world.do(SkipOccurrence, first, **skip)

    assert await world.do(SkipOccurrence, first, **skip) == skipped
    assert world.event(e.OccurrenceSkipped).occurrence_at == START + WEEK
    await world.pass_until(START)
    assert _starts(world) == [START, START + 2 * WEEK]


async def test_skipping_the_next_occurrence_while_one_runs_skips_it_where_it_is(
    world: World, first: Maintenance
) -> None:
    await world.pass_until(START)

    next_one = await world.do(SkipOccurrence, first, occurrence_at=START + WEEK)
    later = await world.do(SkipOccurrence, first, occurrence_at=START + 3 * WEEK)

    assert (next_one.number, next_one.state) == (2, MaintenanceState.CANCELED)
    assert (later.number, later.exceptions) == (3, (START + 3 * WEEK,))
    assert _starts(world) == [START, START + WEEK, START + 2 * WEEK]


@pytest.mark.parametrize("at", [START + DAY, START - WEEK, LAST])
async def test_what_is_no_later_occurrence_is_not_skipped(
    world: World, first: Maintenance, at: datetime
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await world.do(SkipOccurrence, first, occurrence_at=at)

    assert refusal.value.field == "occurrence_at"


async def test_an_occurrence_before_this_one_is_not_skipped(
    world: World, first: Maintenance
) -> None:
    await world.pass_until(START)

    with pytest.raises(InvalidInput, match="No later occurrence of MNT-2") as refusal:
        await world.do(SkipOccurrence, world.window(2), occurrence_at=START)

    assert refusal.value.field == "occurrence_at"


async def test_what_does_not_recur_is_not_skipped(world: World) -> None:
    window = await world.schedule(START, HOUR)

    with pytest.raises(IllegalTransition, match="MNT-1 does not recur; cancel it instead"):
        await world.do(SkipOccurrence, window)


async def test_what_is_completed_is_not_skipped(world: World, first: Maintenance) -> None:
    await world.pass_until(START + HOUR)

    with pytest.raises(IllegalTransition, match="MNT-1 is completed; it cannot be skipped"):
        await world.do(SkipOccurrence, first)


async def test_what_runs_is_completed_rather_than_skipped(world: World, first: Maintenance) -> None:
    await world.pass_until(START)

    with pytest.raises(IllegalTransition, match="it cannot be skipped"):
        await world.do(SkipOccurrence, first)


async def test_canceling_a_scheduled_occurrence_ends_the_series(
    world: World, first: Maintenance
) -> None:
    await world.do(CancelMaintenance, first)
    await world.pass_until(START + 3 * WEEK)

    assert _starts(world) == [START]


async def test_canceling_a_running_occurrence_cancels_the_one_that_follows(
    world: World, first: Maintenance
) -> None:
    await world.pass_until(START)

    await world.do(CancelMaintenance, first, reason="The vendor is bankrupt.")
    await world.pass_until(START + 3 * WEEK)

    assert [one.state for one in world.windows] == [MaintenanceState.CANCELED] * 2
    assert world.event(e.MaintenanceCanceled, 2).reason == "The vendor is bankrupt."


async def test_completing_early_leaves_the_series_as_it_is(
    world: World, first: Maintenance
) -> None:
    await world.pass_until(START)

    await world.do(CompleteMaintenance, first)
    await world.pass_until(START + WEEK)

    assert _starts(world) == [START, START + WEEK, START + 2 * WEEK]


async def test_an_occurrence_that_lapsed_is_followed_by_the_next(world: World) -> None:
    await world.schedule(START, HOUR, recurrence=WEEKLY, auto_start=False)

    await world.pass_until(START + WEEK + HOUR)

    assert _starts(world) == [START, START + WEEK, START + 2 * WEEK]
    assert world.news(1)[-2:] == world.news(2)[-2:] == ["Due", "Lapsed"]


async def test_a_rule_that_is_used_up_is_followed_by_nothing(world: World) -> None:
    await world.schedule(START, HOUR, recurrence="FREQ=WEEKLY;BYDAY=TU;COUNT=2")

    await world.pass_until(START + 6 * WEEK)

    assert _starts(world) == [START, START + WEEK]
    assert [one.followed for one in world.windows] == [True, True]


async def test_after_a_long_downtime_the_next_is_the_first_that_is_not_over(
    world: World, first: Maintenance
) -> None:
    await world.down_until(START + 5 * WEEK + 30 * timedelta(minutes=1))

    assert _starts(world) == [START, START + 5 * WEEK, START + 6 * WEEK]
    assert world.event(e.MaintenanceScheduled, 2).missed == 4
    assert world.news(1) == ["Scheduled", "Started", "Completed"]
    assert [one.state for one in world.windows] == [
        MaintenanceState.COMPLETED,
        MaintenanceState.IN_PROGRESS,
        MaintenanceState.SCHEDULED,
    ]


async def test_exceptions_of_the_past_are_forgotten(world: World, first: Maintenance) -> None:
    await world.do(EditMaintenance, first, exceptions=(START + WEEK, START + 3 * WEEK))

    await world.pass_until(START)

    assert world.window(2).exceptions == (START + 3 * WEEK,)


@pytest.mark.parametrize(
    ("rule", "minutes", "distance"),
    [
        ("FREQ=HOURLY", 60, HOUR),
        ("FREQ=DAILY", 1440, DAY),
        ("FREQ=DAILY", 2880, DAY),
        (WEEKLY, 10080, WEEK),
    ],
)
async def test_a_reminder_as_long_as_the_interval_is_told_before_each_occurrence(
    world: World, rule: str, minutes: int, distance: timedelta
) -> None:
    await world.schedule(START, HOUR / 2, recurrence=rule, reminders=(minutes,))

    await world.down_until(START + timedelta(seconds=2))
    for number in range(1, 4):
        await world.pass_until(START + number * distance)

    for number in (2, 3, 4):
        soon = world.event(e.MaintenanceStartingSoon, number)
        assert soon.at <= START + (number - 2) * distance + timedelta(seconds=2)


async def test_of_the_reminders_that_have_passed_when_an_occurrence_is_made_one_is_told(
    world: World,
) -> None:
    await world.schedule(START, HOUR / 2, recurrence="FREQ=HOURLY", reminders=(120, 60, 10))

    await world.pass_until(START + 2 * HOUR - timedelta(minutes=1))

    assert world.told(3)[1:] == [
        ("StartingSoon", START + HOUR),
        ("StartingSoon", START + timedelta(minutes=110)),
    ]
    assert world.told(2)[1:4] == [
        ("StartingSoon", START),
        ("StartingSoon", START + timedelta(minutes=50)),
        ("Started", START + HOUR),
    ]


async def test_an_occurrence_that_is_due_when_it_is_made_is_not_announced_beforehand(
    world: World,
) -> None:
    await world.schedule(START, HOUR, recurrence="FREQ=DAILY")

    await world.down_until(START + 3 * DAY + timedelta(minutes=5))

    assert "StartingSoon" not in world.news(2)
    assert world.window(2).running


async def test_canceling_an_occurrence_that_was_skipped_ends_the_series(
    world: World, first: Maintenance
) -> None:
    await world.do(SkipOccurrence, first)

    await world.do(CancelMaintenance, first, reason="The vendor is bankrupt.")
    await world.do(CancelMaintenance, first, reason="Once more.")
    await world.pass_until(START + 3 * WEEK)

    assert [one.state for one in world.windows] == [MaintenanceState.CANCELED] * 2
    assert world.event(e.MaintenanceCanceled, 1).skipped
    assert world.event(e.MaintenanceCanceled, 2).reason == "The vendor is bankrupt."
