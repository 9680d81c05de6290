"""From a delivery of an alert source to incidents: one per group, joined, resolved, reopened."""

from collections.abc import Iterable
from datetime import datetime

from core import commands as c
from core.domain.alert import Alert, AlertDelivery, AlertStatus, Dating, Episode
from core.domain.ids import IncidentId
from core.domain.state import State
from core.ports import UnitOfWork
from core.usecases.alert_changes import Changes, decide
from core.usecases.alert_endings import clear
from core.usecases.ring import Ring, found
from core.usecases.ringing import ring_for
from core.usecases.suppression import take_what_is_suppressed


async def triage_alerts(
    command: c.TriageAlerts, uow: UnitOfWork, now: datetime
) -> tuple[IncidentId, ...]:
    alerts = await _fresh(command.deliveries, uow, now)
    if not alerts:
        return ()
    integration = await uow.integrations.get(command.integration_id)
    ring = Ring(integration=integration, actor=command.caller.actor, uow=uow, now=now)
    changes = await _decide(alerts, ring)
    begun = await _begin(changes, ring)
    await uow.alerts.put([*changes.superseded.values(), *changes.ended.values(), *begun])
    gone = changes.gone(begun)
    for id, episodes in gone.items():
        await clear(id, episodes, ring)
    taken = await _acknowledge(changes, ring)
    return tuple(dict.fromkeys([*(e.incident_id for e in begun if e.incident_id), *gone, *taken]))


async def refuse_delivery(command: c.RefuseDelivery, uow: UnitOfWork, now: datetime) -> None:
    await uow.deliveries.refuse(command.delivery_id, command.reason, now)


async def _fresh(
    deliveries: Iterable[AlertDelivery], uow: UnitOfWork, now: datetime
) -> list[Alert]:
    """The alerts of those deliveries that nobody has dealt with yet."""
    return [
        alert
        for delivery in deliveries
        if await uow.deliveries.settle(delivery.id, now)
        for alert in delivery.alerts
    ]


async def _decide(alerts: list[Alert], ring: Ring) -> Changes:
    fingerprints = list(dict.fromkeys(alert.fingerprint for alert in alerts))
    latest = await ring.uow.alerts.latest(ring.integration.id, fingerprints)
    changes = Changes(
        integration_id=ring.integration.id,
        new_id=ring.uow.new_id,
        now=ring.now,
        latest=dict(latest),
    )
    await _end_what_is_over(changes, alerts, ring)
    return decide(changes, alerts)


async def _end_what_is_over(changes: Changes, alerts: list[Alert], ring: Ring) -> None:
    """Where a source does not tell episodes apart, one ends with its incident at the latest: what
    fires after that is news."""
    for alert in alerts:
        known = changes.latest.get(alert.fingerprint)
        if known is None or not known.firing or not known.incident_id:
            continue
        if alert.status is AlertStatus.FIRING and alert.dating is not Dating.START:
            incident = await found(known.incident_id, ring.uow)
            if incident is None or not incident.active:
                changes.end_with_its_incident(known)


async def _acknowledge(changes: Changes, ring: Ring) -> tuple[IncidentId, ...]:
    """Only what is open; what is being worked on or over needs nobody's word."""
    ids = dict.fromkeys(e.incident_id for e in changes.acknowledged.values() if e.incident_id)
    for id in ids:
        incident = await found(id, ring.uow)
        if incident and incident.active and incident.can_become(State.ACKNOWLEDGED):
            acknowledged, event = incident.acknowledge(by=ring.actor, at=ring.now)
            await ring.uow.incidents.save(acknowledged, because=event)
    return tuple(ids)


async def _begin(changes: Changes, ring: Ring) -> list[Episode]:
    """What began: suppressed by a window, or joined to the incident it belongs to."""
    suppressed = await take_what_is_suppressed(changes, ring)
    called = await ring_for(changes.by_group(), ring, changes.restarted_in)
    return [*suppressed, *(episode for one in called for episode in one.episodes)]
