"""Editing an incident: several changes in one wish, all of them or none."""

from datetime import datetime

from core.commands import EditIncident
from core.domain.actor import Actor
from core.domain.events import IncidentFact
from core.domain.ids import UserId
from core.domain.incident import MAX_DESCRIPTION, MAX_TITLE, Incident
from core.domain.severity import severity_named
from core.domain.state import State
from core.domain.text import one_line, paragraphs
from core.errors import IllegalTransition
from core.ports import UnitOfWork
from core.usecases.incidents import load, require_assignee, require_services


async def edit(command: EditIncident, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    if command.service_ids is not None:
        await require_services(command.service_ids, uow)
    incident = await _details(incident, command, uow, now)
    incident = await _severity(incident, command, uow, now)
    incident = await _assignee(incident, command, uow, now)
    if command.state is None:
        return incident
    incident, event = move(incident, command.state, by=command.caller.actor, at=now)
    return await uow.incidents.save(incident, because=event)


def move(  # noqa: C901 - one line per state
    incident: Incident, state: State, *, by: Actor, at: datetime
) -> tuple[Incident, IncidentFact | None]:
    """Into `state`, by the move that leads there."""
    match state:
        case State.OPEN if incident.state is State.DRAFT:
            return incident.publish(by=by, at=at)
        case State.OPEN:
            return incident.reopen(by=by, at=at)
        case State.ACKNOWLEDGED:
            return incident.acknowledge(by=by, at=at)
        case State.SNOOZED:
            return incident.snooze(incident.snoozed_until, by=by, at=at)
        case State.SUPPRESSED:
            return incident.suppress(by=by, at=at)
        case State.RESOLVED:
            return incident.resolve(by=by, at=at)
        case State.CLOSED:
            return incident.close(by=by, at=at)
        case State.CANCELED:
            return incident.cancel(by=by, at=at)
        case State.DRAFT:
            return _stay_draft(incident)


def _stay_draft(incident: Incident) -> tuple[Incident, None]:
    if incident.state is not State.DRAFT:
        raise IllegalTransition(f"{incident.reference} is published; it cannot become a draft.")
    return incident, None


async def _details(
    incident: Incident, command: EditIncident, uow: UnitOfWork, now: datetime
) -> Incident:
    title, text, services = command.title, command.description, command.service_ids
    edited, event = incident.edit(
        title=incident.title if title is None else one_line(title, field="title", limit=MAX_TITLE),
        description=incident.description
        if text is None
        else paragraphs(text, field="description", limit=MAX_DESCRIPTION),
        service_ids=incident.service_ids if services is None else tuple(dict.fromkeys(services)),
        by=command.caller.actor,
        at=now,
    )
    return await uow.incidents.save(edited, because=event)


async def _severity(
    incident: Incident, command: EditIncident, uow: UnitOfWork, now: datetime
) -> Incident:
    if command.severity is None:
        return incident
    word = command.severity.strip().lower()
    changed, event = incident.change_severity(
        severity_named(word), word, by=command.caller.actor, at=now
    )
    return await uow.incidents.save(changed, because=event)


async def _assignee(
    incident: Incident, command: EditIncident, uow: UnitOfWork, now: datetime
) -> Incident:
    wanted: UserId | None = None if command.unassign else command.assignee_id
    if wanted is None and not command.unassign:
        return incident
    name = await require_assignee(wanted, command.caller, uow)
    assigned, event = incident.assign(wanted, name, by=command.caller.actor, at=now)
    return await uow.incidents.save(assigned, because=event)
