"""Use cases on incidents: load, decide, save, and leave the commit to the bus."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from core import commands as c
from core.domain.actor import Caller
from core.domain.ids import IncidentId, UserId
from core.domain.incident import Incident
from core.domain.severity import Severity, severity_named
from core.domain.state import OVER, Phase, State
from core.domain.text import paragraphs
from core.domain.update import MAX_TEXT
from core.errors import InvalidInput
from core.flaws import Flaws
from core.language import say
from core.ports import UnitOfWork
from core.usecases.incident_checks import (
    load,
    require_assignee,
    require_member,
    require_players,
    require_services,
    require_somebody,
)
from core.usecases.incident_words import message_text, words_of
from core.usecases.left_undone import leave_undone
from core.usecases.messages import an_update, resolving, tell

_BORN = frozenset({State.DRAFT, State.OPEN, State.RESOLVED, State.CLOSED})


async def declare(command: c.DeclareIncident, uow: UnitOfWork, now: datetime) -> Incident:
    """Everything that is wrong with the wish is told at once."""
    actor, message, flaws = command.caller.actor, command.first_message, Flaws()
    words = words_of(command, flaws)
    severity = flaws.checked(lambda: severity_named(command.severity), Severity.LOW)
    text = flaws.checked(lambda: message_text(message.text), "") if message else ""
    await _require(command, uow, flaws)
    birth = _birth(command, now)
    flaws.refuse()
    incident = Incident(
        id=IncidentId(uow.new_id("inc")),
        number=await uow.incidents.next_number(),
        severity=severity,
        severity_word=command.severity.strip().lower(),
        assignee_id=command.assignee_id,
        source=actor.surface,
        created_by=actor.user_id,
        created_by_name=actor.name,
        created_at=now,
        updated_at=now,
        mode=command.mode,
        severity_id=command.severity_id,
        status_id=command.status_id,
        metric_id=command.metric_id,
        private=command.private,
        **words,
        **birth,
    )
    saved = await uow.incidents.save(incident, because=incident.declared(by=actor, at=now))
    return await tell(saved, message.phase, text, command.caller, uow, now) if message else saved


async def _require(command: c.DeclareIncident, uow: UnitOfWork, flaws: Flaws) -> None:
    """Whatever is spoken of is there."""
    if command.private:
        require_member(command.caller)
    if command.service_ids:
        await flaws.awaited(require_services(command.service_ids, uow), None)
    # Of what is over it is told who did it, also where they have left since.
    past = command.state in OVER or command.phase is Phase.RESOLVED
    if id := command.assignee_id:
        led = require_assignee(id, command.caller, uow, id if past else None)
        await flaws.awaited(led, "")
    if command.roles:
        played = require_players(command.roles, uow, command.roles if past else ())
        await flaws.awaited(played, None)


def _birth(command: c.DeclareIncident, now: datetime) -> dict[str, Any]:
    """In which state it begins, and since when. A phase that is over is a state that is."""
    if command.state not in _BORN:
        raise InvalidInput(
            say(
                "An incident does not begin {state}; use {sorted}.",
                state=command.state,
                sorted=", ".join(sorted(_BORN)),
            ),
            field="state",
        )
    state = command.state
    if command.phase is Phase.RESOLVED and state not in OVER:
        state = State.RESOLVED
    over = state in OVER
    return {
        "state": state,
        "phase": Phase.RESOLVED if over else command.phase,
        "published_at": None if command.state is State.DRAFT else now,
        "resolved_at": now if over else None,
        "resolved_by": command.caller.actor.surface if over else None,
        "closed_at": now if state is State.CLOSED else None,
    }


async def publish(command: c.PublishIncident, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    incident, event = incident.publish(by=command.caller.actor, at=now)
    return await uow.incidents.save(incident, because=event)


async def acknowledge(command: c.AcknowledgeIncident, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    incident, event = incident.acknowledge(by=command.caller.actor, at=now)
    return await uow.incidents.save(incident, because=event)


async def reopen(command: c.ReopenIncident, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    reason = paragraphs(command.reason, field="reason", limit=MAX_TEXT)
    incident, event = incident.reopen(reason, by=command.caller.actor, at=now)
    return await uow.incidents.save(incident, because=event)


async def snooze(command: c.SnoozeIncident, uow: UnitOfWork, now: datetime) -> Incident:
    if command.until is not None and command.until <= now:
        raise InvalidInput(say("That time has passed; snooze until a later one."), field="until")
    incident = await load(command, uow)
    incident, event = incident.snooze(command.until, by=command.caller.actor, at=now)
    return await uow.incidents.save(incident, because=event)


async def suppress(command: c.SuppressIncident, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    reason = paragraphs(command.reason, field="reason", limit=MAX_TEXT)
    incident, event = incident.suppress(reason, by=command.caller.actor, at=now)
    return await uow.incidents.save(incident, because=event)


async def resolve(command: c.ResolveIncident, uow: UnitOfWork, now: datetime) -> Incident:
    summary = paragraphs(command.summary, field="summary", limit=MAX_TEXT)
    root_cause = paragraphs(command.root_cause, field="root_cause", limit=MAX_TEXT)
    incident, caller = await load(command, uow), command.caller
    if incident.state is State.RESOLVED:
        return await _explain(incident, summary, root_cause, command, uow, now)
    update = an_update(incident, Phase.RESOLVED, summary, caller, uow, now) if summary else None
    told = resolving(incident, update, by=caller.actor, at=now)
    explained = replace(told.incident, root_cause=root_cause or incident.root_cause)
    resolved = await replace(told, incident=explained).saved(uow)
    await leave_undone(command, uow, now)
    return resolved


async def _explain(
    incident: Incident,
    summary: str,
    root_cause: str,
    command: c.ResolveIncident,
    uow: UnitOfWork,
    now: datetime,
) -> Incident:
    """What is resolved stays as it was resolved; only what nobody has said yet is added."""
    edited, event = incident.edit(
        by=command.caller.actor,
        at=now,
        resolution=incident.resolution or summary,
        root_cause=root_cause or incident.root_cause,
    )
    await leave_undone(command, uow, now)
    return await uow.incidents.save(edited, because=event)


async def close(command: c.CloseIncident, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    incident, event = incident.close(by=command.caller.actor, at=now)
    return await uow.incidents.save(incident, because=event)


async def cancel(command: c.CancelIncident, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    reason = paragraphs(command.reason, field="reason", limit=MAX_TEXT)
    incident, event = incident.cancel(reason, by=command.caller.actor, at=now)
    return await uow.incidents.save(incident, because=event)


async def delete(command: c.DeleteIncident, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    incident, event = incident.delete(by=command.caller.actor, at=now)
    return await uow.incidents.save(incident, because=event)


async def change_severity(command: c.ChangeSeverity, uow: UnitOfWork, now: datetime) -> Incident:
    severity = severity_named(command.severity)
    incident = await load(command, uow)
    incident, event = incident.change_severity(
        severity, command.severity.strip().lower(), by=command.caller.actor, at=now
    )
    return await uow.incidents.save(incident, because=event)


async def assign(command: c.AssignIncident, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    taken = incident.assignee_id not in (None, command.assignee_id)
    if command.only_if_unassigned and (taken or incident.state in OVER):
        return incident
    return await _assign(incident, command.assignee_id, command.caller, uow, now)


async def _assign(
    incident: Incident,
    assignee_id: UserId | None,
    caller: Caller,
    uow: UnitOfWork,
    now: datetime,
) -> Incident:
    name = await require_assignee(assignee_id, caller, uow, incident.assignee_id)
    before = incident
    incident, event = incident.assign(assignee_id, name, by=caller.actor, at=now)
    await require_somebody(before, incident, "assignee_id", uow)
    return await uow.incidents.save(incident, because=event)
