"""A source that is asked what fires ends what drifted, and nothing else."""

from datetime import timedelta

import pytest

from core.commands import alerting as a
from core.domain.alert import Fingerprint
from core.domain.fates import fate_of
from core.domain.ids import EpisodeId
from core.domain.state import State
from core.errors import NotPermitted
from tests.fakes.people import a_caller, the_relay
from tests.unit.core.alerts import ended, firing
from tests.unit.core.story import Story, a_story


async def _ask(story: Story, *missing: str, asked_ago: float = 0) -> tuple[EpisodeId, ...]:
    """For all that time the source has not had these."""
    [source] = story.source.rows.integrations
    gone: tuple[EpisodeId, ...] = await story.do(
        a.ReconcileAlerts(
            caller=the_relay(story.source.organization_id),
            integration_id=source,
            missing=frozenset(map(Fingerprint, missing)),
            asked_at=story.clock() - timedelta(minutes=asked_ago),
        )
    )
    return gone


async def test_what_fires_no_more_at_the_source_has_ended() -> None:
    story = await a_story()
    await story.source.ring(firing("a"), firing("b"))

    over = await _ask(story, "a", "c")

    gone, left = story.episodes()
    assert over == (gone.id,)
    assert (gone.fingerprint, gone.ends_at) == ("a", story.clock())
    assert left.firing
    assert story.told() == ["IncidentDeclared", "AlertsCleared"]


async def test_its_fate_says_why_it_has_ended() -> None:
    story = await a_story()
    await story.source.ring(firing("a"))

    await _ask(story, "a")

    [episode] = story.episodes()
    assert fate_of(episode, "INC-1", None) == (
        "INC-1 was declared for it; it ended because its source did not have it any more at "
        "2030-01-01 14:00 UTC"
    )


async def test_with_its_last_alert_the_incident_is_resolved() -> None:
    story = await a_story()
    await story.source.ring(firing("a"))

    await _ask(story, "a")

    assert story.incident().state is State.RESOLVED


async def test_what_is_not_named_is_left_alone_however_long_it_fires() -> None:
    """It may have come in while the source was asked."""
    story = await a_story()
    await story.source.ring(firing("a"))

    assert await _ask(story, "b") == ()
    assert story.told() == ["IncidentDeclared"]


async def test_what_has_ended_already_ends_once() -> None:
    story = await a_story()
    await story.source.ring(firing("a", 0))
    await story.source.ring(ended("a", 0, 5))
    before = story.episodes()

    assert await _ask(story, "a") == ()
    assert story.episodes() == before


async def test_what_began_after_the_source_was_asked_is_left_alone() -> None:
    story = await a_story()
    await story.source.ring(firing("a", since=119))

    assert await _ask(story, "a", asked_ago=2) == ()
    assert story.incident().state is State.OPEN


async def test_alerts_without_an_incident_end_as_well() -> None:
    story = await a_story(hold=600)
    await story.source.ring(firing("a", since=119))

    await _ask(story, "a")
    await story.wait(minutes=20)

    assert story.source.open_episodes() == set()
    assert story.source.incidents() == []


async def test_people_cannot_say_what_a_source_fires() -> None:
    story = await a_story()
    [source] = story.source.rows.integrations
    command = a.ReconcileAlerts(
        caller=a_caller(story.source.organization_id),
        integration_id=source,
        missing=frozenset(),
        asked_at=story.clock(),
    )

    with pytest.raises(NotPermitted):
        await story.do(command)
