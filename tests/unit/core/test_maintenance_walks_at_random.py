"""Whatever people, crashes and clocks do to windows, what must always hold does."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from core.commands import (
    CancelMaintenance,
    CompleteMaintenance,
    EditMaintenance,
    ExtendMaintenance,
    SkipOccurrence,
    StartMaintenance,
)
from core.domain.maintenance import Maintenance
from core.errors import CoreError
from tests.fakes.moment import NOON
from tests.unit.core.virtual_clock import World

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
Step: TypeAlias = tuple[str, int]

ONCE = ("Scheduled", "Started", "Completed", "Canceled")
PEOPLE: dict[str, Callable[[World, Maintenance, int], Awaitable[Any]]] = {
    "start": lambda world, window, _: world.do(StartMaintenance, window),
    "complete": lambda world, window, _: world.do(CompleteMaintenance, window),
    "cancel": lambda world, window, _: world.do(CancelMaintenance, window),
    "skip": lambda world, window, _: world.do(SkipOccurrence, window),
    "extend": lambda world, window, n: world.do(ExtendMaintenance, window, by=abs(n) * MINUTE),
    "move": lambda world, window, n: world.do(
        EditMaintenance,
        window,
        scheduled_start_at=world.clock() + abs(n) * MINUTE,
        scheduled_end_at=world.clock() + abs(n) * MINUTE + HOUR,
    ),
}
_steps = st.lists(
    st.tuples(
        st.sampled_from(["pass", "pass", "crash", "boot", "jump", *PEOPLE]),
        st.integers(min_value=-600, max_value=2_000),
    ),
    max_size=25,
)
_wishes = st.fixed_dictionaries(
    {
        "auto_start": st.booleans(),
        "auto_complete": st.booleans(),
        "reminders": st.sampled_from([(), (60,), (120, 30, 5)]),
        "recurrence": st.sampled_from(["", "FREQ=DAILY", "FREQ=DAILY;COUNT=3"]),
    }
)


@settings(max_examples=60)
@given(wish=_wishes, steps=_steps)
def test_each_thing_happens_once_whatever_happens(wish: dict[str, Any], steps: list[Step]) -> None:
    asyncio.run(_walk(wish, steps))


async def _walk(wish: dict[str, Any], steps: list[Step]) -> None:
    world = await World(NOON).with_people()
    await world.schedule(NOON + 2 * HOUR, HOUR, **wish)
    for step in steps:
        await _take(step, world)
        await _require_sense(world)
    await world.boot()
    await world.pass_until(max(world.clock(), NOON) + 10 * DAY)
    await _require_sense(world)
    _require_an_end(world)


async def _take(step: Step, world: World) -> None:
    what, n = step
    match what:
        case "pass":
            await world.pass_for(minutes=abs(n))
        case "crash":
            world.crash()
        case "boot":
            await world.boot()
        case "jump":
            await world.jump_to(world.clock() + n * MINUTE)
        case _:
            window = world.windows[n % len(world.windows)]
            try:
                await PEOPLE[what](world, window, n)
            except CoreError:
                assert window == world.window(window.number)


async def _require_sense(world: World) -> None:
    if world.up:
        assert await world.store.chores.due_maintenances(world.clock(), 10) == []
    for window in world.windows:
        _require_one_story(window, Counter(world.news(window.number)))
    assert [one.number for one in world.windows] == list(range(1, len(world.windows) + 1))
    ahead = [one for one in world.windows if one.recurrence and not (one.over or one.followed)]
    assert len(ahead) <= 1


def _require_one_story(window: Maintenance, news: Counter[str]) -> None:
    assert all(news[one] <= 1 for one in ONCE)
    assert news["Completed"] + news["Canceled"] <= 1
    assert bool(window.actual_start_at) == bool(news["Started"])
    assert bool(window.actual_end_at) == bool(news["Completed"])
    assert len(set(window.told)) == len(window.told)
    if window.actual_start_at and window.actual_end_at:
        assert window.actual_end_at >= window.actual_start_at


def _require_an_end(world: World) -> None:
    """Long after the last thing that anybody did."""
    for window in world.windows:
        if window.armed_at and window.auto_start and window.auto_complete:
            assert window.over or window.scheduled_start_at > world.clock() - DAY
