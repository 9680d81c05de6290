"""What people set right about single alerts: it is no incident, or one of its own."""

from dataclasses import replace
from datetime import datetime

from core.commands import alerting as a
from core.domain.actor import Surface
from core.domain.alert import AlertGroup, Episode, Fate
from core.domain.choice_words import worded
from core.domain.events import AlertDismissed, AlertSplit
from core.domain.incident import Incident
from core.domain.state import State
from core.errors import IllegalTransition
from core.language import say, to_say
from core.ports import UnitOfWork
from core.usecases.alert_endings import clear
from core.usecases.declaring import declare
from core.usecases.incident_checks import alert_for
from core.usecases.ring import Ring, found, names_of
from core.usecases.waves import Member

NO_INCIDENT = to_say("What it was declared for is no incident.")


async def dismiss(command: a.DismissAlert, uow: UnitOfWork, now: datetime) -> Episode:
    episode = await alert_for(command.caller, command.alert_id, uow)
    if episode.fate is Fate.DISMISSED:
        return episode
    actor = command.caller.actor
    before = await _left(episode, uow)
    gone = episode.quieted(Fate.DISMISSED, note=f"as {actor.name} said")
    dismissed = replace(gone, incident_id=None, flapping=False)
    await uow.alerts.put([dismissed])
    if before:
        [name] = names_of([episode])
        event = AlertDismissed(incident_id=before.id, by=actor, at=now, name=name)
        left = await uow.incidents.save(before, because=event)
        await without(left, await _ring(episode, command, uow, now))
    return dismissed


async def split(command: a.SplitAlert, uow: UnitOfWork, now: datetime) -> Incident:
    episode = await alert_for(command.caller, command.alert_id, uow)
    if not episode.firing:
        raise IllegalTransition(say("This alert has ended; there is nothing to split off."))
    before = await _left(episode, uow)
    if before and await uow.alerts.count_in(before.id) == 1:
        message = say(
            "This is the only alert of {reference}; there is nothing to split off.",
            reference=before.reference,
        )
        raise IllegalTransition(message)
    ring = await _ring(episode, command, uow, now)
    incident = await declare([Member(said=episode, episode=episode)], ring)
    await uow.alerts.put([episode.joined(incident.id, Fate.SPLIT, f"by {ring.actor.name}")])
    await _lead_its_group(episode, incident, ring)
    if before:
        [name] = names_of([episode])
        event = AlertSplit(
            incident_id=before.id, by=ring.actor, at=now, name=name, other=incident.reference
        )
        await without(await uow.incidents.save(before, because=event), ring)
    return incident


async def _left(episode: Episode, uow: UnitOfWork) -> Incident | None:
    """The live incident that the alert leaves, if it is in one."""
    incident = await found(episode.incident_id, uow)
    if incident and not incident.active:
        raise IllegalTransition(
            say(
                "{reference} is {state}; its alerts stay in it.",
                reference=incident.reference,
                state=worded(incident.state),
            )
        )
    return incident


async def without(incident: Incident, ring: Ring, *, because: str = NO_INCIDENT) -> None:
    """What becomes of an incident that an alert has left; canceled where it was the last one."""
    left = await ring.uow.alerts.count_in(incident.id)
    if left:
        if not await ring.uow.alerts.firing_in(incident.id):
            await clear(incident.id, [], ring)
        return
    if incident.source is Surface.WEBHOOK and incident.can_become(State.CANCELED):
        canceled, event = incident.cancel(because, by=ring.actor, at=ring.now)
        await ring.uow.incidents.save(canceled, because=event)


async def _lead_its_group(episode: Episode, incident: Incident, ring: Ring) -> None:
    """What the group says later belongs to the new incident."""
    source = episode.integration_id
    known = await ring.uow.alerts.groups(source, [episode.group])
    group = known.get(episode.group) or AlertGroup(integration_id=source, key=episode.group)
    await ring.uow.alerts.save_group(replace(group, incident_id=incident.id, opened_at=ring.now))


async def _ring(
    episode: Episode, command: a.DismissAlert | a.SplitAlert, uow: UnitOfWork, now: datetime
) -> Ring:
    integration = await uow.integrations.get(episode.integration_id)
    return Ring(integration=integration, actor=command.caller.actor, uow=uow, now=now)
