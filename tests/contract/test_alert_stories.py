"""Alerts over time on every storage: late, flapping, called again, resolved after a grace."""

from typing import Any

import pytest

from core.commands import AcknowledgeIncident, CreateIntegration, TriageAlerts
from core.commands import alerting as a
from core.domain.alert import Alert, AlertDelivery, Episode, Fingerprint
from core.domain.ids import IncidentId, IntegrationId
from core.domain.state import State
from core.ports import AlertQuery, RawDelivery, UnitOfWork
from core.views import IncidentQuery
from tests.contract.house import House
from tests.contract.over_time import tick
from tests.fakes.people import a_caller, the_operator, the_relay, the_source
from tests.unit.core.alerts import captured, ended, firing

AGAIN = "48dba0bb82310d5a"
"""The captured alert that fires again."""


async def _source(house: House, **settings: Any) -> IntegrationId:
    house.clock.advance(hours=2)
    wish = CreateIntegration(
        caller=the_operator(house.organization_id),
        source="alertmanager",
        name="Alertmanager",
        token_hash="hash",
        settings=settings,
    )
    return (await house.bus.execute(wish)).id


async def _ring(house: House, source: IntegrationId, *alerts: Alert) -> None:
    raw = RawDelivery(
        organization_id=house.organization_id,
        integration_id=source,
        body=b"{}",
        received_at=house.clock(),
    )
    await house.storage.inbox.store(raw)
    [*_, delivery] = await house.storage.inbox.pending(100)
    told = AlertDelivery(id=delivery.id, alerts=alerts, received_at=raw.received_at)
    caller = the_source(house.organization_id)
    await house.bus.execute(TriageAlerts(caller=caller, integration_id=source, deliveries=(told,)))


async def _state(house: House) -> State:
    """Of the only incident."""
    [row] = (await house.reads.incidents(house.organization_id, IncidentQuery())).rows
    return row.state


async def _only(house: House) -> IncidentId:
    [row] = (await house.reads.incidents(house.organization_id, IncidentQuery())).rows
    return row.id


async def _told(house: House) -> list[str]:
    id = await _only(house)

    async def work(uow: UnitOfWork) -> list[str]:
        return [type(entry.event).__name__ for entry in await uow.timeline.entries(id)]

    return await house.run(work)


async def _alerts(house: House) -> list[Episode]:
    page = await house.reads.alerts(house.organization_id, AlertQuery(limit=100))
    return [row.episode for row in page.rows]


@pytest.mark.parametrize(
    "order", [(0, 1, 2, 3, 4, 5), (5, 4, 3, 2, 1, 0), (5, 4, 0, 1, 2, 3), (4, 5, 2, 0, 3, 1)]
)
async def test_the_captures_end_alike_in_whatever_order(
    house: House, order: tuple[int, ...]
) -> None:
    source, notifications = await _source(house), captured()

    for index in (*order, *order):
        await _ring(house, source, *notifications[index])

    rows = await _alerts(house)
    assert await _state(house) is State.OPEN
    assert [row.fingerprint for row in rows if row.ends_at is None] == [AGAIN]
    assert sorted(row.fingerprint for row in rows).count(Fingerprint(AGAIN)) == 2
    assert len(rows) == 4


async def test_a_grace_ends_with_the_incident(house: House) -> None:
    source = await _source(house, grace=120)
    await _ring(house, source, firing("a"))
    await _ring(house, source, ended("a"))

    await tick(house, seconds=119)
    before = await _state(house)
    await tick(house, seconds=1)

    assert (before, await _state(house)) == (State.OPEN, State.RESOLVED)


async def test_what_comes_and_goes_is_told_twice(house: House) -> None:
    source = await _source(house)
    for at in range(8):
        await _ring(house, source, firing("a", at))
        await _ring(house, source, ended("a", at, at + 0.5))

    await tick(house, minutes=10)

    told = await _told(house)
    assert told[-3:] == ["AlertsFlapping", "AlertsSteady", "IncidentResolved"]
    assert told.count("IncidentReopened") == 3


async def test_who_has_it_is_called_once_a_minute(house: House) -> None:
    source = await _source(house)
    await _ring(house, source, firing("a"))
    caller = a_caller(house.organization_id)
    await house.bus.execute(AcknowledgeIncident(caller=caller, incident_id=await _only(house)))

    for name in "bcdef":
        await _ring(house, source, firing(name))
    before = (await _told(house)).count("AlertsFired")
    await tick(house, minutes=1)

    assert before == 1
    assert (await _told(house)).count("AlertsFired") == 2


async def test_what_the_source_fires_no_more_ends(house: House) -> None:
    source = await _source(house)
    await _ring(house, source, firing("a"), firing("b"))
    command = a.ReconcileAlerts(
        caller=the_relay(house.organization_id),
        integration_id=source,
        missing=frozenset({Fingerprint("b")}),
        asked_at=house.clock(),
    )

    drifted = await house.bus.execute(command)

    [gone] = [row for row in await _alerts(house) if row.ends_at]
    assert drifted == (gone.id,)
    assert gone.fingerprint == "b"
