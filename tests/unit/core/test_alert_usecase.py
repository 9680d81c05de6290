"""From deliveries to incidents: joined, resolved, reopened, and told once."""

from collections import Counter
from dataclasses import replace

import pytest

from core.bus import CommandBus
from core.commands import (
    CancelIncident,
    DeleteIncident,
    RefuseDelivery,
    ResolveIncident,
    TriageAlerts,
)
from core.domain.actor import Surface
from core.domain.alert import Alert, AlertDelivery, Fate
from core.domain.events import AlertsCleared, AlertsFired
from core.domain.ids import DeliveryId
from core.domain.incident import MAX_DESCRIPTION, MAX_TITLE, Incident
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.text import cut_line
from core.ports import RawDelivery
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator, the_source
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import ended, firing
from tests.unit.core.source import Source


@pytest.fixture
async def source(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Source:
    return await Source(store, bus, clock).configured()


def _last(source: Source, store: FakeStore) -> object:
    return store.events(source.organization_id)[-1]


async def _by_hand(source: Source, bus: CommandBus, incident: Incident) -> None:
    operator = the_operator(source.organization_id)
    await bus.execute(ResolveIncident(caller=operator, incident_id=incident.id))


async def test_one_alert_gives_the_incident_its_own_words(source: Source) -> None:
    touched = await source.ring(firing(summary="p99 is high", severity=Severity.CRITICAL))

    incident = source.incident()
    assert touched == (incident.id,)
    assert incident.title == "p99 is high"
    assert incident.severity is Severity.CRITICAL
    assert incident.source is Surface.WEBHOOK
    assert incident.created_by_name == "Alertmanager"


async def test_several_alerts_are_called_by_their_group_and_their_worst(source: Source) -> None:
    await source.ring(firing("a", severity=Severity.LOW), firing("b", severity=Severity.HIGH))

    assert source.incident().title == "Several alerts: latency"
    assert source.incident().severity is Severity.HIGH


async def test_a_repetition_changes_nothing(source: Source, store: FakeStore) -> None:
    await source.ring(firing("a"), firing("b"))
    before, effects = source.incident(), store.effects

    touched = await source.ring(firing("a"), firing("b"))

    assert touched == ()
    assert (source.incident(), store.effects) == (before, effects)


async def test_other_groups_have_their_own_incidents(source: Source) -> None:
    await source.ring(firing("a", group="one"), firing("b", group="two"), firing("c", group="one"))

    assert [incident.number for incident in source.incidents()] == [1, 2]


async def test_new_members_are_told_by_a_few_of_their_names(
    source: Source, store: FakeStore
) -> None:
    await source.ring(firing("a"))

    await source.ring(*(firing(name) for name in "abcdef"))

    event = _last(source, store)
    assert isinstance(event, AlertsFired)
    assert (event.count, event.names) == (5, ("Alert b", "Alert c", "Alert d"))


async def test_an_alert_that_restarts_while_firing_is_no_news(source: Source) -> None:
    await source.ring(firing("a", 0))

    await source.ring(firing("a", 3))

    assert source.told() == ["IncidentDeclared"]
    assert len(source.open_episodes()) == 1


async def test_the_last_end_resolves_in_the_name_of_the_source(source: Source) -> None:
    await source.ring(firing("a"), firing("b"))

    await source.ring(ended("a"))
    assert source.incident().state is State.OPEN
    await source.ring(ended("b"))

    incident = source.incident()
    assert (incident.state, incident.resolved_by) == (State.RESOLVED, Surface.WEBHOOK)
    assert source.told() == ["IncidentDeclared", "AlertsCleared", "IncidentResolved"]


async def test_where_configured_so_an_end_is_told_but_resolves_nothing(
    store: FakeStore, bus: CommandBus, clock: FakeClock
) -> None:
    source = await Source(store, bus, clock).configured(auto_resolve=False)
    await source.ring(firing("a"))

    await source.ring(ended("a"))

    assert source.incident().state is State.OPEN
    assert isinstance(_last(source, store), AlertsCleared)


@pytest.mark.parametrize(("again_at", "incidents"), [(5.9, 1), (6, 2), (60, 2)])
async def test_firing_again_soon_after_the_end_reopens(
    source: Source, again_at: float, incidents: int
) -> None:
    await source.ring(firing("a", 0))
    await source.ring(ended("a", 0, until=1))

    await source.ring(firing("a", again_at))

    assert len(source.incidents()) == incidents
    assert source.incidents()[-1].state is State.OPEN


@pytest.mark.parametrize(("again_at", "incidents"), [(3, 1), (30, 2)])
async def test_how_late_we_heard_of_it_does_not_matter(
    source: Source, clock: FakeClock, again_at: float, incidents: int
) -> None:
    await source.ring(firing("a", 0))
    clock.advance(hours=2)
    await source.ring(ended("a", 0, until=1))

    clock.advance(hours=2)
    await source.ring(firing("a", again_at))

    assert len(source.incidents()) == incidents


async def test_the_last_end_of_the_whole_group_counts(source: Source) -> None:
    await source.ring(firing("a", 0), firing("b", 0))
    await source.ring(ended("b", 0, until=20))
    await source.ring(ended("a", 0, until=1))

    await source.ring(firing("a", 24))

    assert source.incident().state is State.OPEN


async def test_what_a_person_resolved_stays_resolved(source: Source, bus: CommandBus) -> None:
    await source.ring(firing("a", 0))
    await _by_hand(source, bus, source.incident())

    await source.ring(firing("a", 0))
    await source.ring(firing("b", 1))

    first, second = source.incidents()
    assert (first.state, second.state) == (State.RESOLVED, State.OPEN)


async def test_an_end_after_a_person_resolved_adds_nothing(source: Source, bus: CommandBus) -> None:
    await source.ring(firing("a", 0))
    await _by_hand(source, bus, source.incident())

    await source.ring(ended("a", 0))

    assert source.told() == ["IncidentDeclared", "IncidentResolved"]
    assert source.open_episodes() == set()


async def test_what_a_person_resolved_is_not_reopened_by_its_next_alert(
    source: Source, bus: CommandBus
) -> None:
    await source.ring(firing("a", 0))
    await _by_hand(source, bus, source.incident())
    await source.ring(ended("a", 0, until=1))

    await source.ring(firing("a", 2))

    first, second = source.incidents()
    assert (first.state, second.state) == (State.RESOLVED, State.OPEN)


async def test_ends_of_a_canceled_incident_are_taken_in_silence(
    source: Source, bus: CommandBus
) -> None:
    await source.ring(firing("a"), firing("b"))
    operator = the_operator(source.organization_id)
    await bus.execute(CancelIncident(caller=operator, incident_id=source.incident().id))

    await source.ring(ended("a"))
    await source.ring(ended("b"))

    assert source.told() == ["IncidentDeclared", "IncidentCanceled"]
    assert source.open_episodes() == set()


async def test_a_deleted_incident_is_left_alone(source: Source, bus: CommandBus) -> None:
    await source.ring(firing("a", 0))
    deleted = source.incident()
    operator = the_operator(source.organization_id)
    await bus.execute(DeleteIncident(caller=operator, incident_id=deleted.id))

    await source.ring(ended("a", 0))
    await source.ring(firing("b", 1))

    assert [incident.number for incident in source.incidents()] == [1, 2]
    assert source.incidents()[1].state is State.OPEN


async def test_an_end_that_skips_an_episode_ends_the_one_before_too(source: Source) -> None:
    await source.ring(firing("a", 0))

    await source.ring(ended("a", 5, until=6))
    await source.ring(firing("a", 5))

    assert source.open_episodes() == set()
    assert source.incident().state is State.RESOLVED


async def test_one_delivery_may_say_several_things_of_one_alert(source: Source) -> None:
    await source.ring(firing("a", 0), ended("a", 0, until=1), firing("a", 2))

    assert len(source.open_episodes()) == 1
    assert source.incident().state is State.OPEN


async def test_what_came_and_went_within_one_delivery_wakes_nobody(source: Source) -> None:
    touched = await source.ring(firing("a", 0), ended("a", 0, until=1))

    assert touched == ()
    assert source.incidents() == []
    assert source.open_episodes() == set()


async def test_two_starts_within_one_delivery_leave_one_episode_open(source: Source) -> None:
    await source.ring(firing("a", 0), firing("a", 2))
    await source.ring(ended("a", 2, until=3))

    assert source.open_episodes() == set()
    assert source.incident().state is State.RESOLVED


async def test_an_alert_that_changes_groups_does_not_leave_its_incident_behind(
    source: Source,
) -> None:
    await source.ring(firing("a", 0, group="old"))

    await source.ring(firing("a", 2, group="new"))

    old, new = source.incidents()
    assert (old.state, new.state) == (State.RESOLVED, State.OPEN)


async def test_the_end_finds_its_incident_under_another_group(source: Source) -> None:
    await source.ring(firing("a", 0, group="old"))

    await source.ring(ended("a", 0, group="new"))

    assert source.incident().state is State.RESOLVED


async def test_a_delivery_counts_once(source: Source, bus: CommandBus) -> None:
    await source.ring(firing("a"))
    [integration] = source.rows.integrations
    again = TriageAlerts(
        caller=the_source(source.organization_id),
        integration_id=integration,
        deliveries=(AlertDelivery(id=DeliveryId(1), alerts=(firing("b"),)),),
    )

    assert await bus.execute(again) == ()
    assert source.told() == ["IncidentDeclared"]


async def test_a_refused_delivery_is_put_aside_with_its_reason(
    source: Source, store: FakeStore, bus: CommandBus, clock: FakeClock
) -> None:
    [integration] = source.rows.integrations
    organization_id = source.organization_id
    await store.inbox.store(
        RawDelivery(
            organization_id=organization_id,
            integration_id=integration,
            body=b"{",
            received_at=clock(),
        )
    )
    caller = the_source(organization_id)

    await bus.execute(RefuseDelivery(caller=caller, delivery_id=DeliveryId(1), reason="No JSON."))

    assert await store.inbox.waiting() == 0
    assert store.inbox.rows[DeliveryId(1)].refused_because == "No JSON."


async def test_ten_thousand_alerts_are_one_incident_and_then_none(source: Source) -> None:
    names = [f"alert-{n}" for n in range(10_000)]

    await source.ring(*map(firing, names))
    await source.ring(*map(firing, names), firing("one more"))
    await source.ring(*map(ended, names), ended("one more"))

    assert source.incident().state is State.RESOLVED
    assert source.told() == ["IncidentDeclared", "AlertsFired", "IncidentResolved"]


async def test_ten_thousand_groups_in_one_delivery_are_one_incident(
    source: Source,
) -> None:
    alerts = [firing(f"alert-{n}", group=f"group-{n}") for n in range(10_000)]

    touched = await source.ring(*alerts)

    [storm] = source.incidents()
    assert set(touched) == {storm.id}
    assert storm.title == "Alert storm: Alertmanager"
    fates = Counter(episode.fate for episode in source.rows.episodes.values())
    assert fates == {Fate.STORM: 10_000}


async def test_without_a_limit_ten_thousand_groups_are_as_many_incidents(
    store: FakeStore, bus: CommandBus, clock: FakeClock
) -> None:
    clock.advance(hours=2)
    source = await Source(store, bus, clock).configured(settings={"storm_limit": 0})
    alerts = [firing(f"alert-{n}", group=f"group-{n}") for n in range(10_000)]

    touched = await source.ring(*alerts)

    assert len(set(touched)) == 10_000
    assert [incident.number for incident in source.incidents()] == list(range(1, 10_001))


@pytest.mark.parametrize(
    "hostile",
    [
        replace(firing(), summary="\u200b", name="\x00", group_title="\u202e"),
        replace(firing(), summary="x" * 100_000, description="y" * 1_000_000),
        replace(firing(), summary="two\nlines\x00", description="a\x00b"),
    ],
)
async def test_no_text_of_an_alert_keeps_it_from_ringing(source: Source, hostile: Alert) -> None:
    await source.ring(hostile, replace(hostile, fingerprint=firing("b").fingerprint))
    await source.ring(replace(hostile, fingerprint=firing("c").fingerprint))

    incident = source.incident()
    assert 0 < len(incident.title) <= MAX_TITLE
    assert len(incident.description) <= MAX_DESCRIPTION
    assert incident.title == cut_line(incident.title, MAX_TITLE)
    assert "\x00" not in incident.description
