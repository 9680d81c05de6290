"""From a delivery of an alert source to incidents: one per group, joined, resolved, reopened."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core import commands as c
from core.domain.actor import Actor
from core.domain.alert import Alert, AlertDelivery, AlertStatus, Dating, Fingerprint
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.integration import Integration
from core.domain.repeats import may_repeat, repeats
from core.domain.state import State
from core.domain.tuning import tuned, tunes
from core.ports import UnitOfWork
from core.usecases.alert_changes import Changes, decide
from core.usecases.alert_edits import acknowledger, take_edits, tell_changes
from core.usecases.alert_endings import clear
from core.usecases.alert_joins import tell_worse
from core.usecases.alert_services import service_of
from core.usecases.backlog import is_late
from core.usecases.beginning import begin
from core.usecases.recalled import take_recalled
from core.usecases.ring import Ring, found
from core.usecases.steadiness import mark_flapping, tell_flapping


async def triage_alerts(
    command: c.TriageAlerts, uow: UnitOfWork, now: datetime
) -> tuple[IncidentId, ...]:
    alerts = await _fresh(command.deliveries, uow, now)
    if not alerts:
        return ()
    integration = await uow.integrations.get(command.integration_id)
    if integration.deleted_at:
        return ()
    heard = [delivery.received_at or now for delivery in command.deliveries]
    ring = Ring(
        integration=integration,
        actor=_speaker(command.caller.actor, integration),
        uow=uow,
        now=now,
        late=is_late(min(heard), now),
        heard_from=min(heard),
        heard_until=max(heard),
    )
    return await take_in(alerts, ring)


async def take_in(alerts: list[Alert], ring: Ring) -> tuple[IncidentId, ...]:
    """What a source says becomes true here; answers the incidents that it concerns."""
    changes = await _decide(alerts, ring)
    begun = await begin(changes, ring)
    await tell_worse(changes, ring)
    put = [*changes.superseded.values(), *changes.ended.values(), *changes.amended.values(), *begun]
    await ring.uow.alerts.put(put)
    await take_edits(changes, put, ring)
    await tell_changes(alerts, ring)
    gone = changes.gone(begun)
    for id, episodes in gone.items():
        await clear(id, episodes, ring)
    await tell_flapping(changes, begun, ring)
    taken = await _acknowledge(changes, ring)
    return tuple(dict.fromkeys([*(e.incident_id for e in begun if e.incident_id), *gone, *taken]))


def _speaker(actor: Actor, integration: Integration) -> Actor:
    """Two sources of a kind are told apart by the names that people gave them."""
    return replace(actor, name=integration.given_name or actor.name)


async def refuse_delivery(command: c.RefuseDelivery, uow: UnitOfWork, now: datetime) -> None:
    await uow.deliveries.refuse(command.delivery_id, command.reason, now)


async def _fresh(
    deliveries: Sequence[AlertDelivery], uow: UnitOfWork, now: datetime
) -> list[Alert]:
    """The alerts of those deliveries that nobody has dealt with yet, in a flood each once."""
    new = await uow.deliveries.settle([delivery.id for delivery in deliveries], now)
    said = (alert for delivery in deliveries if delivery.id in new for alert in delivery.alerts)
    return list({_statement(number, alert): alert for number, alert in enumerate(said)}.values())


def _statement(number: int, alert: Alert) -> tuple[object, ...]:
    """The same for what says the same again: where a start tells episodes apart, once is enough."""
    if alert.dating is not Dating.START or alert.edit is not None or alert.counted:
        return (number,)
    return alert.fingerprint, alert.status, alert.starts_at, alert.ends_at, alert.severity


async def _decide(alerts: list[Alert], ring: Ring) -> Changes:
    settings = ring.integration.settings
    if tunes(settings):
        alerts = [tuned(alert, settings) for alert in alerts]
    alerts, known = await _news(alerts, ring)
    latest = await ring.uow.alerts.latest(ring.integration.id, known) if known else {}
    changes = Changes(
        integration_id=ring.integration.id,
        new_id=ring.uow.new_id,
        now=ring.now,
        latest=dict(latest),
        service_of=await service_of(alerts, ring),
        heard_from=ring.heard_from,
        heard_until=ring.heard_until,
    )
    await _end_what_is_over(changes, alerts, ring)
    decide(changes, alerts)
    await take_recalled(changes, ring)
    await mark_flapping(changes, ring)
    return changes


async def _news(alerts: list[Alert], ring: Ring) -> tuple[list[Alert], list[Fingerprint]]:
    """Without those fingerprints of which all is known; and which of the others may be known."""
    unlike = {alert.fingerprint for alert in alerts if not may_repeat(alert)}
    asked = list({a.fingerprint: None for a in alerts if a.fingerprint not in unlike})
    if not asked:
        return alerts, list(unlike)
    seen = await ring.uow.alerts.glimpses(ring.integration.id, asked)
    news = [a for a in alerts if a.fingerprint in unlike or not repeats(a, seen.get(a.fingerprint))]
    told = {alert.fingerprint for alert in news}
    known = [name for name in told if name in unlike or name in seen]
    return [alert for alert in alerts if alert.fingerprint in told], known


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
                over_at = incident and _over_at(incident)
                changes.end_with_its_incident(known, min(ring.now, over_at or alert.starts_at))


def _over_at(incident: Incident) -> datetime | None:
    return incident.resolved_at or incident.closed_at or incident.canceled_at


async def _acknowledge(changes: Changes, ring: Ring) -> tuple[IncidentId, ...]:
    """Only what is open; what is being worked on or over needs nobody's word."""
    taken = {e.incident_id: e for e in changes.acknowledged.values() if e.incident_id}
    for id, episode in taken.items():
        incident = await found(id, ring.uow)
        if incident and incident.active and incident.can_become(State.ACKNOWLEDGED):
            by = acknowledger(episode, ring)
            acknowledged, event = incident.acknowledge(by=by, at=ring.now)
            await ring.uow.incidents.save(acknowledged, because=event)
    return tuple(taken)
