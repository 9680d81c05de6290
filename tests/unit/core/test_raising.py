"""When a window is over: what still fires becomes incidents, once, whatever happens meanwhile."""

import pytest

from core.bus import CommandBus
from core.domain.actor import Surface
from core.domain.events import MaintenanceCanceled, MaintenanceCompleted
from core.domain.severity import Severity
from core.domain.state import State
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import ended, firing
from tests.unit.core.quiet import Quiet


@pytest.fixture
async def quiet(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Quiet:
    return await Quiet(store, bus, clock).begin()


async def test_what_still_fires_becomes_one_incident_per_group(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(
        firing("a", 121, group="db", severity=Severity.LOW),
        firing("b", 122, group="db", severity=Severity.CRITICAL),
        firing("c", 123, group="web", summary="p99 is high"),
    )

    await quiet.end(window)

    db, web = quiet.source.incidents()
    assert (db.title, db.severity, db.source) == (
        "Several alerts: db",
        Severity.CRITICAL,
        Surface.WEBHOOK,
    )
    assert (web.title, web.service_ids) == ("p99 is high", (quiet.service.id,))
    assert [e.suppressed_by for e in quiet.episodes()] == [window.id] * 3
    [told] = quiet.raised(window)
    assert (told.count, told.incidents) == (3, (db.reference, web.reference))


async def test_the_end_counts_what_was_suppressed_and_what_still_fires(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121), firing("b", 121, summary="Disk is full"))
    await quiet.source.ring(ended("b", 121, until=122))

    await quiet.end(window)

    told = quiet.ending(window)
    assert isinstance(told, MaintenanceCompleted)
    assert (told.suppressed, told.firing, told.names) == (2, 1, ("Disk is full",))


async def test_a_window_without_alerts_says_nothing_of_them(quiet: Quiet) -> None:
    window = await quiet.window()

    await quiet.end(window)

    told = quiet.ending(window)
    assert (told.suppressed, told.firing, told.names) == (0, 0, ())
    assert quiet.raised(window) == []


async def test_canceling_a_running_window_raises_as_well(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))

    await quiet.cancel(window)
    await quiet.sweep()

    told = quiet.ending(window)
    assert isinstance(told, MaintenanceCanceled)
    assert (told.suppressed, told.firing) == (1, 1)
    assert quiet.episodes()[0].incident_id == quiet.source.incident().id


async def test_what_is_raised_joins_the_live_incident_of_its_group(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))
    await quiet.complete(window)
    await quiet.source.ring(firing("b", 123))  # of the same group, before the clock came by

    await quiet.sweep()

    [told] = quiet.raised(window)
    assert {e.incident_id for e in quiet.episodes()} == {quiet.source.incident().id}
    assert told.incidents == (quiet.source.incident().reference,)
    assert quiet.source.told() == ["IncidentDeclared", "AlertsFired"]


async def test_what_fires_after_it_was_raised_joins_the_same_incident(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))
    await quiet.end(window)

    await quiet.source.ring(firing("b", 140))
    await quiet.source.ring(ended("a", 121, until=150), ended("b", 140, until=150))

    assert quiet.source.incident().state is State.RESOLVED
    assert quiet.source.told() == ["IncidentDeclared", "AlertsFired", "IncidentResolved"]


async def test_what_is_raised_after_its_incident_was_closed_by_hand_opens_another(
    quiet: Quiet,
) -> None:
    await quiet.source.ring(firing("a", 110))
    window = await quiet.window()
    await quiet.source.ring(firing("b", 121))
    await quiet.source.resolve_by_hand()

    await quiet.end(window)

    first, second = quiet.source.incidents()
    assert (first.state, second.state) == (State.RESOLVED, State.OPEN)
    assert quiet.episodes()[-1].incident_id == second.id


async def test_what_began_soon_after_its_source_resolved_the_incident_reopens_it(
    quiet: Quiet,
) -> None:
    await quiet.source.ring(firing("a", 110))
    await quiet.source.ring(ended("a", 110, until=119))
    window = await quiet.window()
    await quiet.source.ring(firing("a", 122))
    quiet.clock.advance(minutes=50)

    await quiet.end(window)

    assert quiet.source.incident().state is State.OPEN
    assert quiet.source.told()[-1] == "IncidentReopened"


async def test_groups_of_several_sources_have_their_own_incidents(quiet: Quiet) -> None:
    other = await quiet.another_source(quiet.service)
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))
    await other.ring(firing("a", 121))

    await quiet.end(window)

    [told] = quiet.raised(window)
    assert len(quiet.source.incidents()) == 2
    assert (told.count, told.incidents) == (2, ("INC-1", "INC-2"))


async def test_where_ends_resolve_nothing_an_alert_is_raised_all_the_same(
    store: FakeStore, bus: CommandBus, clock: FakeClock
) -> None:
    quiet = await Quiet(store, bus, clock).begin(auto_resolve=False)
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121), firing("b", 121))
    await quiet.source.ring(ended("b", 121, until=122))

    await quiet.end(window)
    await quiet.source.ring(ended("a", 121, until=130))

    assert quiet.source.incident().state is State.OPEN
    assert quiet.source.told() == ["IncidentDeclared", "AlertsCleared"]


async def test_what_another_window_covers_is_handed_to_it(quiet: Quiet) -> None:
    first = await quiet.window(minutes=60)
    await quiet.source.ring(firing("a", 121))
    second = await quiet.window(minutes=30, title="Network")

    await quiet.end(first)
    between = [e.suppressed_by for e in quiet.episodes()]
    await quiet.end(second)

    [handed], [raised] = quiet.raised(first), quiet.raised(second)
    assert between == [second.id]
    assert (handed.count, handed.handed, handed.handed_to) == (0, 1, (second.reference,))
    assert (raised.count, raised.handed) == (1, 0)
    assert quiet.source.told() == ["IncidentDeclared"]


async def test_windows_that_run_on_keep_only_what_they_cover(quiet: Quiet) -> None:
    first = await quiet.window(matchers=("instance=~.+",), minutes=90)
    await quiet.source.ring(firing("a", 121, group="one"), firing("b", 121, group="two"))
    second = await quiet.window(matchers=("instance=b",), title="Network")

    await quiet.end(first)

    [told] = quiet.raised(first)
    assert (told.count, told.handed, told.handed_to) == (1, 1, (second.reference,))
    assert quiet.suppressed() == ["b"]


async def test_the_end_counts_apart_what_another_window_keeps_quiet(quiet: Quiet) -> None:
    first = await quiet.window(matchers=("instance=~.+",), minutes=90)
    await quiet.source.ring(firing("a", 121), firing("b", 121), firing("c", 121))
    await quiet.source.ring(ended("c", 121, until=122))
    await quiet.window(matchers=("instance=b",), title="Network")

    await quiet.end(first)

    told, [raised] = quiet.ending(first), quiet.raised(first)
    assert (told.suppressed, told.firing, told.handed) == (3, 2, 1)
    assert (raised.count, raised.handed) == (1, 1)


async def test_a_window_that_ends_at_the_same_time_keeps_nothing_quiet(quiet: Quiet) -> None:
    first = await quiet.window(minutes=30)
    await quiet.source.ring(firing("a", 121))
    await quiet.window(minutes=30, title="Network")
    quiet.clock.advance(minutes=30)

    await quiet.end(first)

    assert (quiet.ending(first).firing, quiet.ending(first).handed) == (1, 0)
