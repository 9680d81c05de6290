"""Alerts through a window on every storage: suppressed, read, raised, and by one process alone."""

import asyncio
from datetime import timedelta

import pytest

from core.commands import (
    AddService,
    CompleteMaintenance,
    CreateIntegration,
    RaiseSuppressedAlerts,
    ScheduleMaintenance,
    TriageAlerts,
)
from core.domain.alert import Alert, AlertDelivery
from core.domain.events import MaintenanceCompleted, SuppressedAlertsRaised
from core.domain.ids import IntegrationId, ServiceId
from core.domain.maintenance import Maintenance
from core.ports import AlertQuery, AlertRow, RawDelivery
from core.views import IncidentQuery
from tests.contract.house import House
from tests.contract.test_two_processes import other
from tests.fakes.people import a_caller, the_operator, the_source
from tests.unit.core.alerts import ended, firing

__all__ = ["other"]


@pytest.fixture
async def service(house: House) -> ServiceId:
    operator = the_operator(house.organization_id)
    return (await house.bus.execute(AddService(caller=operator, name="checkout"))).id


@pytest.fixture
async def source(house: House, service: ServiceId) -> IntegrationId:
    wish = CreateIntegration(
        caller=the_operator(house.organization_id),
        source="alertmanager",
        name="Alertmanager",
        token_hash="hash",
        service_id=service,
        settings={"storm_limit": 0},
    )
    return (await house.bus.execute(wish)).id


@pytest.fixture
async def window(house: House, service: ServiceId) -> Maintenance:
    return await _window(house, service)


async def _window(house: House, *services: ServiceId, minutes: float = 60) -> Maintenance:
    wish = ScheduleMaintenance(
        caller=a_caller(house.organization_id),
        title="Database upgrade",
        start_now=True,
        scheduled_end_at=house.clock() + timedelta(minutes=minutes),
        service_ids=services,
        matchers=("instance=~db-.*",),
    )
    return await house.bus.execute(wish)


async def _heard(house: House, source: IntegrationId, *alerts: Alert) -> TriageAlerts:
    """One delivery in the inbox, still to be triaged."""
    raw = RawDelivery(
        organization_id=house.organization_id,
        integration_id=source,
        body=b"{}",
        received_at=house.clock(),
    )
    await house.storage.inbox.store(raw)
    [*_, stored] = await house.storage.inbox.pending(1_000_000)
    return TriageAlerts(
        caller=the_source(house.organization_id),
        integration_id=source,
        deliveries=(AlertDelivery(id=stored.id, alerts=alerts),),
    )


async def _ring(house: House, source: IntegrationId, *alerts: Alert) -> None:
    await house.bus.execute(await _heard(house, source, *alerts))


async def _complete(house: House, window: Maintenance) -> None:
    caller = a_caller(house.organization_id)
    await house.bus.execute(CompleteMaintenance(caller=caller, maintenance_id=window.id))


def _raise(house: House, window: Maintenance, limit: int = 200) -> RaiseSuppressedAlerts:
    operator = the_operator(house.organization_id)
    return RaiseSuppressedAlerts(caller=operator, maintenance_id=window.id, limit=limit)


async def _alerts(house: House, window: Maintenance) -> list[AlertRow]:
    query = AlertQuery(suppressed_by=window.id, limit=50)
    return list((await house.reads.alerts(house.organization_id, query)).rows)


async def test_an_alert_is_read_with_the_window_that_suppressed_it(
    house: House, source: IntegrationId, window: Maintenance
) -> None:
    await _ring(house, source, firing("a"), firing("b"))
    await _ring(house, source, ended("b"))

    rows = await _alerts(house, window)

    assert {(row.episode.fingerprint, row.suppressed) for row in rows} == {
        ("a", True),
        ("b", True),
    }
    assert {row.window and row.window.reference for row in rows} == {window.reference}
    assert {row.incident for row in rows} == {None}
    assert (await house.reads.incidents(house.organization_id, IncidentQuery())).total == 0


async def test_what_still_fires_is_raised_and_keeps_its_window(
    house: House, source: IntegrationId, window: Maintenance
) -> None:
    await _ring(house, source, firing("a", group="one"), firing("b", group="two"))
    await _ring(house, source, ended("b", group="two"))
    await _complete(house, window)

    stranded = await house.storage.chores.stranded_alerts(10)
    await house.bus.execute(_raise(house, window))

    assert stranded == [(house.organization_id, window.id)]
    assert await house.storage.chores.stranded_alerts(10) == []
    page = await house.reads.incidents(house.organization_id, IncidentQuery())
    [incident] = page.rows
    raised = {row.incident.reference: row for row in await _alerts(house, window) if row.incident}
    assert list(raised) == [incident.reference]
    assert raised[incident.reference].window is not None
    card = await house.reads.card(house.organization_id, incident.id)
    assert [(note.reference, note.running) for note in card.windows] == [(window.reference, False)]


async def test_alerts_of_the_neighbours_are_none_of_our_business(
    house: House, source: IntegrationId, window: Maintenance
) -> None:
    await _ring(house, source, firing("a"))

    page = await house.reads.alerts(house.neighbour_id, AlertQuery(suppressed_by=window.id))

    assert page.rows == ()


async def test_alerts_handed_to_another_window_wait_for_that_one(
    house: House, source: IntegrationId, service: ServiceId, window: Maintenance
) -> None:
    await _ring(house, source, firing("a"))
    second = await _window(house, service, minutes=30)

    await _complete(house, window)
    await house.bus.execute(_raise(house, window))

    entries = await house.reads.maintenance_timeline(house.organization_id, window.id)
    [told] = [e.event for e in entries if isinstance(e.event, MaintenanceCompleted)]
    assert (told.suppressed, told.firing, told.handed) == (1, 1, 1)
    assert await _alerts(house, window) == []
    [handed] = await _alerts(house, second)
    assert handed.suppressed
    assert await house.storage.chores.stranded_alerts(10) == []


async def test_processes_that_raise_at_once_raise_each_alert_once(
    house: House, other: House, source: IntegrationId, window: Maintenance
) -> None:
    names = [f"a{n}" for n in range(60)]
    await _ring(house, source, *(firing(name, group=name) for name in names))
    await _complete(house, window)

    await asyncio.gather(
        *(home.bus.execute(_raise(house, window, 10)) for home in (house, other) * 5)
    )

    page = await other.reads.incidents(house.organization_id, IncidentQuery())
    entries = await other.reads.maintenance_timeline(house.organization_id, window.id)
    told = [e.event for e in entries if isinstance(e.event, SuppressedAlertsRaised)]
    assert page.total == 60
    assert [event.count for event in told] == [10] * 6
    assert len({reference for event in told for reference in event.incidents}) == 60
    assert await house.storage.chores.stranded_alerts(10) == []


async def test_an_end_and_an_alert_at_once_strand_nothing(
    house: House, other: House, source: IntegrationId, window: Maintenance
) -> None:
    heard = [await _heard(house, source, firing(f"a{n}", group=f"g{n}")) for n in range(5)]

    await asyncio.gather(_complete(other, window), *map(house.bus.execute, heard))
    while await house.storage.chores.stranded_alerts(10):
        await other.bus.execute(_raise(house, window))

    page = await house.reads.alerts(house.organization_id, AlertQuery())
    assert len(page.rows) == 5
    assert all(row.incident for row in page.rows)
