"""An alert that gets worse and belongs to no incident is decided on once more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.bus import CommandBus
from core.commands import alerting as a
from core.domain.alert import Alert, AlertEdit, AlertStatus, Dating, Fate
from core.domain.events import AlertsNotified
from core.domain.severity import Severity
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import firing, minute
from tests.unit.core.quiet import Quiet
from tests.unit.core.quiet_alerts import fates, rule, tick, titles


@pytest.fixture
async def quiet(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Quiet:
    return await Quiet(store, bus, clock).begin()


def told(severity: Severity, since: float = 121) -> Alert:
    """By a source that names its alerts by a key alone; a label says how bad it is."""
    alert = firing("a", since, group="a", severity=severity)
    return replace(alert, dating=Dating.NONE, labels={"instance": "a", "level": severity})


def counted(alert: Alert) -> Alert:
    return replace(alert, counted=True)


async def test_what_a_rule_dropped_while_it_was_mild_calls_once_it_is_bad(quiet: Quiet) -> None:
    await rule(quiet, severities=["low"], routing="drop", reason="only mild")
    await quiet.source.ring(told(Severity.LOW))

    [incident] = await quiet.source.ring(told(Severity.CRITICAL, 122))

    [episode] = quiet.episodes()
    assert (episode.fate, episode.incident_id) == (Fate.DECLARED, incident)
    assert (episode.starts_at, episode.severity) == (minute(121), Severity.CRITICAL)
    assert quiet.source.incident().severity is Severity.CRITICAL
    assert quiet.source.told() == ["IncidentDeclared"]


async def test_so_does_what_a_channel_was_told_of(quiet: Quiet) -> None:
    await rule(quiet, severities=["low"], routing="notify", channel="#ops")
    await quiet.source.ring(told(Severity.LOW))

    await quiet.source.ring(told(Severity.CRITICAL, 122))

    assert fates(quiet) == {"a": Fate.DECLARED}
    events = quiet.store.events(quiet.source.organization_id)
    assert len([one for one in events if isinstance(one, AlertsNotified)]) == 1


async def test_so_does_what_is_said_over_and_over_and_counted(quiet: Quiet) -> None:
    await rule(quiet, matchers=['level="low"'], routing="drop", reason="only mild")
    await quiet.source.ring(counted(told(Severity.LOW)))
    [episode] = quiet.episodes()
    stub = replace(
        counted(told(Severity.LOW, 122)),
        name="",
        labels={},
        status=AlertStatus.EDITED,
        edit=AlertEdit(severity=Severity.CRITICAL, details_removed=("level",)),
    )

    await quiet.source.ring(stub)

    [after] = quiet.episodes()
    assert (after.fate, after.name) == (Fate.DECLARED, episode.name)
    assert titles(quiet) == ["Alert a"]


async def test_what_the_rule_still_fits_stays_where_it_is(quiet: Quiet) -> None:
    await rule(quiet, matchers=['instance="a"'], routing="drop", reason="a test machine")
    await quiet.source.ring(told(Severity.LOW))

    assert await quiet.source.ring(told(Severity.CRITICAL, 122)) == ()

    [episode] = quiet.episodes()
    assert (episode.fate, episode.severity) == (Fate.DROPPED, Severity.CRITICAL)
    assert episode.fate_note == "by the rule “Test alerts”: a test machine"


async def test_a_silence_of_mild_ones_does_not_cover_bad_ones(quiet: Quiet) -> None:
    await silence(quiet, 'level="low"')
    await quiet.source.ring(told(Severity.LOW))
    before = fates(quiet)

    await quiet.source.ring(told(Severity.CRITICAL, 122))

    assert (before, fates(quiet)) == ({"a": Fate.SILENCED}, {"a": Fate.DECLARED})
    assert quiet.episodes()[0].labels["level"] == "critical"


async def test_a_silence_that_covers_it_all_the_same_keeps_it(quiet: Quiet) -> None:
    await silence(quiet, 'instance="a"')
    await quiet.source.ring(told(Severity.LOW))

    await quiet.source.ring(told(Severity.CRITICAL, 122))

    assert fates(quiet) == {"a": Fate.SILENCED}
    assert quiet.source.incidents() == []
    quiet.clock.advance(hours=2)
    await tick(quiet)
    assert quiet.source.incident().severity is Severity.CRITICAL


async def test_a_window_that_covers_it_keeps_it(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(told(Severity.LOW))

    await quiet.source.ring(told(Severity.CRITICAL, 122))

    assert (fates(quiet), quiet.source.incidents()) == ({"a": Fate.SUPPRESSED}, [])
    await quiet.end(window)
    assert quiet.source.incident().severity is Severity.CRITICAL


async def test_a_window_of_mild_ones_does_not_cover_bad_ones(quiet: Quiet) -> None:
    await quiet.window(matchers=('level="low"',))
    await quiet.source.ring(told(Severity.LOW))
    before = fates(quiet)

    await quiet.source.ring(told(Severity.CRITICAL, 122))

    assert (before, fates(quiet)) == ({"a": Fate.SUPPRESSED}, {"a": Fate.DECLARED})


async def test_what_people_dismissed_stays_dismissed(quiet: Quiet) -> None:
    await quiet.source.ring(told(Severity.LOW))
    [episode] = quiet.episodes()
    await quiet.bus.execute(a.DismissAlert(caller=quiet.carol, alert_id=episode.id))

    await quiet.source.ring(told(Severity.CRITICAL, 122))

    assert fates(quiet) == {"a": Fate.DISMISSED}
    assert len(quiet.source.incidents()) == 1


async def silence(quiet: Quiet, matcher: str) -> None:
    ends_at = quiet.clock() + timedelta(hours=1)
    await quiet.bus.execute(a.AddSilence(caller=quiet.carol, matchers=(matcher,), ends_at=ends_at))
