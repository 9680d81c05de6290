"""What people declared is theirs to resolve, whatever becomes of the alerts in it."""

import pytest

from core.commands import AttachAlert, DeclareIncident, ResolveAlert
from core.domain.actor import Caller
from core.domain.events import AlertsCleared, AlertsSteady
from core.domain.incident import Incident
from core.domain.state import State
from core.domain.timer import TimerKind
from tests.fakes.people import a_caller
from tests.unit.core.alerts import ended, firing
from tests.unit.core.story import Story, a_story


def carol(story: Story) -> Caller:
    return a_caller(story.source.organization_id, name="Carol Cook")


async def declared_for(story: Story, *names: str, since: float = 0) -> Incident:
    """By a person, who puts these alerts into it."""
    await story.source.ring(*(firing(name, since) for name in names))
    incident: Incident = await story.do(
        DeclareIncident(caller=carol(story), title="Checkout is down", severity="critical")
    )
    for episode in story.episodes():
        if episode.fingerprint in names:
            command = AttachAlert(caller=carol(story), alert_id=episode.id, incident_id=incident.id)
            await story.do(command)
    return incident


def state_of(story: Story, incident: Incident) -> State:
    return story.source.rows.incidents[incident.id].state


@pytest.mark.parametrize("grace", [0, 60])
async def test_the_end_of_its_alerts_is_told_and_resolves_nothing(grace: int) -> None:
    story = await a_story(grace=grace)
    incident = await declared_for(story, "a")

    await story.source.ring(ended("a"))
    await story.wait(minutes=10)

    [cleared] = story.events(AlertsCleared)
    assert (cleared.incident_id, cleared.names) == (incident.id, ("Alert a",))
    assert state_of(story, incident) is State.OPEN


async def test_nor_does_it_when_somebody_resolves_the_alert_by_hand() -> None:
    story = await a_story()
    incident = await declared_for(story, "a")

    [episode] = story.episodes()
    await story.do(ResolveAlert(caller=carol(story), alert_id=episode.id))

    assert len(story.events(AlertsCleared)) == 1
    assert state_of(story, incident) is State.OPEN


async def test_nor_when_what_came_and_went_stays_away() -> None:
    story = await a_story(flap_count=2)
    incident = await declared_for(story, "a")
    for n in (1, 2, 3):
        await story.source.ring(ended("a", n - 1, n - 0.5))
        await story.source.ring(firing("a", n))
    flapping = story.episodes()[-1]
    await story.do(AttachAlert(caller=carol(story), alert_id=flapping.id, incident_id=incident.id))
    await story.source.ring(ended("a", 3, 4))

    await story.wait(hours=2)

    assert story.events(AlertsSteady)
    assert not story.waits(TimerKind.GRACE)
    assert state_of(story, incident) is State.OPEN
