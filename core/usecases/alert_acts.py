"""What people and programs do with single alerts, and with the sources they come from."""

from datetime import datetime

from core import commands as c
from core.domain.account import MAX_NAME
from core.domain.alert import Episode, Fate
from core.domain.choice_words import worded
from core.domain.events import AlertsFired, AlertSplit, IntegrationCreated
from core.domain.incident import Incident
from core.domain.incident_together import may_tell_of
from core.domain.integration import Integration, events_source_id
from core.domain.text import cut_line
from core.errors import IllegalTransition, NotFound
from core.language import say, to_say
from core.ports import UnitOfWork
from core.usecases.alert_corrections import without
from core.usecases.alert_endings import clear
from core.usecases.incident_checks import alert_for, incident_for
from core.usecases.ring import Ring, found, names_of

ENDED_BY_HAND = to_say("All its alerts have been resolved.")
MOVED_AWAY = to_say("Its alerts were moved to another incident.")
"""Everybody who reads of the one may not know of the other; its history says which it is to those
who may."""


async def resolve_alert(command: c.ResolveAlert, uow: UnitOfWork, now: datetime) -> Episode:
    episode = await alert_for(command.caller, command.alert_id, uow)
    if not episode.firing:
        return episode
    ended = episode.ended(max(now, episode.starts_at))
    await uow.alerts.put([ended])
    if ended.incident_id:
        ring = await _ring(ended, command, uow, now)
        await clear(ended.incident_id, [ended], ring, because=ENDED_BY_HAND, at_once=True)
    return ended


async def attach_alert(command: c.AttachAlert, uow: UnitOfWork, now: datetime) -> Episode:
    episode = await alert_for(command.caller, command.alert_id, uow)
    incident = await incident_for(command.caller, command.incident_id, uow)
    if episode.incident_id == incident.id:
        return episode
    _require_takes(incident, episode)
    before = await found(episode.incident_id, uow)
    joined = episode.joined(incident.id, Fate.ATTACHED, f"by {command.caller.actor.name}")
    await uow.alerts.put([joined])
    event = AlertsFired(
        incident_id=incident.id,
        by=command.caller.actor,
        at=now,
        count=1,
        names=names_of([joined]),
    )
    await uow.incidents.save(incident, because=event)
    if before and before.active:
        ring = await _ring(joined, command, uow, now)
        await _leave(before, joined, incident, ring)
    return joined


def _require_takes(incident: Incident, episode: Episode) -> None:
    if not incident.published_at:
        raise IllegalTransition(
            say("{reference} is a draft; publish it first.", reference=incident.reference)
        )
    if episode.firing and not incident.active:
        raise IllegalTransition(
            say(
                "{reference} is {state}; reopen it first, or attach the alert, which still "
                "fires, to an incident that goes on.",
                reference=incident.reference,
                state=worded(incident.state),
            )
        )


async def _leave(before: Incident, episode: Episode, other: Incident, ring: Ring) -> None:
    [name] = names_of([episode])
    where = other.reference if may_tell_of(before, other) else ""
    event = AlertSplit(incident_id=before.id, by=ring.actor, at=ring.now, name=name, other=where)
    left = await ring.uow.incidents.save(before, because=event)
    await without(left, ring, because=MOVED_AWAY)


async def _ring(
    episode: Episode, command: c.ResolveAlert | c.AttachAlert, uow: UnitOfWork, now: datetime
) -> Ring:
    integration = await uow.integrations.get(episode.integration_id)
    return Ring(integration=integration, actor=command.caller.actor, uow=uow, now=now)


async def open_event_source(
    command: c.OpenEventSource, uow: UnitOfWork, now: datetime
) -> Integration:
    id = events_source_id(command.service_id)
    try:
        return await uow.integrations.get(id)
    except NotFound:
        service = await uow.services.get(command.service_id)
    name = cut_line(f"Events of {service.name}", MAX_NAME)
    integration = Integration(
        id=id,
        source="pagerduty",
        name=name,
        # The hash of no token at all, so the source opens to keys of the API alone.
        token_hash=f"none:{id}",
        service_id=service.id,
        created_at=now,
    )
    event = IntegrationCreated(by=command.caller.actor, at=now, integration_id=id, name=name)
    return await uow.integrations.save(integration, because=event)
