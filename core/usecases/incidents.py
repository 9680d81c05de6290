"""Use cases on incidents: load, decide, save, and leave the commit to the bus."""

from collections.abc import Iterable
from datetime import datetime

from core import commands as c
from core.domain.actor import Caller, Permission
from core.domain.events import EffectBuried, Event
from core.domain.ids import IncidentId, ServiceId, UpdateId, UserId
from core.domain.incident import MAX_DESCRIPTION, MAX_TITLE, Incident
from core.domain.severity import severity_named
from core.domain.state import OVER, Phase, State
from core.domain.text import one_line, paragraphs
from core.domain.update import MAX_TEXT, StatusUpdate
from core.errors import Conflict, InvalidInput
from core.permissions import require
from core.ports import UnitOfWork


async def declare(command: c.DeclareIncident, uow: UnitOfWork, now: datetime) -> Incident:
    actor = command.caller.actor
    title = one_line(command.title, field="title", limit=MAX_TITLE)
    description = paragraphs(command.description, field="description", limit=MAX_DESCRIPTION)
    severity = severity_named(command.severity)
    await require_services(command.service_ids, uow)
    if command.assignee_id:
        await require_assignee(command.assignee_id, command.caller, uow)
    incident = Incident(
        id=IncidentId(uow.new_id("inc")),
        number=await uow.incidents.next_number(),
        title=title,
        description=description,
        severity=severity,
        severity_word=command.severity.strip().lower(),
        state=State.DRAFT if command.draft else State.OPEN,
        service_ids=_once_each(command.service_ids),
        assignee_id=command.assignee_id,
        source=actor.surface,
        created_by=actor.user_id,
        created_by_name=actor.name,
        created_at=now,
        updated_at=now,
        published_at=None if command.draft else now,
    )
    return await uow.incidents.save(incident, because=incident.declared(by=actor, at=now))


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
        raise InvalidInput("That time has passed; snooze until a later one.", field="until")
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
    return await _resolve(await load(command, uow), summary, command.caller, uow, now)


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


async def post_update(command: c.PostUpdate, uow: UnitOfWork, now: datetime) -> Incident:
    text = paragraphs(command.text, field="text", limit=MAX_TEXT)
    if not text:
        raise InvalidInput("The update is empty; write what is known.", field="text")
    incident = await load(command, uow)
    phase = command.phase or incident.phase
    if phase is Phase.RESOLVED and incident.can_become(State.RESOLVED):
        return await _resolve(incident, text, command.caller, uow, now)
    update = _update(incident, phase, text, command.caller, uow, now)
    incident, event = incident.post_update(update.id, phase, text, by=command.caller.actor, at=now)
    saved = await uow.incidents.save(incident, because=event)
    await uow.updates.add(update)
    return saved


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


async def link_channel(command: c.LinkChannel, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    incident, event = incident.link_channel(
        command.channel_id, command.channel_name, by=command.caller.actor, at=now
    )
    return await uow.incidents.save(incident, because=event)


async def record_burial(command: c.RecordBurial, uow: UnitOfWork, now: datetime) -> Incident:
    """Told once per reason: what fails again for the same reason adds nothing."""
    incident = await load(command, uow)
    entries = await uow.timeline.entries(incident.id)
    if any(_tells(entry.event, command.reason) for entry in entries):
        return incident
    event = EffectBuried(
        incident_id=incident.id,
        by=command.caller.actor,
        at=now,
        effect=command.effect,
        reason=command.reason,
    )
    return await uow.incidents.save(incident, because=event)


async def load(command: c.IncidentCommand, uow: UnitOfWork) -> Incident:
    incident = await uow.incidents.get(command.incident_id)
    if command.expected_version not in (None, incident.version):
        raise Conflict(f"{incident.reference} was changed since you read it; read it again.")
    return incident


async def _resolve(
    incident: Incident, summary: str, caller: Caller, uow: UnitOfWork, now: datetime
) -> Incident:
    update = _update(incident, Phase.RESOLVED, summary, caller, uow, now) if summary else None
    incident, event = incident.resolve(
        summary, update_id=update.id if update else None, by=caller.actor, at=now
    )
    saved = await uow.incidents.save(incident, because=event)
    if event and update:
        await uow.updates.add(update)
    return saved


async def _assign(
    incident: Incident,
    assignee_id: UserId | None,
    caller: Caller,
    uow: UnitOfWork,
    now: datetime,
) -> Incident:
    name = await require_assignee(assignee_id, caller, uow)
    incident, event = incident.assign(assignee_id, name, by=caller.actor, at=now)
    return await uow.incidents.save(incident, because=event)


async def require_assignee(assignee_id: UserId | None, caller: Caller, uow: UnitOfWork) -> str:
    """The assignee's name. Everybody may take an incident; giving it away takes a permission."""
    if assignee_id is None or assignee_id != caller.actor.user_id:
        require(caller, Permission.ASSIGN_INCIDENTS)
    return (await uow.users.get(assignee_id)).name if assignee_id else ""


async def require_services(ids: Iterable[ServiceId], uow: UnitOfWork) -> None:
    wanted = frozenset(ids)
    missing = sorted(wanted - await uow.services.known(wanted)) if wanted else []
    if missing:
        raise InvalidInput(
            f"There is no service {missing[0]}; list them with GET /api/v1/services.",
            field="service_ids",
        )


def _update(
    incident: Incident, phase: Phase, text: str, caller: Caller, uow: UnitOfWork, now: datetime
) -> StatusUpdate:
    return StatusUpdate(
        id=UpdateId(uow.new_id("upd")),
        incident_id=incident.id,
        phase=phase,
        text=text,
        by=caller.actor,
        at=now,
    )


def _tells(event: Event, reason: str) -> bool:
    return isinstance(event, EffectBuried) and event.reason == reason


def _once_each(ids: tuple[ServiceId, ...]) -> tuple[ServiceId, ...]:
    return tuple(dict.fromkeys(ids))
