"""Sources which name an alert by a key alone: any statement is about the one that is open."""

from dataclasses import replace

import pytest

from core.commands import CancelIncident, DeleteIncident
from core.domain.alert import Alert, AlertStatus, Dating, Episode, Fingerprint
from core.domain.ids import EpisodeId, IntegrationId
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.triage import Acknowledge, Begin, End, Hear, Ignore, Record, Verdict, triage
from tests.fakes.people import a_caller
from tests.unit.core.alerts import firing, minute
from tests.unit.core.source import a_source
from tests.unit.core.story import a_story

OPEN = Episode(
    id=EpisodeId("alr_1"),
    integration_id=IntegrationId("int_1"),
    fingerprint=Fingerprint("a"),
    starts_at=minute(10),
    name="Alert a",
    severity=Severity.HIGH,
    summary="",
    labels={},
    links={},
)
OVER = OPEN.ended(minute(20))


def said(
    status: AlertStatus, at: float, dating: Dating = Dating.NONE, *, ends_at: float | None = None
) -> Alert:
    return replace(
        firing("a", at, group="a"),
        status=status,
        dating=dating,
        ends_at=None if ends_at is None else minute(ends_at),
    )


F, A, R = AlertStatus.FIRING, AlertStatus.ACKNOWLEDGED, AlertStatus.RESOLVED
DATED = Dating.MOMENT


@pytest.mark.parametrize(
    ("alert", "latest", "verdict"),
    [
        (said(F, 10), None, Begin()),
        (said(F, 30), OPEN, Ignore("It is known already.")),
        (said(F, 5), OPEN, Ignore("It is known already.")),
        (said(F, 30, DATED), OPEN, Hear(OPEN, minute(30))),
        (said(F, 30), OVER, Begin(starts_at=minute(30))),
        (said(F, 30, DATED), OVER, Begin()),
        (said(F, 5, DATED), OVER, Ignore("A later episode of it is known already.")),
        (said(A, 12), None, Ignore("Nothing of it is open.")),
        (said(A, 12), OVER, Ignore("Nothing of it is open.")),
        (said(A, 12), OPEN, Acknowledge(OPEN)),
        (said(R, 12), None, Record(minute(12), orphan=True)),
        (said(R, 20), OVER, Ignore("It has ended already.")),
        (said(R, 24), OVER, Hear(OVER, minute(24))),
        (said(R, 26), OVER, Record(minute(26), orphan=True)),
        (said(R, 12), OPEN, End(OPEN, minute(12))),
        (said(R, 12, DATED), OPEN, End(OPEN, minute(12))),
        (said(R, 5, DATED), OPEN, Ignore("A later episode of it is known already.")),
    ],
)
def test_what_a_statement_means(alert: Alert, latest: Episode | None, verdict: Verdict) -> None:
    assert triage(alert, latest, minute(60)) == verdict


def test_an_end_that_nobody_dated_is_believed_even_if_the_start_seems_later() -> None:
    assert triage(said(R, 5), OPEN, minute(60)) == End(OPEN, OPEN.starts_at)


def test_a_start_that_nobody_dated_is_news_even_if_the_last_one_seems_later() -> None:
    verdict = triage(said(F, 5), OVER, minute(60))

    assert isinstance(verdict, Begin)
    assert verdict.starts_at is not None
    assert verdict.starts_at > OVER.starts_at


async def test_triggered_again_is_the_same_alert() -> None:
    source = await a_source()

    for at in (0, 1, 2):
        await source.ring(said(F, at))

    assert len(source.rows.episodes) == 1
    assert source.told() == ["IncidentDeclared"]


async def test_an_acknowledgement_at_the_source_is_one_here() -> None:
    source = await a_source()
    await source.ring(said(F, 0))

    for _ in range(2):
        await source.ring(said(A, 1))

    assert source.incident().state is State.ACKNOWLEDGED
    assert source.told() == ["IncidentDeclared", "IncidentAcknowledged"]


async def test_the_end_resolves_the_incident() -> None:
    source = await a_source()
    await source.ring(said(F, 0))
    await source.ring(said(A, 1))

    await source.ring(said(R, 2))

    assert source.incident().state is State.RESOLVED


async def test_an_acknowledgement_of_what_is_over_changes_nothing() -> None:
    source = await a_source()
    await source.ring(said(F, 0))
    await source.ring(said(R, 1))

    await source.ring(said(A, 2))

    assert source.incident().state is State.RESOLVED


async def test_what_ends_or_is_acknowledged_unheard_of_calls_nobody() -> None:
    source = await a_source()

    await source.ring(said(A, 0))
    await source.ring(said(R, 1))

    assert source.incidents() == []


async def test_what_fires_soon_after_its_end_reopens_the_incident() -> None:
    source = await a_source()
    await source.ring(said(F, 0))
    await source.ring(said(R, 1))

    await source.ring(said(F, 2))

    assert source.incident().state is State.OPEN
    assert len(source.rows.episodes) == 2


async def test_what_fires_after_people_resolved_the_incident_is_a_new_one() -> None:
    source = await a_source()
    await source.ring(said(F, 0))
    await source.resolve_by_hand()

    await source.ring(said(F, 3))

    states = {incident.state for incident in source.incidents()}
    assert states == {State.RESOLVED, State.OPEN}
    assert len(source.open_episodes()) == 1


@pytest.mark.parametrize("dating", [Dating.MOMENT, Dating.NONE])
async def test_what_was_said_a_moment_before_it_is_heard_is_a_new_one_too(dating: Dating) -> None:
    story = await a_story()
    await story.source.ring(said(F, 0, dating))
    await story.source.resolve_by_hand()
    await story.wait(minutes=60)

    await story.source.ring(said(F, 179.9, dating))

    first, new = story.episodes()
    assert first.ends_at == minute(120)
    assert new.firing
    assert story.told()[-1] == "IncidentDeclared"


async def test_what_was_said_before_people_resolved_the_incident_is_old() -> None:
    story = await a_story()
    await story.source.ring(said(F, 0, DATED))
    await story.source.resolve_by_hand()
    await story.wait(minutes=60)

    await story.source.ring(said(F, 119, DATED))

    assert story.incident().state is State.RESOLVED


@pytest.mark.parametrize("command", [CancelIncident, DeleteIncident])
async def test_what_fires_after_its_incident_was_taken_away_is_a_new_one(
    command: type[CancelIncident | DeleteIncident],
) -> None:
    story = await a_story()
    await story.source.ring(said(F, 0, DATED))
    caller = a_caller(story.source.organization_id)
    await story.do(command(caller=caller, incident_id=story.incident().id))
    await story.wait(minutes=60)

    await story.source.ring(said(F, 179.9, DATED))

    assert [episode.firing for episode in story.episodes()] == [False, True]
    assert story.told()[-1] == "IncidentDeclared"
