"""Alerts while a window is in progress: recorded with it, and calling nobody."""

from dataclasses import replace

import pytest

from core.bus import CommandBus
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.urgency import Urgency
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import ended, firing
from tests.unit.core.quiet import Quiet


@pytest.fixture
async def quiet(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Quiet:
    return await Quiet(store, bus, clock).begin()


async def test_an_alert_of_its_service_is_recorded_and_calls_nobody(quiet: Quiet) -> None:
    window = await quiet.window()
    effects = quiet.store.effects

    touched = await quiet.source.ring(firing("a", 121, summary="p99 is high"))

    [episode] = quiet.episodes()
    assert (touched, quiet.source.incidents()) == ((), [])
    assert (episode.suppressed_by, episode.suppressed, episode.firing) == (window.id, True, True)
    assert quiet.store.effects == effects


async def test_what_it_needs_to_call_somebody_later_is_kept(quiet: Quiet) -> None:
    await quiet.window()

    await quiet.source.ring(
        replace(firing("a", 121, group="db", severity=Severity.LOW), urgency=Urgency.HIGH)
    )

    [episode] = quiet.episodes()
    assert (episode.group, episode.group_title) == ("db", "Several alerts: db")
    assert (episode.severity, episode.urgency) == (Severity.LOW, Urgency.HIGH)


async def test_an_alert_outside_any_window_calls_somebody(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 121))

    [episode] = quiet.episodes()
    assert (episode.suppressed_by, episode.suppressed) == (None, False)
    assert len(quiet.source.incidents()) == 1


async def test_what_counts_is_when_it_would_call_somebody(quiet: Quiet) -> None:
    """Its source waits before it tells, so its start says little about the work."""
    await quiet.window()

    await quiet.source.ring(firing("a", 90))

    assert quiet.suppressed() == ["a"]


async def test_other_services_are_not_quiet(quiet: Quiet) -> None:
    search = await quiet.serve("search")
    other = await quiet.another_source(search)
    nowhere = await quiet.another_source()
    await quiet.window()

    await other.ring(firing("a", 121))
    await nowhere.ring(firing("a", 121))

    assert len(quiet.source.incidents()) == 2
    assert quiet.suppressed() == []


async def test_alerts_are_meant_by_their_labels_whatever_their_source(quiet: Quiet) -> None:
    nowhere = await quiet.another_source()
    window = await quiet.window(matchers=("instance=~db-.*", "instance!=db-9"))

    await nowhere.ring(firing("db-1", 121), firing("web-1", 121), firing("db-9", 121))

    assert quiet.suppressed() == ["db-1"]
    assert quiet.source.incident().title == "Several alerts: latency"
    assert {e.suppressed_by for e in quiet.episodes()} == {window.id, None}


async def test_a_window_on_nothing_suppresses_nothing(quiet: Quiet) -> None:
    search = await quiet.serve("search")
    await quiet.window(search)

    await quiet.source.ring(firing("a", 121))

    assert quiet.suppressed() == []


async def test_saying_it_again_changes_nothing(quiet: Quiet) -> None:
    await quiet.window()
    await quiet.source.ring(firing("a", 121))
    before, effects = quiet.episodes(), quiet.store.effects

    touched = await quiet.source.ring(firing("a", 121))

    assert touched == ()
    assert (quiet.episodes(), quiet.store.effects) == (before, effects)


async def test_what_ends_in_the_window_has_just_ended(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))

    await quiet.source.ring(ended("a", 121, until=125))
    await quiet.end(window)

    [episode] = quiet.episodes()
    assert (episode.firing, episode.suppressed_by) == (False, window.id)
    assert quiet.source.incidents() == []
    assert quiet.raised(window) == []


async def test_what_flaps_is_recorded_each_time_and_raised_once(quiet: Quiet) -> None:
    window = await quiet.window()

    for start in (121, 123, 125):
        await quiet.source.ring(firing("a", start))
        await quiet.source.ring(ended("a", start, until=start + 1))
    await quiet.source.ring(firing("a", 127))
    await quiet.end(window)

    assert [e.suppressed_by for e in quiet.episodes()] == [window.id] * 4
    assert [e.incident_id is None for e in quiet.episodes()] == [True, True, True, False]
    assert quiet.source.told() == ["IncidentDeclared"]


async def test_an_incident_from_before_the_window_goes_on(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 110))
    incident = quiet.source.incident()
    window = await quiet.window()

    await quiet.source.ring(firing("a", 110))
    await quiet.source.ring(firing("a", 121))  # restarted, and never quiet in between
    await quiet.end(window)

    newest = quiet.episodes()[-1]
    assert (newest.incident_id, newest.suppressed_by) == (incident.id, None)
    assert quiet.source.incident().state is State.OPEN
    assert quiet.source.told() == ["IncidentDeclared"]


async def test_new_members_of_a_live_incident_wait_for_the_end(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 110))
    window = await quiet.window()

    await quiet.source.ring(firing("b", 121))
    suppressed = quiet.suppressed()
    await quiet.end(window)

    assert (suppressed, quiet.suppressed()) == (["b"], [])
    assert {e.incident_id for e in quiet.episodes()} == {quiet.source.incident().id}
    assert quiet.source.told() == ["IncidentDeclared", "AlertsFired"]


async def test_its_last_alert_ends_an_incident_although_others_are_suppressed(
    quiet: Quiet,
) -> None:
    await quiet.source.ring(firing("a", 110))
    await quiet.window()
    await quiet.source.ring(firing("b", 121))

    await quiet.source.ring(ended("a", 110, until=122))

    assert quiet.source.incident().state is State.RESOLVED
    assert quiet.suppressed() == ["b"]


async def test_what_restarts_in_the_window_is_suppressed_anew(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))

    await quiet.source.ring(firing("a", 123))

    first, second = quiet.episodes()
    assert (first.firing, second.firing) == (False, True)
    assert first.suppressed_by == second.suppressed_by == window.id


async def test_what_restarts_after_the_window_calls_somebody_even_before_the_clock(
    quiet: Quiet,
) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))
    await quiet.complete(window)

    await quiet.source.ring(firing("a", 123))
    await quiet.sweep()

    first, second = quiet.episodes()
    assert (first.firing, first.incident_id) == (False, None)
    assert second.incident_id == quiet.source.incident().id
    assert quiet.source.told() == ["IncidentDeclared"]
