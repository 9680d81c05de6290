"""What waited in the inbox is collapsed to what is true by now."""

from core.domain.alert import Fate
from core.domain.state import State
from tests.unit.core.alerts import ended, firing
from tests.unit.core.story import a_story


async def test_what_began_and_ended_in_a_backlog_calls_nobody() -> None:
    story = await a_story()

    await story.late(firing("a", 0), minutes=60)
    await story.late(ended("a", 0, 5), minutes=59)
    await story.wait(minutes=61)

    [episode] = story.episodes()
    assert episode.fate is Fate.PASSED
    assert story.source.incidents() == []


async def test_what_still_fires_after_a_backlog_calls_somebody_soon() -> None:
    story = await a_story()
    await story.late(firing("a", 0), firing("b", 0), minutes=60)
    await story.late(ended("b", 0, 5), minutes=59)

    story.clock.advance(minutes=60)
    before = story.source.incidents()
    await story.wait(seconds=15)

    assert before == []
    assert story.incident().title == "Alert a"
    assert story.told() == ["IncidentDeclared"]


async def test_ends_in_a_backlog_are_believed_at_once() -> None:
    story = await a_story()
    await story.source.ring(firing("a", 0))

    await story.late(ended("a", 0, 5), minutes=60)

    assert story.incident().state is State.RESOLVED


async def test_five_minutes_are_no_backlog() -> None:
    story = await a_story()

    await story.late(firing("a", 0), minutes=5)

    assert story.incident().state is State.OPEN
