"""Use cases on what is said of an incident: updates in a phase, and notes among those at work."""

from dataclasses import dataclass, replace
from datetime import datetime

from core import commands as c
from core.domain.actor import Actor, Caller
from core.domain.events import IncidentResolved, UpdatePosted
from core.domain.ids import NoteId, UpdateId
from core.domain.incident import Incident
from core.domain.state import OVER, Phase, State
from core.domain.text import paragraphs
from core.domain.update import MAX_TEXT, Note, StatusUpdate
from core.errors import IllegalTransition, InvalidInput
from core.language import say
from core.ports import UnitOfWork
from core.usecases.incident_checks import load
from core.usecases.incident_words import message_text


async def post_update(command: c.PostUpdate, uow: UnitOfWork, now: datetime) -> Incident:
    text = message_text(command.text)
    promised = command.next_update_at
    if promised is not None and promised <= now:
        raise InvalidInput(
            say("That time has passed; promise the next update for a later one."),
            field="next_update_at",
        )
    incident = await load(command, uow)
    if command.while_active and incident.state in OVER:
        raise IllegalTransition(say("{reference} is over by now.", reference=incident.reference))
    update = an_update(incident, command.phase, text, command.caller, uow, now)
    return await telling(incident, update, promised).saved(uow)


async def add_note(command: c.AddNote, uow: UnitOfWork, now: datetime) -> Note:
    text = paragraphs(command.text, field="text", limit=MAX_TEXT)
    if not text:
        raise InvalidInput(say("The note is empty; write what others should know."), field="text")
    incident = await load(command, uow)
    note = Note(
        id=NoteId(uow.new_id("nte")),
        incident_id=incident.id,
        text=text,
        by=command.caller.actor,
        at=now,
    )
    incident, event = incident.note(note.id, text, by=note.by, at=now)
    await uow.incidents.save(incident, because=event)
    await uow.notes.add(note)
    return note


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a message makes of an incident, before anything is saved."""

    incident: Incident
    event: UpdatePosted | IncidentResolved | None
    update: StatusUpdate | None

    async def saved(self, uow: UnitOfWork) -> Incident:
        incident = await uow.incidents.save(self.incident, because=self.event)
        if self.event and self.update:
            await uow.updates.add(_noted(self.update, incident))
        return incident


def _noted(update: StatusUpdate, incident: Incident) -> StatusUpdate:
    """With what the incident has by it."""
    return replace(
        update,
        status=incident.status_id or f"{incident.state}/{incident.phase}",
        severity=incident.severity_id or incident.severity,
    )


async def tell(
    incident: Incident,
    phase: Phase | None,
    text: str,
    caller: Caller,
    uow: UnitOfWork,
    now: datetime,
) -> Incident:
    update = an_update(incident, phase, text, caller, uow, now)
    return await telling(incident, update).saved(uow)


def telling(incident: Incident, update: StatusUpdate, next_at: datetime | None = None) -> Telling:
    """A message of the phase Resolved also resolves what can be. `next_at` promises another."""
    if update.phase is Phase.RESOLVED and incident.can_become(State.RESOLVED):
        return resolving(incident, update, by=update.by, at=update.at)
    told, event = incident.post_update(
        update.id, update.phase, update.text, next_at=next_at, by=update.by, at=update.at
    )
    return Telling(incident=told, event=event, update=update)


def resolving(
    incident: Incident, update: StatusUpdate | None, *, by: Actor, at: datetime
) -> Telling:
    """With a last message, or without one."""
    resolved, event = incident.resolve(
        update.text if update else "", update_id=update.id if update else None, by=by, at=at
    )
    return Telling(incident=resolved, event=event, update=update)


def an_update(
    incident: Incident,
    phase: Phase | None,
    text: str,
    caller: Caller,
    uow: UnitOfWork,
    now: datetime,
) -> StatusUpdate:
    return StatusUpdate(
        id=UpdateId(uow.new_id("upd")),
        incident_id=incident.id,
        phase=phase or incident.phase,
        text=text,
        by=caller.actor,
        at=now,
    )
