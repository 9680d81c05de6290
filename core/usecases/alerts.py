"""From a delivery of an alert source to incidents: one per group, joined, resolved, reopened."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from core import commands as c
from core.domain.actor import Actor, Surface
from core.domain.alert import Alert, AlertDelivery, AlertGroup, AlertStatus, Dating, Episode
from core.domain.events import AlertsCleared, AlertsFired
from core.domain.ids import IncidentId
from core.domain.incident import MAX_DESCRIPTION, MAX_TITLE, Incident
from core.domain.integration import Integration
from core.domain.state import State
from core.domain.text import cut_line, cut_paragraphs
from core.errors import NotFound
from core.ports import UnitOfWork
from core.usecases.alert_changes import Changes, decide

REOPENS_WITHIN = timedelta(minutes=5)
"""An alert that fires again so soon after its source resolved the incident reopens it."""

ENDED_AT_THE_SOURCE = "All its alerts have ended at the source."
SHOWN_NAMES, MAX_SHOWN_NAME = 3, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """What a source said, being dealt with: whose, by whom, in which transaction, when."""

    integration: Integration
    actor: Actor
    uow: UnitOfWork
    now: datetime


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
            incident = await _found(known.incident_id, ring.uow)
            if incident is None or not incident.active:
                changes.end_with_its_incident(known)


async def _acknowledge(changes: Changes, ring: Ring) -> tuple[IncidentId, ...]:
    """Only what is open; what is being worked on or over needs nobody's word."""
    ids = dict.fromkeys(e.incident_id for e in changes.acknowledged.values() if e.incident_id)
    for id in ids:
        incident = await _found(id, ring.uow)
        if incident and incident.active and incident.can_become(State.ACKNOWLEDGED):
            acknowledged, event = incident.acknowledge(by=ring.actor, at=ring.now)
            await ring.uow.incidents.save(acknowledged, because=event)
    return tuple(ids)


async def _begin(changes: Changes, ring: Ring) -> list[Episode]:
    """What began, joined to the incidents it belongs to."""
    by_group = changes.by_group()
    known = await ring.uow.alerts.groups(ring.integration.id, list(by_group)) if by_group else {}
    joined: list[Episode] = []
    for key, begun in by_group.items():
        group = known.get(key) or AlertGroup(integration_id=ring.integration.id, key=key)
        incident = await _incident_for(group, [alert for alert, _ in begun], changes, ring)
        joined += [episode.joined(incident.id) for _, episode in begun]
    return joined


async def _incident_for(
    group: AlertGroup, alerts: list[Alert], changes: Changes, ring: Ring
) -> Incident:
    """The group's live incident; the one just resolved by its source, reopened; or a new one."""
    current = await _found(group.incident_id, ring.uow) if group.incident_id else None
    if current and current.active:
        restarted = changes.restarted_in(current.id)
        news = [alert for alert in alerts if alert.fingerprint not in restarted]
        return await _join(current, news, ring)
    if current and await _just_resolved(current, alerts, ring.uow):
        reopened, event = current.reopen("It fires again.", by=ring.actor, at=ring.now)
        return await ring.uow.incidents.save(reopened, because=event)
    incident = await _declare(alerts, ring)
    await ring.uow.alerts.save_group(replace(group, incident_id=incident.id))
    return incident


async def _found(id: IncidentId, uow: UnitOfWork) -> Incident | None:
    try:
        return await uow.incidents.get(id)
    except NotFound:
        return None


async def _just_resolved(incident: Incident, alerts: list[Alert], uow: UnitOfWork) -> bool:
    if incident.state is not State.RESOLVED or incident.resolved_by is not Surface.WEBHOOK:
        return False
    quiet_since = await uow.alerts.last_end(incident.id)
    first = min(alert.starts_at for alert in alerts)
    return quiet_since is not None and first - quiet_since < REOPENS_WITHIN


async def _join(incident: Incident, news: list[Alert], ring: Ring) -> Incident:
    if not news:
        return incident
    event = AlertsFired(
        incident_id=incident.id,
        by=ring.actor,
        at=ring.now,
        count=len(news),
        names=names_of(news),
    )
    return await ring.uow.incidents.save(incident, because=event)


async def _declare(alerts: list[Alert], ring: Ring) -> Incident:
    worst = max(alerts, key=lambda alert: alert.severity.rank)
    service = ring.integration.service_id
    incident = Incident(
        id=IncidentId(ring.uow.new_id("inc")),
        number=await ring.uow.incidents.next_number(),
        title=_title(alerts),
        description=cut_paragraphs(alerts[0].description, MAX_DESCRIPTION),
        severity=worst.severity,
        severity_word=worst.severity,
        urgency=worst.urgency,
        service_ids=(service,) if service else (),
        source=Surface.WEBHOOK,
        created_by_name=ring.actor.name,
        created_at=ring.now,
        updated_at=ring.now,
        published_at=ring.now,
    )
    declared = incident.declared(by=ring.actor, at=ring.now)
    return await ring.uow.incidents.save(incident, because=declared)


async def clear(
    id: IncidentId, gone: list[Episode], ring: Ring, *, because: str = ENDED_AT_THE_SOURCE
) -> None:
    """Resolve the incident when its last alert ended, else say which ones did."""
    incident = await _found(id, ring.uow)
    if incident is None or not incident.active:
        return
    if ring.integration.auto_resolve and not await ring.uow.alerts.firing_in(id):
        resolved, done = incident.resolve(because, by=ring.actor, at=ring.now)
        await ring.uow.incidents.save(resolved, because=done)
        return
    cleared = AlertsCleared(
        incident_id=id, by=ring.actor, at=ring.now, count=len(gone), names=names_of(gone)
    )
    await ring.uow.incidents.save(incident, because=cleared)


def _title(alerts: list[Alert]) -> str:
    """An alert cannot be sent back for a better title, so something is found to call it."""
    first = alerts[0]
    wanted = _spoken(first) if len(alerts) == 1 else first.group_title
    return cut_line(wanted, MAX_TITLE) or cut_line(first.name, MAX_TITLE) or "Unnamed alert"


def _spoken(alert: Alert | Episode) -> str:
    return alert.summary or alert.name


def names_of(alerts: Iterable[Alert | Episode]) -> tuple[str, ...]:
    distinct = dict.fromkeys(_spoken(alert) for alert in alerts)
    first = islice(distinct, SHOWN_NAMES)
    return tuple(cut_line(name, MAX_SHOWN_NAME) or "unnamed" for name in first)
