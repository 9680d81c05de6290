"""Alerts that drifted: a source says what fires there, and what fires here alone has ended."""

from datetime import datetime

from core.commands import alerting as a
from core.domain.fates import ended_because, unheard
from core.domain.ids import EpisodeId
from core.language import to_say
from core.ports import UnitOfWork
from core.usecases.alert_endings import clear_all
from core.usecases.ring import Ring

ENDED_UNHEARD = to_say("Its alerts fire no more at the source, which was asked.")


async def reconcile(
    command: a.ReconcileAlerts, uow: UnitOfWork, now: datetime
) -> tuple[EpisodeId, ...]:
    """What began after the source was asked may be news to its answer."""
    integration = await uow.integrations.get(command.integration_id)
    ring = Ring(integration=integration, actor=command.caller.actor, uow=uow, now=now)
    known = await uow.alerts.latest(integration.id, sorted(command.missing))
    drifted = [
        ended_because(episode, max(command.asked_at, episode.starts_at), unheard(command.asked_at))
        for episode in known.values()
        if episode.firing and episode.starts_at <= command.asked_at
    ]
    await uow.alerts.put(drifted)
    await clear_all(drifted, ring, because=ENDED_UNHEARD)
    return tuple(episode.id for episode in drifted)
