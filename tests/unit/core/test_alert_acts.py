"""Single alerts, resolved and moved by hand; and the source that keys of the API share."""

import pytest

from core.bus import CommandBus
from core.commands import AddService, AttachAlert, DeclareIncident, OpenEventSource, ResolveAlert
from core.domain.actor import Caller
from core.domain.alert import Episode, Fate
from core.domain.events import AlertsFired
from core.domain.ids import EpisodeId, IncidentId, OrganizationId, ServiceId
from core.domain.incident import Incident
from core.domain.state import State
from core.errors import IllegalTransition, NotFound
from tests.fakes.moment import FakeClock
from tests.fakes.people import a_caller
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import ended, firing
from tests.unit.core.source import Source


@pytest.fixture
async def source(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Source:
    clock.advance(hours=2)
    return await Source(store, bus, clock).configured()


@pytest.fixture
def carol(source: Source) -> Caller:
    return a_caller(source.organization_id, name="Carol Cook")


def _episodes(source: Source) -> list[Episode]:
    return list(source.rows.episodes.values())


async def test_the_last_alert_takes_its_incident_with_it(
    source: Source, bus: CommandBus, carol: Caller
) -> None:
    await source.ring(firing("a"), firing("b"))
    first, last = _episodes(source)

    await bus.execute(ResolveAlert(caller=carol, alert_id=first.id))
    between = source.incident().state
    await bus.execute(ResolveAlert(caller=carol, alert_id=last.id))

    assert (between, source.incident().state) == (State.OPEN, State.RESOLVED)
    assert source.told() == ["IncidentDeclared", "AlertsCleared", "IncidentResolved"]


async def test_resolving_an_alert_twice_is_once(
    source: Source, bus: CommandBus, carol: Caller, clock: FakeClock
) -> None:
    await source.ring(firing())
    [episode] = _episodes(source)

    first = await bus.execute(ResolveAlert(caller=carol, alert_id=episode.id))
    clock.advance(minutes=1)
    again = await bus.execute(ResolveAlert(caller=carol, alert_id=episode.id))

    assert first == again
    assert not again.firing


async def test_an_alert_moves_to_another_incident_which_says_so(
    source: Source, bus: CommandBus, carol: Caller, store: FakeStore
) -> None:
    await source.ring(firing())
    [episode] = _episodes(source)
    other = await bus.execute(DeclareIncident(caller=carol, title="Wider", severity="high"))

    moves = [
        await bus.execute(AttachAlert(caller=carol, alert_id=episode.id, incident_id=other.id))
        for _ in range(2)
    ]

    events = store.events(source.organization_id)
    told = [event for event in events if isinstance(event, AlertsFired)]
    assert moves[0] == moves[1] == episode.joined(other.id, Fate.ATTACHED, "by Carol Cook")
    assert [(event.incident_id, event.names) for event in told] == [(other.id, ("Alert a",))]


async def test_a_draft_takes_no_alerts(source: Source, bus: CommandBus, carol: Caller) -> None:
    await source.ring(firing())
    [episode] = _episodes(source)
    draft = await bus.execute(
        DeclareIncident(caller=carol, title="Draft", severity="high", state=State.DRAFT)
    )

    with pytest.raises(IllegalTransition):
        await bus.execute(AttachAlert(caller=carol, alert_id=episode.id, incident_id=draft.id))


async def _attach(bus: CommandBus, carol: Caller, episode: Episode, incident: Incident) -> Episode:
    return await bus.execute(
        AttachAlert(caller=carol, alert_id=episode.id, incident_id=incident.id)
    )


async def test_the_incident_that_its_last_alert_left_is_canceled(
    source: Source, bus: CommandBus, carol: Caller
) -> None:
    await source.ring(firing())
    [episode] = _episodes(source)
    other = await bus.execute(DeclareIncident(caller=carol, title="Wider", severity="high"))

    await _attach(bus, carol, episode, other)

    left, taken = source.incidents()
    assert (left.state, taken.state) == (State.CANCELED, State.OPEN)
    assert source.told()[-3:] == ["AlertsFired", "AlertSplit", "IncidentCanceled"]


async def test_the_incident_whose_last_firing_alert_left_is_resolved(
    source: Source, bus: CommandBus, carol: Caller
) -> None:
    await source.ring(firing("a"), firing("b"))
    await source.ring(ended("b"))
    fires = next(one for one in _episodes(source) if one.firing)
    other = await bus.execute(DeclareIncident(caller=carol, title="Wider", severity="high"))

    await _attach(bus, carol, fires, other)

    left, taken = source.incidents()
    assert (left.state, taken.state) == (State.RESOLVED, State.OPEN)


async def test_the_incident_with_others_that_fire_goes_on(
    source: Source, bus: CommandBus, carol: Caller
) -> None:
    await source.ring(firing("a"), firing("b"))
    other = await bus.execute(DeclareIncident(caller=carol, title="Wider", severity="high"))

    await _attach(bus, carol, _episodes(source)[0], other)

    assert [one.state for one in source.incidents()] == [State.OPEN, State.OPEN]


async def test_what_fires_is_not_put_into_an_incident_that_is_over(
    source: Source, bus: CommandBus, carol: Caller
) -> None:
    await source.ring(firing("a", group="x"))
    await source.ring(ended("a", group="x"))
    await source.ring(firing("b", 30, group="y"))
    over, live = source.incidents()
    fires = next(one for one in _episodes(source) if one.firing)

    with pytest.raises(IllegalTransition, match="INC-1 is resolved; reopen it first"):
        await _attach(bus, carol, fires, over)

    assert source.rows.episodes[fires.id].incident_id == live.id


async def test_what_has_ended_may_be_put_into_an_incident_that_is_over(
    source: Source, bus: CommandBus, carol: Caller
) -> None:
    for name, since in (("a", 0), ("b", 30)):
        await source.ring(firing(name, since, group=name))
        await source.ring(ended(name, since, since + 1, group=name))
    first, last = source.incidents()
    episode = next(one for one in _episodes(source) if one.incident_id == last.id)

    moved = await _attach(bus, carol, episode, first)

    assert moved.incident_id == first.id
    assert [one.state for one in source.incidents()] == [State.RESOLVED, State.RESOLVED]


async def test_what_is_not_there_is_not_found(
    source: Source, bus: CommandBus, carol: Caller
) -> None:
    await source.ring(firing())
    [episode] = _episodes(source)
    nowhere = IncidentId("inc_404")

    with pytest.raises(NotFound):
        await bus.execute(ResolveAlert(caller=carol, alert_id=EpisodeId("alr_404")))
    with pytest.raises(NotFound):
        await bus.execute(AttachAlert(caller=carol, alert_id=episode.id, incident_id=nowhere))


async def test_the_source_of_a_service_is_opened_once(bus: CommandBus, alice: Caller) -> None:
    service = await bus.execute(AddService(caller=alice, name="Checkout"))

    sources = [
        await bus.execute(OpenEventSource(caller=alice, service_id=service.id)) for _ in range(2)
    ]

    assert sources[0] == sources[1]
    assert (sources[0].source, sources[0].service_id) == ("pagerduty", service.id)
    assert sources[0].name == "Events of Checkout"


async def test_another_organisations_service_is_not_found(bus: CommandBus, alice: Caller) -> None:
    service = await bus.execute(AddService(caller=alice, name="Checkout"))
    await bus.execute(OpenEventSource(caller=alice, service_id=service.id))
    stranger = a_caller(OrganizationId("org_other"))

    for id in (service.id, ServiceId("svc_404")):
        with pytest.raises(NotFound):
            await bus.execute(OpenEventSource(caller=stranger, service_id=id))
