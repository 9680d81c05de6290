"""What a source says of an alert that is over: late, or news."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.commands import ResolveAlert
from core.commands import alerting as a
from core.domain.alert import Fate, Fingerprint
from core.domain.ids import EpisodeId
from core.domain.state import State
from core.domain.triage import Begin, Hear, Ignore, triage
from tests.fakes.people import a_caller, the_relay
from tests.unit.core.alerts import ended, firing, minute
from tests.unit.core.story import Story, a_story
from tests.unit.core.test_triage import OVER

HEARD = replace(OVER, last_at=minute(30))
"""Its end, at the twentieth minute, was heard ten minutes later."""
ENDED_HERE = replace(OVER, fate=Fate.DECLARED)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize("since", [5, 10])
@pytest.mark.parametrize(("at", "again"), [(29, False), (30, False), (32, False), (32.1, True)])
def test_it_fires_again_once_its_end_cannot_have_overtaken_that(
    since: float, at: float, again: bool
) -> None:
    verdict = triage(firing(since=since), HEARD, minute(at))

    begun = Begin(starts_at=minute(20) + TICK, heard_at=minute(at))
    assert verdict == begun if again else isinstance(verdict, Ignore)


@pytest.mark.parametrize(("at", "again"), [(19, False), (20, False), (20.1, True)])
def test_what_was_ended_here_fires_on_if_its_source_says_so_afterwards(
    at: float, again: bool
) -> None:
    verdict = triage(firing(since=10), ENDED_HERE, minute(60), minute(at))

    assert isinstance(verdict, Begin if again else Ignore)


def test_the_source_may_end_later_what_was_ended_here() -> None:
    verdict = triage(ended(since=10, until=40), ENDED_HERE, minute(41))

    assert verdict == Hear(ENDED_HERE, minute(41))


async def _over(story: Story) -> None:
    await story.source.ring(firing("a", 0))
    await story.source.ring(ended("a", 0, 119))
    assert story.incident().state is State.RESOLVED


async def test_an_alert_that_ran_out_at_its_source_and_fires_on_calls_again() -> None:
    story = await a_story()
    await _over(story)
    await story.wait(hours=1)

    await story.source.ring(firing("a", 0))

    first, again = story.episodes()
    assert (first.firing, again.firing) == (False, True)
    assert first.incident_id != again.incident_id
    assert story.told()[-1] == "IncidentDeclared"


async def test_soon_after_its_end_the_incident_is_reopened() -> None:
    story = await a_story()
    await _over(story)
    await story.wait(minutes=3)

    await story.source.ring(firing("a", 0))

    assert story.incident().state is State.OPEN


async def test_a_repeat_that_was_overtaken_by_the_end_stays_quiet() -> None:
    story = await a_story()
    await _over(story)
    await story.wait(minutes=1)

    await story.source.ring(firing("a", 0))

    assert story.incident().state is State.RESOLVED
    assert len(story.episodes()) == 1


async def test_a_repeat_that_waited_here_since_before_the_end_stays_quiet() -> None:
    story = await a_story()
    await _over(story)

    await story.late(firing("a", 0), minutes=30)

    assert story.incident().state is State.RESOLVED


async def test_a_start_that_was_never_heard_before_its_end_stays_quiet_for_good() -> None:
    story = await a_story()
    await story.source.ring(ended("a", 0, 1))
    await story.wait(hours=1)

    await story.source.ring(firing("a", 0))

    assert story.source.incidents() == []


async def test_it_may_run_out_and_fire_again_any_number_of_times() -> None:
    story = await a_story()
    for until in (119, 179, 239):
        await story.source.ring(firing("a", 0))
        await story.source.ring(ended("a", 0, until))
        assert not any(episode.firing for episode in story.episodes())

        await story.wait(hours=1)

    assert len(story.episodes()) == len(story.source.incidents()) == 3
    assert all(incident.state is State.RESOLVED for incident in story.source.incidents())


async def test_the_old_end_said_again_does_not_end_what_fires_again() -> None:
    story = await a_story()
    await _over(story)
    await story.wait(hours=1)
    await story.source.ring(firing("a", 0))

    await story.source.ring(ended("a", 0, 119))

    assert [episode.firing for episode in story.episodes()] == [False, True]


async def _ask(story: Story) -> tuple[EpisodeId, ...]:
    [source] = story.source.rows.integrations
    command = a.ReconcileAlerts(
        caller=the_relay(story.source.organization_id),
        integration_id=source,
        missing=frozenset({Fingerprint("a")}),
        asked_at=story.clock(),
    )
    ended: tuple[EpisodeId, ...] = await story.do(command)
    return ended


async def test_what_its_source_did_not_have_when_asked_calls_when_it_has_it_again() -> None:
    story = await a_story()
    await story.source.ring(firing("a", 0))
    await _ask(story)
    await story.wait(seconds=40)

    await story.source.ring(firing("a", 0))

    assert story.episodes()[-1].firing
    assert story.told()[-1] == "IncidentDeclared"


async def test_what_people_said_was_over_calls_if_it_fires_on() -> None:
    story = await a_story()
    await story.source.ring(firing("a", 0))
    caller = a_caller(story.source.organization_id)
    await story.do(ResolveAlert(caller=caller, alert_id=story.episodes()[0].id))
    await story.wait(minutes=10)

    await story.source.ring(firing("a", 0))

    states = {incident.state for incident in story.source.incidents()}
    assert states == {State.RESOLVED, State.OPEN}
