"""What a deleted source said last is over: nobody will ever say so."""

from core.commands.alerting import DeleteIntegration
from core.domain.actor import Surface
from core.domain.alert import Fate
from core.domain.events import AlertsCleared
from core.domain.fates import fate_of
from core.domain.state import State
from core.domain.timer import TimerKind
from core.usecases.deleted_sources import MOST_AT_ONCE
from tests.fakes.people import the_operator
from tests.unit.core.alerts import ended, firing
from tests.unit.core.story import Story, a_story


async def delete(story: Story) -> None:
    [source] = story.source.rows.integrations
    operator = the_operator(story.source.organization_id)
    await story.do(DeleteIntegration(caller=operator, integration_id=source))


async def test_its_alerts_end_and_say_why() -> None:
    story = await a_story()
    await story.source.ring(firing("a"), firing("b"))
    await story.source.ring(ended("b", 0, 1))

    await delete(story)
    await story.wait(minutes=2)

    gone, over = story.episodes()
    assert gone.ends_at == story.clock()
    assert fate_of(gone, "INC-1", None) == (
        "INC-1 was declared for it; it ended because its source was deleted"
    )
    assert fate_of(over, "INC-1", None) == "INC-1 was declared for it"


async def test_their_incident_is_resolved_as_if_they_had_ended_at_the_source() -> None:
    story = await a_story()
    await story.source.ring(firing("a"))

    await delete(story)
    await story.wait(seconds=1)
    await story.wait(minutes=2)

    assert story.incident().state is State.RESOLVED
    assert story.incident().resolved_by is Surface.WEBHOOK
    assert not story.waits(TimerKind.DELETED)


async def test_where_it_resolved_nothing_the_incident_is_told_of_their_end() -> None:
    story = await a_story(auto_resolve=False)
    await story.source.ring(firing("a"))

    await delete(story)
    await story.wait(minutes=2)

    assert story.incident().state is State.OPEN
    assert len(story.events(AlertsCleared)) == 1


async def test_many_end_a_batch_at_a_time() -> None:
    story = await a_story()
    await story.source.ring(*(firing(f"{n}") for n in range(MOST_AT_ONCE + 1)))
    await delete(story)

    await story.wait(seconds=1)

    assert story.source.open_episodes() == set()
    assert [one.count for one in story.events(AlertsCleared)] == [MOST_AT_ONCE]
    assert story.told()[-1] == "IncidentResolved"


async def test_what_waited_in_the_inbox_meanwhile_rings_nobody() -> None:
    story = await a_story()
    await delete(story)

    assert await story.source.ring(firing("a")) == ()

    assert (story.episodes(), story.source.incidents()) == ([], [])


async def test_what_it_had_held_ends_without_a_call() -> None:
    story = await a_story(hold=600)
    await story.source.ring(firing("a", 120))

    await delete(story)
    await story.wait(minutes=20)

    assert [one.fate for one in story.episodes()] == [Fate.PASSED]
    assert story.source.incidents() == []
