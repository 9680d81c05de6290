"""Alerts of an incident that was merged: what fires moves, and what comes joins it there."""

import pytest

from core.bus import CommandBus
from core.commands import DeclareIncident
from core.commands.together import MergeIncident
from core.domain.actor import Caller
from core.domain.events import AlertsCleared
from core.domain.incident import Incident
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


async def _merged(source: Source, bus: CommandBus, carol: Caller) -> Incident:
    """The incident of the alerts goes on in this one."""
    gone = source.incident()
    wider = await bus.execute(DeclareIncident(caller=carol, title="Wider", severity="high"))
    await bus.execute(MergeIncident(caller=carol, incident_id=gone.id, into_id=wider.id))
    return wider


async def test_what_fires_is_in_the_other_incident_and_what_ended_stays(
    source: Source, bus: CommandBus, carol: Caller
) -> None:
    await source.ring(firing("a"), firing("b"))
    await source.ring(ended("b"))
    gone = source.incident()

    wider = await _merged(source, bus, carol)

    places = {one.fingerprint: one.incident_id for one in source.rows.episodes.values()}
    assert places == {"a": wider.id, "b": gone.id}


async def test_more_alerts_of_the_group_join_the_other_incident(
    source: Source, bus: CommandBus, carol: Caller
) -> None:
    await source.ring(firing("a"))
    wider = await _merged(source, bus, carol)

    await source.ring(firing("c"))

    assert [one.incident_id for one in source.rows.episodes.values()] == [wider.id, wider.id]
    assert len(source.incidents()) == 2


async def test_the_other_incident_tells_how_the_alert_ends(
    source: Source, bus: CommandBus, carol: Caller
) -> None:
    await source.ring(firing("a"))
    wider = await _merged(source, bus, carol)

    await source.ring(ended("a"))

    cleared = [one.event for one in source.rows.timeline if isinstance(one.event, AlertsCleared)]
    assert [one.incident_id for one in cleared] == [wider.id]
