"""Raising what still fires: once and whole, through crashes, races and floods."""

from datetime import timedelta

import pytest

from core.bus import CommandBus
from core.commands import RaiseSuppressedAlerts, ResolveIncident
from core.domain.state import State
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import firing
from tests.unit.core.quiet import Quiet


@pytest.fixture
async def quiet(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Quiet:
    return await Quiet(store, bus, clock).begin()


async def test_a_window_in_progress_raises_nothing(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))

    await quiet.bus.execute(RaiseSuppressedAlerts(caller=quiet.operator, maintenance_id=window.id))

    assert quiet.suppressed() == ["a"]
    assert (quiet.source.incidents(), quiet.raised(window)) == ([], [])


async def test_nothing_is_stranded_by_a_crash_between_the_end_and_the_raising(
    quiet: Quiet,
) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))
    await quiet.complete(window)

    restarted = CommandBus(quiet.store.transactions, quiet.clock)
    stranded = await quiet.store.chores.stranded_alerts(10)
    for _, id in stranded:
        await restarted.execute(RaiseSuppressedAlerts(caller=quiet.operator, maintenance_id=id))

    assert [id for _, id in stranded] == [window.id]
    assert quiet.episodes()[0].incident_id == quiet.source.incident().id
    assert await quiet.store.chores.stranded_alerts(10) == []


async def test_raising_twice_is_once(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))
    await quiet.complete(window)

    for _ in range(2):  # two processes that saw the same alerts stranded
        await quiet.bus.execute(
            RaiseSuppressedAlerts(caller=quiet.operator, maintenance_id=window.id)
        )

    assert len(quiet.raised(window)) == 1
    assert quiet.source.told() == ["IncidentDeclared"]


async def test_a_flood_of_one_group_is_one_incident_raised_in_batches(quiet: Quiet) -> None:
    window = await quiet.window()
    flood = 10_000
    for first in range(0, flood, 2_000):
        await quiet.source.ring(*(firing(f"a{n}", 121) for n in range(first, first + 2_000)))
    before = len(quiet.suppressed())
    await quiet.complete(window)

    batches = await quiet.sweep()

    assert (before, quiet.suppressed()) == (flood, [])
    assert {e.incident_id for e in quiet.episodes()} == {quiet.source.incident().id}
    assert batches == 10
    assert [told.count for told in quiet.raised(window)] == [1_000] * 10
    assert quiet.source.told() == ["IncidentDeclared", *["AlertsFired"] * 9]


async def test_a_flood_of_groups_is_raised_so_many_at_a_time(
    store: FakeStore, bus: CommandBus, clock: FakeClock
) -> None:
    quiet = await Quiet(store, bus, clock).begin(settings={"storm_limit": 0})
    window = await quiet.window()
    await quiet.source.ring(*(firing(f"a{n}", 121, group=f"g{n % 50}") for n in range(100)))
    await quiet.complete(window)

    batches = await quiet.sweep(limit=20)

    assert batches == 3
    assert len(quiet.source.incidents()) == 50
    assert [len(told.incidents) for told in quiet.raised(window)] == [20, 20, 10]
    assert sum(told.count for told in quiet.raised(window)) == 100


async def test_what_was_raised_and_resolved_by_hand_stays_so(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))
    await quiet.end(window)
    incident = quiet.source.incident()

    await quiet.bus.execute(ResolveIncident(caller=quiet.carol, incident_id=incident.id))
    await quiet.source.ring(firing("a", 121))
    swept = await quiet.sweep()

    assert swept == 0
    assert quiet.source.incident().state is State.RESOLVED


async def test_the_next_window_does_not_take_back_what_was_raised(quiet: Quiet) -> None:
    first = await quiet.window()
    await quiet.source.ring(firing("a", 121))
    await quiet.end(first)

    second = await quiet.window(title="Once more")
    await quiet.source.ring(firing("a", 121))
    await quiet.end(second)

    assert quiet.source.told() == ["IncidentDeclared"]
    assert quiet.raised(second) == []


async def test_an_alert_that_was_late_is_told_with_its_own_start(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))
    quiet.clock.now += timedelta(hours=3)

    await quiet.end(window)

    assert quiet.source.incident().created_at == quiet.clock.now
    assert quiet.episodes()[0].starts_at < quiet.source.incident().created_at
