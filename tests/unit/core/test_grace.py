"""An incident waits for its grace before it is resolved by its source."""

from core.commands import CancelIncident, ResolveAlert
from core.commands.alerting import DismissAlert, EditIntegration
from core.domain.actor import Surface
from core.domain.events import AlertsCleared
from core.domain.state import State
from core.domain.timer import TimerKind
from tests.fakes.people import a_caller, the_operator
from tests.unit.core.alerts import ended, firing
from tests.unit.core.story import a_story


async def test_without_a_grace_the_last_end_resolves() -> None:
    story = await a_story()
    await story.source.ring(firing("a"))

    await story.source.ring(ended("a"))

    assert story.incident().state is State.RESOLVED
    assert not story.waits(TimerKind.GRACE)


async def test_with_a_grace_the_end_is_told_and_the_incident_resolved_after_it() -> None:
    story = await a_story(grace=120)
    await story.source.ring(firing("a"))

    await story.source.ring(ended("a"))
    await story.wait(seconds=119)
    before = story.incident().state
    await story.wait(seconds=1)

    assert before is State.OPEN
    assert story.told() == ["IncidentDeclared", "AlertsCleared", "IncidentResolved"]
    assert story.incident().resolved_by is Surface.WEBHOOK
    assert not story.waits(TimerKind.GRACE)


async def test_what_fires_again_within_the_grace_keeps_it_open() -> None:
    story = await a_story(grace=120)
    await story.source.ring(firing("a"))
    await story.source.ring(ended("a"))

    await story.source.ring(firing("b", 2))
    await story.wait(minutes=10)

    assert story.told() == ["IncidentDeclared", "AlertsCleared", "AlertsFired"]
    assert story.incident().state is State.OPEN


async def test_the_grace_counts_from_the_last_end() -> None:
    story = await a_story(grace=120)
    await story.source.ring(firing("a"))
    await story.source.ring(ended("a"))
    await story.wait(seconds=100)
    await story.source.ring(firing("b", 2))
    await story.source.ring(ended("b", 2, 3))

    await story.wait(seconds=119)
    before = story.incident().state
    await story.wait(seconds=1)

    assert (before, story.incident().state) == (State.OPEN, State.RESOLVED)


async def test_while_others_fire_there_is_no_grace_to_wait_for() -> None:
    story = await a_story(grace=120)
    await story.source.ring(firing("a"), firing("b"))

    await story.source.ring(ended("a"))

    assert not story.waits(TimerKind.GRACE)


async def test_where_the_source_resolves_nothing_its_grace_resolves_nothing() -> None:
    story = await a_story(auto_resolve=False, grace=120)
    await story.source.ring(firing("a"))
    await story.source.ring(ended("a"))

    await story.wait(minutes=10)

    assert story.incident().state is State.OPEN
    assert len(story.events(AlertsCleared)) == 1


async def test_what_is_over_by_the_end_of_its_grace_stays_as_it_is() -> None:
    story = await a_story(grace=120)
    await story.source.ring(firing("a"))
    await story.source.ring(ended("a"))
    caller = a_caller(story.source.organization_id)
    await story.do(CancelIncident(caller=caller, incident_id=story.incident().id))

    await story.wait(minutes=10)

    assert story.incident().state is State.CANCELED


async def test_who_resolves_an_alert_by_hand_waits_for_no_grace() -> None:
    story = await a_story(grace=120)
    await story.source.ring(firing("a"))
    [episode] = story.episodes()

    caller = a_caller(story.source.organization_id)
    await story.do(ResolveAlert(caller=caller, alert_id=episode.id))

    assert story.incident().state is State.RESOLVED


async def test_what_fires_soon_after_a_grace_reopens_the_incident() -> None:
    story = await a_story(grace=120)
    await story.source.ring(firing("a"))
    await story.source.ring(ended("a", until=1))
    await story.wait(seconds=120)

    await story.source.ring(firing("a", 5))

    assert story.told()[-1] == "IncidentReopened"
    assert story.incident().state is State.OPEN


async def test_a_grace_resolves_nothing_once_its_source_is_told_to_resolve_nothing() -> None:
    story = await a_story(grace=120)
    await story.source.ring(firing("a"))
    await story.source.ring(ended("a"))
    [source] = story.source.rows.integrations
    operator = the_operator(story.source.organization_id)
    await story.do(EditIntegration(caller=operator, integration_id=source, auto_resolve=False))

    await story.wait(minutes=10)

    assert story.incident().state is State.OPEN
    assert not story.waits(TimerKind.GRACE)


async def test_nor_does_it_when_what_came_and_went_is_no_incident() -> None:
    story = await a_story(auto_resolve=False, flap_count=2)
    await story.source.ring(firing("b"))
    for n in (1, 3, 5):
        await story.source.ring(firing("a", n))
        await story.source.ring(ended("a", n, n + 1))
    caller = a_caller(story.source.organization_id)
    for episode in story.episodes():
        if episode.fingerprint == "a" and episode.incident_id:
            await story.do(DismissAlert(caller=caller, alert_id=episode.id))
    await story.source.ring(ended("b", 0, 7))

    await story.wait(hours=2)

    assert story.incident().state is State.OPEN
