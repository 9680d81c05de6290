"""Alerts that drifted: a source says what fires there, and what fires here alone has ended."""

from datetime import datetime

from core.commands import alerting as a
from core.domain.alert import Episode
from core.domain.ids import EpisodeId, IncidentId
from core.ports import UnitOfWork
from core.usecases.alert_endings import clear
from core.usecases.ring import Ring

ENDED_UNHEARD = "Its alerts fire no more at the source, which was asked."


async def reconcile(
    command: a.ReconcileAlerts, uow: UnitOfWork, now: datetime
) -> tuple[EpisodeId, ...]:
    """What was heard after the source was asked may be news to its answer."""
    integration = await uow.integrations.get(command.integration_id)
    ring = Ring(integration=integration, actor=command.caller.actor, uow=uow, now=now)
    drifted = [
        episode.ended(max(command.asked_at, episode.starts_at))
        for episode in await uow.alerts.firing_of(integration.id)
        if episode.fingerprint not in command.firing and _heard_by(command.asked_at, episode)
    ]
    await uow.alerts.put(drifted)
    gone: dict[IncidentId, list[Episode]] = {}
    for episode in drifted:
        if episode.incident_id:
            gone.setdefault(episode.incident_id, []).append(episode)
    for id, episodes in gone.items():
        await clear(id, episodes, ring, because=ENDED_UNHEARD)
    return tuple(episode.id for episode in drifted)


def _heard_by(asked_at: datetime, episode: Episode) -> bool:
    return episode.starts_at <= asked_at
