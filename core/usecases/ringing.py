"""The incident that alerts belong to: the live one of their group, reopened, or declared."""

from dataclasses import dataclass, replace
from datetime import timedelta

from core.domain.actor import Surface
from core.domain.alert import AlertGroup, Episode
from core.domain.ids import IncidentId
from core.domain.incident import MAX_DESCRIPTION, MAX_TITLE, Incident
from core.domain.state import State
from core.domain.text import cut_line, cut_paragraphs
from core.ports import UnitOfWork
from core.usecases.alert_joins import join
from core.usecases.ring import Begun, Restarted, Ring, Said, found, nothing_restarted, spoken

REOPENS_WITHIN = timedelta(minutes=5)
"""An alert that fires again so soon after its source resolved the incident reopens it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """An incident and the episodes that now belong to it."""

    incident: Incident
    episodes: tuple[Episode, ...]


async def ring_for(
    begun: Begun, ring: Ring, restarted: Restarted = nothing_restarted
) -> list[Called]:
    """Each group joined to its incident; the episodes are still to be put."""
    source = ring.integration.id
    known = await ring.uow.alerts.groups(source, list(begun)) if begun else {}
    called: list[Called] = []
    for key, members in begun.items():
        group = known.get(key) or AlertGroup(integration_id=source, key=key)
        incident = await _incident_for(group, [said for said, _ in members], ring, restarted)
        episodes = tuple(episode.joined(incident.id) for _, episode in members)
        called.append(Called(incident=incident, episodes=episodes))
    return called


async def _incident_for(
    group: AlertGroup, alerts: list[Said], ring: Ring, restarted: Restarted
) -> Incident:
    """The group's live incident; the one just resolved by its source, reopened; or a new one."""
    current = await found(group.incident_id, ring.uow)
    if current and current.active:
        again = restarted(current.id)
        news = [alert for alert in alerts if alert.fingerprint not in again]
        return await join(current, news, ring)
    if current and await _just_resolved(current, alerts, ring.uow):
        reopened, event = current.reopen("It fires again.", by=ring.actor, at=ring.now)
        return await ring.uow.incidents.save(reopened, because=event)
    incident = await _declare(alerts, ring)
    await ring.uow.alerts.save_group(replace(group, incident_id=incident.id))
    return incident


async def _just_resolved(incident: Incident, alerts: list[Said], uow: UnitOfWork) -> bool:
    if incident.state is not State.RESOLVED or incident.resolved_by is not Surface.WEBHOOK:
        return False
    quiet_since = await uow.alerts.last_end(incident.id)
    first = min(alert.starts_at for alert in alerts)
    return quiet_since is not None and first - quiet_since < REOPENS_WITHIN


async def _declare(alerts: list[Said], ring: Ring) -> Incident:
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


def _title(alerts: list[Said]) -> str:
    """An alert cannot be sent back for a better title, so something is found to call it."""
    first = alerts[0]
    wanted = spoken(first) if len(alerts) == 1 else first.group_title
    return cut_line(wanted, MAX_TITLE) or cut_line(first.name, MAX_TITLE) or "Unnamed alert"
