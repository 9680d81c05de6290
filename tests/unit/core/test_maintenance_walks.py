"""Windows through time: boots, downtime, and a clock that is set forward and back."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations

import pytest

from core.commands import (
    CancelMaintenance,
    CompleteMaintenance,
    EditMaintenance,
    ExtendMaintenance,
    StartMaintenance,
)
from core.domain import events as e
from core.domain.actor import Surface
from core.domain.maintenance import MaintenanceState
from core.errors import IllegalTransition
from tests.fakes.moment import NOON
from tests.unit.core.maintenances import a_wish
from tests.unit.core.virtual_clock import World

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
START, END = NOON + 3 * HOUR, NOON + 5 * HOUR
SOON, ENDING = START - HOUR, END - 15 * MINUTE
AFTER = END + HOUR
WALK = [
    ("Scheduled", NOON),
    ("StartingSoon", SOON),
    ("Started", START),
    ("EndingSoon", ENDING),
    ("Completed", END),
]


@pytest.fixture
async def world() -> World:
    return await World(NOON).with_people()


async def test_a_window_starts_and_completes_by_itself_and_says_so(world: World) -> None:
    await world.schedule(START, END - START)

    await world.pass_until(AFTER)

    window = world.window()
    assert world.told() == WALK
    assert window.state is MaintenanceState.COMPLETED
    assert (window.actual_start_at, window.actual_end_at, window.next_at) == (START, END, None)


async def test_a_window_between_two_boots_walks_as_if_nothing_had_been(world: World) -> None:
    await world.schedule(START, END - START)

    for quarter in range(1, 21):
        await world.down_until(NOON + quarter * 15 * MINUTE - MINUTE)
        await world.pass_until(NOON + quarter * 15 * MINUTE)

    assert world.told() == WALK


@pytest.mark.parametrize(
    ("down", "up", "told"),
    [
        (NOON, SOON + 40 * MINUTE, [("StartingSoon", SOON + 40 * MINUTE), *WALK[2:]]),
        (NOON, START, WALK[2:]),
        (NOON, START + HOUR, [("Started", START + HOUR), *WALK[3:]]),
        (NOON, END - MINUTE, [("Started", END - MINUTE), WALK[4]]),
        (START + HOUR, END - MINUTE, [*WALK[1:3], ("EndingSoon", END - MINUTE), WALK[4]]),
        (START + HOUR, AFTER, [*WALK[1:3], ("Completed", AFTER)]),
        (SOON, AFTER, [WALK[1], ("Started", AFTER), ("Completed", AFTER)]),
    ],
)
async def test_downtime_is_caught_up_with_what_is_of_use_still(
    world: World, down: datetime, up: datetime, told: list[tuple[str, datetime]]
) -> None:
    await world.schedule(START, END - START)
    await world.pass_until(down)

    await world.down_until(up)
    await world.pass_until(AFTER)

    assert world.told()[1:] == told


async def test_a_late_reminder_says_how_long_there_really_is(world: World) -> None:
    await world.schedule(START, END - START)

    await world.down_until(START - 20 * MINUTE)

    soon = world.event(e.MaintenanceStartingSoon)
    assert soon.scheduled_start_at - soon.at == 20 * MINUTE


async def test_a_window_missed_whole_starts_and_completes_in_one_sweep(world: World) -> None:
    await world.schedule(START, END - START)

    await world.down_until(AFTER)

    window = world.window()
    started = world.event(e.MaintenanceStarted)
    completed = world.event(e.MaintenanceCompleted)
    assert window.state is MaintenanceState.COMPLETED
    assert (window.actual_start_at, window.actual_end_at) == (AFTER, AFTER)
    assert (started.missed, started.scheduled_start_at) == (True, START)
    assert (completed.missed, completed.scheduled_start_at, completed.scheduled_end_at) == (
        True,
        START,
        END,
    )
    assert world.news() == ["Scheduled", "Started", "Completed"]


async def test_a_late_start_is_no_missed_window(world: World) -> None:
    await world.schedule(START, END - START)

    await world.down_until(START + HOUR)
    await world.pass_until(AFTER)

    assert not world.event(e.MaintenanceStarted).missed
    assert not world.event(e.MaintenanceCompleted).missed


async def test_of_several_reminders_that_were_missed_the_nearest_is_told(world: World) -> None:
    await world.schedule(START, END - START, reminders=(120, 60, 30))

    await world.down_until(START - 10 * MINUTE)
    await world.pass_until(START - MINUTE)

    assert world.news() == ["Scheduled", "StartingSoon"]
    assert world.window().next_at == START


async def test_every_reminder_is_told_once_in_its_turn(world: World) -> None:
    await world.schedule(START, END - START, reminders=(120, 60, 5))

    await world.pass_until(START - MINUTE)

    assert world.told()[1:] == [
        ("StartingSoon", START - timedelta(minutes=minutes)) for minutes in (120, 60, 5)
    ]


async def test_a_reminder_of_what_is_scheduled_at_short_notice_is_not_told(world: World) -> None:
    await world.schedule(NOON + 20 * MINUTE, HOUR)

    await world.pass_until(NOON + 3 * HOUR)

    assert world.news() == ["Scheduled", "Started", "EndingSoon", "Completed"]


async def test_a_short_window_does_not_say_that_it_ends_soon(world: World) -> None:
    await world.schedule(START, 10 * MINUTE)

    await world.pass_until(AFTER)

    assert world.news() == ["Scheduled", "StartingSoon", "Started", "Completed"]


@pytest.mark.parametrize(
    ("at", "back"), list(combinations([NOON, SOON + MINUTE, START + MINUTE, ENDING + MINUTE], 2))
)
async def test_a_clock_that_is_put_back_repeats_nothing(
    world: World, at: datetime, back: datetime
) -> None:
    await world.schedule(START, END - START)
    later, earlier = max(at, back), min(at, back)
    await world.pass_until(later)
    told = world.told()

    await world.jump_to(earlier)
    assert world.told() == told
    await world.pass_until(AFTER)

    assert world.told() == WALK


async def test_a_clock_put_back_before_the_start_never_ends_a_window_before_it_began(
    world: World,
) -> None:
    window = await world.schedule(START, END - START)
    await world.pass_until(START + MINUTE)

    await world.jump_to(NOON - 24 * HOUR)
    await world.do(CompleteMaintenance, window)

    done = world.window()
    assert (done.actual_start_at, done.actual_end_at) == (START, START)


async def test_a_clock_that_is_put_forward_does_what_is_due_by_then(world: World) -> None:
    await world.schedule(START, END - START)

    await world.jump_to(START + HOUR)
    await world.jump_to(NOON)
    await world.pass_until(AFTER)

    assert world.told() == [
        ("Scheduled", NOON),
        ("Started", START + HOUR),
        ("EndingSoon", ENDING),
        ("Completed", END),
    ]


async def test_a_clock_years_ahead_ends_all_windows_and_comes_back_in_peace(world: World) -> None:
    for hours in range(1, 30):
        await world.schedule(NOON + hours * HOUR, HOUR)

    await world.jump_to(NOON.replace(year=2040))
    await world.jump_to(NOON)
    await world.pass_for(days=30)

    assert {one.state for one in world.windows} == {MaintenanceState.COMPLETED}
    assert all(world.news(n) == ["Scheduled", "Started", "Completed"] for n in range(1, 30))


async def test_a_manual_start_and_the_clock_tell_it_once(world: World) -> None:
    window = await world.schedule(START, END - START)
    await world.pass_until(START - MINUTE)

    await world.do(StartMaintenance, window)
    await world.pass_until(AFTER)

    assert world.told()[2:] == [("Started", START - MINUTE), *WALK[3:]]


async def test_completed_early_the_clock_has_nothing_to_add(world: World) -> None:
    window = await world.schedule(START, END - START)
    await world.pass_until(START + MINUTE)

    await world.do(CompleteMaintenance, window)
    await world.pass_until(AFTER)

    assert world.told()[2:] == [("Started", START), ("Completed", START + MINUTE)]


@pytest.mark.parametrize("at", [NOON, SOON, START, ENDING])
async def test_a_canceled_window_is_left_alone(world: World, at: datetime) -> None:
    window = await world.schedule(START, END - START)
    await world.pass_until(at)
    before = world.told()

    await world.do(CancelMaintenance, window)
    await world.pass_until(AFTER)

    assert world.told() == [*before, ("Canceled", at)]


async def test_the_timer_follows_a_window_that_is_moved(world: World) -> None:
    window = await world.schedule(START, END - START)
    await world.pass_until(SOON + MINUTE)
    day = 24 * HOUR

    await world.do(
        EditMaintenance, window, scheduled_start_at=START + day, scheduled_end_at=END + day
    )
    await world.pass_until(AFTER + day)

    assert world.told() == [
        *WALK[:2],
        ("Edited", SOON + MINUTE),
        *[(name, at + day) for name, at in WALK[1:]],
    ]


async def test_an_extension_is_followed_by_the_end_and_announced_again(world: World) -> None:
    window = await world.schedule(START, END - START)
    await world.pass_until(ENDING + MINUTE)

    await world.do(ExtendMaintenance, window, by=HOUR)
    await world.pass_until(AFTER + HOUR)

    assert world.told()[3:] == [
        ("EndingSoon", ENDING),
        ("Extended", ENDING + MINUTE),
        ("EndingSoon", ENDING + HOUR),
        ("Completed", END + HOUR),
    ]


async def test_without_auto_complete_an_overrun_is_told_once_and_again_after_an_extension(
    world: World,
) -> None:
    window = await world.schedule(START, END - START, auto_complete=False)
    await world.pass_until(END + 30 * MINUTE)

    await world.do(ExtendMaintenance, window, until=END + HOUR)
    await world.pass_until(END + 24 * HOUR)

    assert world.told()[3:] == [
        ("EndingSoon", ENDING),
        ("Overran", END),
        ("Extended", END + 30 * MINUTE),
        ("EndingSoon", END + 45 * MINUTE),
        ("Overran", END + HOUR),
    ]
    assert world.window().state is MaintenanceState.IN_PROGRESS


async def test_without_auto_complete_a_window_missed_whole_is_started_and_overrun(
    world: World,
) -> None:
    await world.schedule(START, END - START, auto_complete=False)

    await world.down_until(AFTER)

    assert world.news() == ["Scheduled", "Started", "Overran"]
    assert not world.event(e.MaintenanceStarted).missed


async def test_without_auto_start_somebody_is_asked_to_start_it(world: World) -> None:
    window = await world.schedule(START, END - START, auto_start=False)
    await world.pass_until(START + HOUR)

    await world.do(StartMaintenance, window)
    await world.pass_until(AFTER)

    assert world.told()[2:] == [("Due", START), ("Started", START + HOUR), *WALK[3:]]


async def test_what_nobody_started_lapses_and_can_only_be_moved(world: World) -> None:
    window = await world.schedule(START, END - START, auto_start=False)
    await world.pass_until(AFTER)

    with pytest.raises(IllegalTransition, match="move it to other times"):
        await world.do(StartMaintenance, window)
    with pytest.raises(IllegalTransition, match="move it to other times"):
        await world.do(ExtendMaintenance, window, by=HOUR)
    await world.do(EditMaintenance, window, auto_start=True)
    await world.pass_for(hours=1)

    assert world.told()[2:] == [("Due", START), ("Lapsed", END), ("Edited", AFTER)]
    assert world.window().lapsed

    day = 24 * HOUR
    await world.do(
        EditMaintenance, window, scheduled_start_at=START + day, scheduled_end_at=END + day
    )
    await world.pass_until(AFTER + day)

    assert world.news()[-4:] == ["StartingSoon", "Started", "EndingSoon", "Completed"]


async def test_a_lapse_during_downtime_is_told_without_the_call_before_it(world: World) -> None:
    await world.schedule(START, END - START, auto_start=False)

    await world.down_until(AFTER)

    assert world.news() == ["Scheduled", "Lapsed"]


async def test_a_boot_with_hundreds_of_windows_due_does_each_once(world: World) -> None:
    for minutes in range(120):
        await world.schedule(START + minutes * MINUTE, END - START)

    await world.down_until(START + 100 * MINUTE)
    await world.pass_until(AFTER + 24 * HOUR)

    told = [world.news(number) for number in range(1, 121)]
    assert all(news.count("Started") == news.count("Completed") == 1 for news in told)


async def test_a_record_of_the_past_that_is_started_by_hand_asks_to_be_completed(
    world: World,
) -> None:
    program = replace(world.alice, actor=replace(world.alice.actor, surface=Surface.REST))
    record = await world.bus.execute(
        a_wish(program, scheduled_start_at=NOON - 3 * HOUR, scheduled_end_at=NOON - HOUR)
    )

    await world.do(StartMaintenance, record)
    await world.pass_for(hours=1)
    await world.do(CompleteMaintenance, record)

    assert world.news() == ["Scheduled", "Started", "Overran", "Completed"]
    assert world.window().state is MaintenanceState.COMPLETED
