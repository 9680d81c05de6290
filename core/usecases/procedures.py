"""Use cases on procedures and their executions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from core import commands as c
from core.domain.actor import Actor, Caller
from core.domain.events import ProcedureRun
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.procedure import (
    MAX_TEXT,
    MAX_TITLE,
    MAX_WORD,
    MOST_STEPS,
    MOST_TAGS,
    Execution,
    ExecutionStatus,
    Procedure,
    Step,
)
from core.domain.severity import Severity, severity_named
from core.domain.text import cut_line, one_line, paragraphs
from core.errors import IllegalTransition, InvalidInput, NotFound
from core.language import say
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.incident_checks import incident_for, record_for

A_MOMENT = timedelta(minutes=1)
"""In which the same procedure is not begun twice by people who press."""

_ENDS = tuple(status for status in ExecutionStatus if status is not ExecutionStatus.RUNNING)


async def add(command: c.AddProcedure, uow: UnitOfWork, now: datetime) -> Procedure:
    procedure = Procedure(
        id=uow.new_id(Procedure.PREFIX),
        created_at=now,
        updated_at=now,
        title=_title(command.title),
        description=_text(command.description, "description"),
        category=_category(command.category),
        tags=_tags(command.tags),
        severity_scope=_scope(command.severity_scope),
        steps=_steps(command.steps),
    )
    return await records.add(procedure, uow, by=command.caller.actor, at=now)


async def edit(command: c.EditProcedure, uow: UnitOfWork, now: datetime) -> Procedure:
    before = await uow.records(Procedure).get(command.procedure_id)
    records.require_version(before, command.expected_version)
    after = records.revised(before, command, _MAKING)
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def delete(command: c.DeleteProcedure, uow: UnitOfWork, now: datetime) -> Procedure:
    procedure = await uow.records(Procedure).get(command.procedure_id)
    shown_in = await uow.likenesses.shown_in(procedure.id)
    return await records.remove(procedure, uow, by=command.caller.actor, at=now, shown_in=shown_in)


async def execute(command: c.ExecuteProcedure, uow: UnitOfWork, now: datetime) -> Execution:
    procedure = await uow.records(Procedure).get(command.procedure_id)
    incident = await _incident(command.incident_id, command.caller, uow)
    execution = Execution(
        id=uow.new_id(Execution.PREFIX),
        created_at=now,
        updated_at=now,
        procedure_id=procedure.id,
        title=procedure.title,
        steps=procedure.steps,
        incident_id=command.incident_id,
        urgency=cut_line(command.urgency, MAX_WORD),
        started_by=command.caller.actor.name,
    )
    if incident is not None:
        if command.unless_just_begun:
            await _require_not_just_begun(incident, procedure, uow, now)
        await _tell(incident, execution, command.caller.actor, uow)
    return await records.add(execution, uow, by=command.caller.actor, at=now)


async def _require_not_just_begun(
    incident: Incident, procedure: Procedure, uow: UnitOfWork, now: datetime
) -> None:
    for entry in await uow.timeline.entries(incident.id):
        event = entry.event
        if not isinstance(event, ProcedureRun) or event.procedure_id != procedure.id:
            continue
        if now - event.at < A_MOMENT:
            raise IllegalTransition(
                say(
                    "{name} started “{title}” just now; its steps are posted in the channel of "
                    "{reference}.",
                    name=event.by.name,
                    title=event.title,
                    reference=incident.reference,
                )
            )


async def _tell(incident: Incident, execution: Execution, by: Actor, uow: UnitOfWork) -> None:
    """That somebody begins to take its steps for the incident."""
    at = execution.created_at
    event = ProcedureRun(
        incident_id=incident.id,
        by=by,
        at=at,
        procedure_id=execution.procedure_id,
        execution_id=execution.id,
        title=execution.title,
    )
    await uow.incidents.save(replace(incident, updated_at=at), because=event)


async def end(command: c.EndExecution, uow: UnitOfWork, now: datetime) -> Execution:
    status = _ending(command.status)
    before = await record_for(command.caller, Execution, command.execution_id, uow)
    if before.status not in (ExecutionStatus.RUNNING, status):
        raise IllegalTransition(
            say(
                "The execution is {status}; it cannot become {status_2}.",
                status=before.status,
                status_2=status,
            )
        )
    after = replace(before, status=status, finished_at=before.finished_at or now)
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def _incident(id: IncidentId | None, caller: Caller, uow: UnitOfWork) -> Incident | None:
    if id is None:
        return None
    try:
        return await incident_for(caller, id, uow)
    except NotFound as error:
        raise InvalidInput(
            say("There is no incident with the id {id}.", id=id[:80]), field="context.incident_id"
        ) from error


def _title(text: str) -> str:
    return one_line(text, field="title", limit=MAX_TITLE)


def _text(text: str, field: str) -> str:
    return paragraphs(text, field=field, limit=MAX_TEXT)


def _category(text: str) -> str:
    return one_line(text, field="category", limit=MAX_WORD) if text.strip() else ""


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    cleaned = tuple(dict.fromkeys(one_line(tag, field="tags", limit=MAX_WORD) for tag in tags))
    if len(cleaned) > MOST_TAGS:
        raise InvalidInput(
            say("A procedure has {most_tags} tags at most.", most_tags=MOST_TAGS), field="tags"
        )
    return cleaned


def _scope(words: Iterable[str]) -> tuple[Severity, ...]:
    """Worst first, each once."""
    named = {severity_named(word, field="severity_scope") for word in words}
    return tuple(severity for severity in Severity if severity in named)


def _steps(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    if len(steps) > MOST_STEPS:
        raise InvalidInput(
            say("A procedure has {most_steps} steps at most.", most_steps=MOST_STEPS), field="steps"
        )
    return tuple(_step(number, step) for number, step in enumerate(steps))


def _step(number: int, step: Step) -> Step:
    return Step(
        title=one_line(step.title, field=f"steps.{number}.title", limit=MAX_TITLE),
        instructions=_text(step.instructions, f"steps.{number}.instructions"),
        command=_text(step.command, f"steps.{number}.command"),
    )


def _ending(word: str) -> ExecutionStatus:
    wanted = word.strip().lower()
    if wanted not in _ENDS:
        raise InvalidInput(
            say(
                "An execution ends as {ends}; “{word}” is none of them.",
                ends=", ".join(_ENDS),
                word=word[:80],
            ),
            field="status",
        )
    return ExecutionStatus(wanted)


_MAKING: records.Making = {
    "title": _title,
    "description": partial(_text, field="description"),
    "category": _category,
    "tags": _tags,
    "severity_scope": _scope,
    "steps": _steps,
}
