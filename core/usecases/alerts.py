"""From a delivery of an alert source to incidents: one per group, joined, resolved, reopened."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import assert_never

from core import commands as c
from core.domain.actor import Caller, Surface
from core.domain.alert import Alert, AlertGroup, Episode, Fingerprint, GroupKey
from core.domain.events import AlertsCleared, AlertsFired
from core.domain.ids import EpisodeId, IncidentId
from core.domain.incident import MAX_TITLE, Incident
from core.domain.integration import Integration
from core.domain.state import State
from core.domain.text import one_line, shorten
from core.domain.triage import Begin, End, Ignore, Record, triage
from core.errors import NotFound
from core.ports import UnitOfWork

REOPENS_WITHIN = timedelta(minutes=5)
"""An alert that fires again so soon after its source resolved the incident reopens it."""

SHOWN_NAMES = 3


@dataclass(slots=True)
class _Changes:
    """What one delivery changes in one group, gathered before anything is saved."""

    begun: list[tuple[Alert, Episode]] = field(default_factory=list)
    ended: list[Episode] = field(default_factory=list)
    superseded: list[Episode] = field(default_factory=list)
    recorded: list[Episode] = field(default_factory=list)


async def triage_alerts(
    command: c.TriageAlerts, uow: UnitOfWork, now: datetime
) -> tuple[IncidentId, ...]:
    if not await uow.deliveries.settle(command.delivery_id, now):
        return ()
    integration = await uow.integrations.get(command.integration_id)
    changes = await _decide(command, uow)
    groups = await uow.alerts.groups(integration.id, list(changes))
    touched: list[IncidentId] = []
    for key, change in changes.items():
        group = groups.get(key) or AlertGroup(integration_id=integration.id, key=key)
        touched += await _apply(change, group, integration, command.caller, uow, now)
    return tuple(dict.fromkeys(touched))


async def refuse_delivery(command: c.RefuseDelivery, uow: UnitOfWork, now: datetime) -> None:
    await uow.deliveries.refuse(command.delivery_id, command.reason, now)


async def _decide(command: c.TriageAlerts, uow: UnitOfWork) -> dict[GroupKey, _Changes]:
    fingerprints = list(dict.fromkeys(alert.fingerprint for alert in command.alerts))
    latest = await uow.alerts.latest(command.integration_id, fingerprints)
    changes: dict[GroupKey, _Changes] = {}
    for alert in command.alerts:
        change = changes.setdefault(alert.group, _Changes())
        episode = _note(alert, latest.get(alert.fingerprint), change, command, uow)
        if episode:
            latest[Fingerprint(alert.fingerprint)] = episode
    return changes


def _note(
    alert: Alert,
    latest: Episode | None,
    change: _Changes,
    command: c.TriageAlerts,
    uow: UnitOfWork,
) -> Episode | None:
    """Write the verdict down; answers the fingerprint's latest episode when that changed."""
    match triage(alert, latest):
        case Begin(supersedes=before):
            if before:
                change.superseded.append(before.ended(alert.starts_at))
            episode = _episode(alert, command, uow)
            change.begun.append((alert, episode))
        case End(episode=open_episode, at=at):
            episode = open_episode.ended(at)
            change.ended.append(episode)
        case Record(ends_at=ends_at):
            episode = _episode(alert, command, uow).ended(ends_at)
            change.recorded.append(episode)
        case Ignore():
            return None
        case verdict:
            assert_never(verdict)
    return episode


async def _apply(
    change: _Changes,
    group: AlertGroup,
    integration: Integration,
    caller: Caller,
    uow: UnitOfWork,
    now: datetime,
) -> list[IncidentId]:
    begun = [episode for _, episode in change.begun]
    touched = {e.incident_id for e in (*change.ended, *change.superseded) if e.incident_id}
    incident = None
    if begun:
        incident = await _incident_for(change, group, integration, caller, uow, now)
        begun = [episode.joined(incident.id) for episode in begun]
    await uow.alerts.put([*change.superseded, *change.ended, *change.recorded, *begun])
    for id in sorted(touched):
        await _cleared(id, change.ended, integration, caller, uow, now)
    return [*([incident.id] if incident else []), *sorted(touched)]


async def _incident_for(
    change: _Changes,
    group: AlertGroup,
    integration: Integration,
    caller: Caller,
    uow: UnitOfWork,
    now: datetime,
) -> Incident:
    """The group's live incident; the one just resolved by its source, reopened; or a new one."""
    current = await _current(group, uow)
    alerts = [alert for alert, _ in change.begun]
    if current and current.active:
        return await _join(current, _fresh(alerts, change), caller, uow, now)
    if current and _just_resolved(current, alerts):
        reopened, event = current.reopen("It fires again.", by=caller.actor, at=now)
        return await uow.incidents.save(reopened, because=event)
    incident = await _declare(alerts, integration, caller, uow, now)
    await uow.alerts.save_group(replace(group, incident_id=incident.id))
    return incident


async def _current(group: AlertGroup, uow: UnitOfWork) -> Incident | None:
    if group.incident_id is None:
        return None
    try:
        return await uow.incidents.get(group.incident_id)
    except NotFound:
        return None


def _fresh(alerts: list[Alert], change: _Changes) -> list[Alert]:
    """Without those that only restarted while they were firing: they are no news."""
    restarted = {episode.fingerprint for episode in change.superseded}
    return [alert for alert in alerts if alert.fingerprint not in restarted]


def _just_resolved(incident: Incident, alerts: list[Alert]) -> bool:
    by_source = incident.state is State.RESOLVED and incident.resolved_by is Surface.WEBHOOK
    first = min(alert.starts_at for alert in alerts)
    return (
        by_source
        and incident.resolved_at is not None
        and (first - incident.resolved_at < REOPENS_WITHIN)
    )


async def _join(
    incident: Incident, alerts: list[Alert], caller: Caller, uow: UnitOfWork, now: datetime
) -> Incident:
    if not alerts:
        return incident
    event = AlertsFired(
        incident_id=incident.id,
        by=caller.actor,
        at=now,
        count=len(alerts),
        names=_names(_spoken(alert) for alert in alerts),
    )
    return await uow.incidents.save(incident, because=event)


async def _declare(
    alerts: list[Alert],
    integration: Integration,
    caller: Caller,
    uow: UnitOfWork,
    now: datetime,
) -> Incident:
    severity = max((alert.severity for alert in alerts), key=lambda level: level.rank)
    incident = Incident(
        id=IncidentId(uow.new_id("inc")),
        number=await uow.incidents.next_number(),
        title=_title(alerts),
        description=alerts[0].description,
        severity=severity,
        severity_word=severity,
        service_ids=(integration.service_id,) if integration.service_id else (),
        source=Surface.WEBHOOK,
        created_by_name=caller.actor.name,
        created_at=now,
        updated_at=now,
        published_at=now,
    )
    return await uow.incidents.save(incident, because=incident.declared(by=caller.actor, at=now))


async def _cleared(
    id: IncidentId,
    ended: Iterable[Episode],
    integration: Integration,
    caller: Caller,
    uow: UnitOfWork,
    now: datetime,
) -> None:
    """Resolve the incident when its last alert ended, else say which ones did."""
    try:
        incident = await uow.incidents.get(id)
    except NotFound:
        return
    gone = [episode for episode in ended if episode.incident_id == id]
    if not incident.active or not gone:
        return
    if integration.auto_resolve and not await uow.alerts.firing_in(id):
        resolved, done = incident.resolve(
            "All its alerts have ended at the source.", by=caller.actor, at=now
        )
        await uow.incidents.save(resolved, because=done)
        return
    names = _names(_called(episode) for episode in gone)
    cleared = AlertsCleared(incident_id=id, by=caller.actor, at=now, count=len(gone), names=names)
    await uow.incidents.save(incident, because=cleared)


def _episode(alert: Alert, command: c.TriageAlerts, uow: UnitOfWork) -> Episode:
    return Episode(
        id=EpisodeId(uow.new_id("alr")),
        integration_id=command.integration_id,
        fingerprint=alert.fingerprint,
        starts_at=alert.starts_at,
        name=alert.name,
        severity=alert.severity,
        summary=alert.summary,
        labels=alert.labels,
        links=alert.links,
    )


def _title(alerts: list[Alert]) -> str:
    title = _spoken(alerts[0]) if len(alerts) == 1 else alerts[0].group_title
    return one_line(shorten(title, MAX_TITLE), field="title", limit=MAX_TITLE)


def _spoken(alert: Alert) -> str:
    return alert.summary or alert.name


def _called(episode: Episode) -> str:
    return episode.summary or episode.name


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shorten(name, 80) for name in names))[:SHOWN_NAMES]
