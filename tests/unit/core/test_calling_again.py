"""Who takes care of an incident is called again when it grows or gets worse, and not too often."""

from dataclasses import replace

import pytest

from core.commands import ChangeSeverity, ReopenIncident, ResolveIncident, SnoozeIncident
from core.domain.alert import AlertEdit, AlertStatus, Dating
from core.domain.events import AlertsFired, SeverityChanged
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.timer import TimerKind
from tests.fakes.people import a_caller
from tests.unit.core.alerts import ended, firing
from tests.unit.core.story import Story, a_story
from tests.unit.core.test_keyed_alerts import said


async def _taken() -> Story:
    """An incident of one alert that somebody has acknowledged."""
    story = await a_story()
    await story.source.ring(firing("a"))
    await story.acknowledge()
    return story


def _calls(story: Story) -> list[tuple[int, bool]]:
    """How many alerts each line tells of, and whether it calls."""
    return [(event.count, event.calls) for event in story.events(AlertsFired)]


async def test_a_new_member_of_what_nobody_has_taken_calls_nobody_again() -> None:
    story = await a_story()
    await story.source.ring(firing("a"))

    await story.source.ring(firing("b"))

    assert _calls(story) == [(1, False)]
    assert story.incident().rung_at is None


async def test_a_new_member_of_an_acknowledged_incident_calls_again() -> None:
    story = await _taken()

    await story.source.ring(firing("b"), firing("c"))

    assert _calls(story) == [(2, True)]
    assert story.incident().rung_at == story.clock()
    assert story.incident().state is State.ACKNOWLEDGED


async def test_a_new_member_of_a_snoozed_incident_calls_again() -> None:
    story = await a_story()
    await story.source.ring(firing("a"))
    caller = a_caller(story.source.organization_id)
    await story.do(SnoozeIncident(caller=caller, incident_id=story.incident().id, until=None))

    await story.source.ring(firing("b"))

    assert _calls(story) == [(1, True)]


async def test_the_same_alerts_said_again_call_nobody() -> None:
    story = await _taken()

    await story.source.ring(firing("a"))
    await story.wait(minutes=5)

    assert _calls(story) == []


async def test_what_joins_within_a_minute_is_told_in_one_call_at_its_end() -> None:
    story = await _taken()
    await story.source.ring(firing("b"))

    for name in "cdefg":
        await story.wait(seconds=5)
        await story.source.ring(firing(name))
    before = _calls(story)
    await story.wait(seconds=34)
    too_early = _calls(story)
    await story.wait(seconds=1)

    assert before == too_early == [(1, True)]
    assert _calls(story) == [(1, True), (5, True)]
    last = story.events(AlertsFired)[-1]
    assert last.names == ("Alert c", "Alert d", "Alert e")


async def test_a_flood_on_an_acknowledged_incident_calls_once_a_minute() -> None:
    story = await _taken()

    for second in range(180):
        await story.source.ring(firing(f"flood {second}"))
        await story.wait(seconds=1)

    calls = [count for count, called in _calls(story) if called]
    assert calls[0] == 1
    assert len(calls) == 4
    assert sum(calls) == 180


async def test_a_minute_in_which_nothing_joined_ends_without_a_word() -> None:
    story = await _taken()
    await story.source.ring(firing("b"))

    await story.wait(minutes=2)

    assert _calls(story) == [(1, True)]
    assert not story.waits(TimerKind.NOTIFY)


async def test_nobody_is_called_to_what_is_over_by_then() -> None:
    story = await _taken()
    await story.source.ring(firing("b"))
    await story.source.ring(firing("c"))
    caller = a_caller(story.source.organization_id)
    await story.do(ResolveIncident(caller=caller, incident_id=story.incident().id))

    await story.wait(minutes=1)

    assert _calls(story) == [(1, True)]


async def test_what_was_put_off_is_still_told_to_an_incident_that_nobody_has_any_more() -> None:
    story = await _taken()
    await story.source.ring(firing("b"))
    await story.source.ring(firing("c"))
    caller = a_caller(story.source.organization_id)
    await story.do(ReopenIncident(caller=caller, incident_id=story.incident().id))

    await story.wait(minutes=1)

    assert _calls(story) == [(1, True), (1, False)]


async def test_a_worse_alert_makes_its_incident_worse() -> None:
    story = await a_story()
    await story.source.ring(firing("a", severity=Severity.MEDIUM))

    await story.source.ring(firing("b", severity=Severity.CRITICAL))

    [changed] = story.events(SeverityChanged)
    assert (changed.before, changed.after) == (Severity.MEDIUM, Severity.CRITICAL)
    assert changed.by.name == "Alertmanager"
    assert story.incident().severity is Severity.CRITICAL


@pytest.mark.parametrize("severity", [Severity.LOW, Severity.MEDIUM])
async def test_no_alert_makes_its_incident_better(severity: Severity) -> None:
    story = await a_story()
    await story.source.ring(firing("a", severity=Severity.MEDIUM))

    await story.source.ring(firing("b", severity=severity))

    assert story.events(SeverityChanged) == []


async def test_what_people_rated_lower_stays_so_until_something_worse_than_that_comes() -> None:
    story = await a_story()
    await story.source.ring(firing("a", severity=Severity.HIGH))
    caller = a_caller(story.source.organization_id)
    lower = ChangeSeverity(caller=caller, incident_id=story.incident().id, severity="low")
    await story.do(lower)

    await story.source.ring(firing("b", severity=Severity.HIGH))
    as_rated = story.incident().severity
    await story.source.ring(firing("c", severity=Severity.CRITICAL))

    assert as_rated is Severity.LOW
    assert story.incident().severity is Severity.CRITICAL


async def test_an_alert_that_gets_worse_calls_again() -> None:
    story = await _taken()

    await story.source.ring(firing("a", severity=Severity.CRITICAL))

    [event] = story.events(AlertsFired)
    assert (event.calls, event.worse, event.names) == (True, True, ("Alert a",))
    assert story.incident().severity is Severity.CRITICAL
    [episode] = story.episodes()
    assert episode.severity is Severity.CRITICAL


async def test_an_alert_that_gets_worse_within_a_minute_of_a_call_is_told_at_its_end() -> None:
    story = await _taken()
    await story.source.ring(firing("b"))

    await story.source.ring(firing("a", severity=Severity.CRITICAL))
    await story.wait(minutes=1)

    called = [(e.count, e.calls, e.worse) for e in story.events(AlertsFired)]
    assert called == [(1, True, False), (1, True, True)]


async def test_an_alert_that_gets_worse_before_anybody_took_it_only_makes_it_worse() -> None:
    story = await a_story()
    await story.source.ring(firing("a"))

    await story.source.ring(firing("a", severity=Severity.CRITICAL))

    assert story.told() == ["IncidentDeclared", "SeverityChanged"]


async def test_an_alert_without_a_word_on_how_bad_it_is_does_not_get_worse() -> None:
    story = await a_story()
    await story.source.ring(firing("a", severity=Severity.LOW))

    await story.source.ring(firing("a", severity=Severity.MEDIUM))

    assert story.told() == ["IncidentDeclared"]


async def test_a_key_that_is_triggered_again_and_worse_calls_again() -> None:
    story = await a_story()
    await story.source.ring(said(AlertStatus.FIRING, 0, Dating.MOMENT))
    await story.acknowledge()
    again = said(AlertStatus.FIRING, 3, Dating.MOMENT)

    await story.source.ring(again)
    before = story.events(AlertsFired)
    await story.source.ring(replace(again, severity=Severity.CRITICAL))

    assert before == []
    assert [event.worse for event in story.events(AlertsFired)] == [True]


async def test_an_alert_that_is_edited_to_be_worse_calls_again() -> None:
    story = await _taken()
    edit = AlertEdit(severity=Severity.CRITICAL)

    for _ in range(2):
        await story.source.ring(replace(firing("a"), status=AlertStatus.EDITED, edit=edit))

    [event] = story.events(AlertsFired)
    assert (event.calls, event.worse) == (True, True)
    assert len(story.events(SeverityChanged)) == 1


async def test_what_gets_worse_and_ends_in_one_delivery_calls_nobody() -> None:
    story = await _taken()

    await story.source.ring(firing("a", severity=Severity.CRITICAL), ended("a"))

    assert story.events(AlertsFired) == []
    assert story.incident().state is State.RESOLVED
