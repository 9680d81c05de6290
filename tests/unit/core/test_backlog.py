"""What waited in the inbox is collapsed to what is true by now."""

from core.domain.alert import AlertDelivery, Fate
from core.domain.ids import DeliveryId
from core.domain.state import State
from core.ports import RawDelivery
from tests.unit.core.alerts import ended, firing
from tests.unit.core.story import Story, a_story


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


async def _waits(story: Story) -> DeliveryId:
    """Something else came, and nobody has looked at it yet."""
    [integration_id] = story.source.rows.integrations
    raw = RawDelivery(
        organization_id=story.source.organization_id,
        integration_id=integration_id,
        body=b"{}",
        received_at=story.clock(),
    )
    await story.store.inbox.store(raw)
    return max(story.store.inbox.rows)


async def test_nothing_calls_while_the_end_of_it_may_still_wait_in_the_inbox() -> None:
    story = await a_story()
    waiting = await _waits(story)
    await story.late(firing("a", 0), minutes=60)
    await story.wait(minutes=61)
    await story.wait(minutes=5)
    before = story.source.incidents()
    [source] = story.source.rows.integrations

    await story.triage(source, AlertDelivery(id=waiting, alerts=(ended("a", 0, 5),)))
    await story.wait(minutes=1)

    assert before == []
    assert story.source.incidents() == []
    assert [episode.fate for episode in story.episodes()] == [Fate.PASSED]


async def test_once_the_inbox_is_worked_off_so_far_it_calls() -> None:
    story = await a_story()
    waiting = await _waits(story)
    await story.late(firing("a", 0), minutes=60)
    await story.wait(minutes=61)
    [source] = story.source.rows.integrations
    await story.triage(source, AlertDelivery(id=waiting, alerts=()))

    await _waits(story)
    await story.wait(minutes=1)

    assert story.incident().title == "Alert a"
