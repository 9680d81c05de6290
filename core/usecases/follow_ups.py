"""Use cases on follow-ups."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from core import commands as c
from core.domain.actor import Actor, Caller
from core.domain.follow_up import (
    MAX_DESCRIPTION,
    MAX_LABEL,
    MAX_TITLE,
    MOST_LABELS,
    FollowUp,
    FollowUpStatus,
)
from core.domain.ids import IncidentId, UserId
from core.domain.text import one_line, paragraphs
from core.domain.timer import Timer, TimerKind
from core.errors import InvalidInput, NotFound
from core.language import say
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.incident_checks import admitted, incident_for, record_for
from core.usecases.settings import settings_in


async def add(command: c.AddFollowUp, uow: UnitOfWork, now: datetime) -> FollowUp:
    await _require_incident(command.incident_id, command.caller, uow)
    await _require_user(command.assignee_id, uow)
    follow_up = FollowUp(
        id=uow.new_id(FollowUp.PREFIX),
        created_at=now,
        updated_at=now,
        incident_id=command.incident_id,
        title=_title(command.title),
        description=_description(command.description),
        assignee_id=command.assignee_id,
        labels=_labels(command.labels),
        due_at=_due(command.due_at, now),
        author=command.caller.actor.name,
    )
    added = await records.add(follow_up, uow, by=command.caller.actor, at=now)
    await watch(added, uow, now)
    return added


async def edit(command: c.EditFollowUp, uow: UnitOfWork, now: datetime) -> FollowUp:
    before = after = await record_for(command.caller, FollowUp, command.follow_up_id, uow)
    records.require_version(before, command.expected_version)
    if command.title is not None:
        after = replace(after, title=_title(command.title))
    if command.description is not None:
        after = replace(after, description=_description(command.description))
    if command.labels is not None:
        after = replace(after, labels=_labels(command.labels))
    if command.status is not None:
        after = after.with_status(_status(command.status), at=now)
    if command.unassign or command.assignee_id is not None:
        await _require_user(command.assignee_id, uow, before.assignee_id)
        after = replace(after, assignee_id=command.assignee_id)
    if command.undated or command.due_at is not None:
        due_at = command.due_at if command.due_at == before.due_at else _due(command.due_at, now)
        after = replace(after, due_at=due_at)
    edited = await _change(before, after, uow, command.caller.actor, now)
    if (before.due_at, before.status) != (after.due_at, after.status):
        await watch(edited, uow, now)
    return edited


async def delete(command: c.DeleteFollowUp, uow: UnitOfWork, now: datetime) -> FollowUp:
    follow_up = await record_for(command.caller, FollowUp, command.follow_up_id, uow)
    await uow.timers.cancel(TimerKind.TASK, follow_up.id)
    return await records.remove(follow_up, uow, by=command.caller.actor, at=now)


async def watch(task: FollowUp, uow: UnitOfWork, now: datetime) -> None:
    """It is reminded of when it is due, and once its incident is over for some time."""
    if task.outstanding and task.due_at:
        due_at = max(task.due_at, now)
        await uow.timers.set(Timer(kind=TimerKind.TASK, subject_id=task.id, due_at=due_at))
    else:
        await uow.timers.cancel(TimerKind.TASK, task.id)
    if task.outstanding:
        await watch_left(task.incident_id, uow, now)


async def watch_left(id: IncidentId, uow: UnitOfWork, now: datetime) -> None:
    """Of what is left to be done of an incident somebody hears some time after its end."""
    kind = TimerKind.TASKS_LEFT
    hours = (await settings_in(uow, now)).tasks_left_hours
    if hours and await uow.timers.get(kind, id) is None:
        await uow.timers.set(Timer(kind=kind, subject_id=id, due_at=now + timedelta(hours=hours)))


async def _change(
    before: FollowUp, after: FollowUp, uow: UnitOfWork, by: Actor, at: datetime
) -> FollowUp:
    """Its history says what became of it."""
    changed, event = records.changed(before, after, by=by, at=at)
    if event and before.status is not after.status:
        event = replace(event, became=after.status.value)
    return await uow.records(FollowUp).save(changed, because=event)


async def _require_incident(id: IncidentId, caller: Caller, uow: UnitOfWork) -> None:
    try:
        await incident_for(caller, id, uow)
    except NotFound as error:
        raise InvalidInput(
            say("There is no incident with the id {id}.", id=id[:80]), field="incident_id"
        ) from error


async def _require_user(id: UserId | None, uow: UnitOfWork, present: UserId | None = None) -> None:
    """Whoever has it already keeps it, whatever became of them."""
    if id in (None, present):
        return
    try:
        user = await uow.users.get(id)
    except NotFound as error:
        raise InvalidInput(
            say("There is no user with the id {id}.", id=id[:80]), field="assignee_id"
        ) from error
    admitted(user, "assignee_id")


def _due(at: datetime | None, now: datetime) -> datetime | None:
    if at is not None and at <= now:
        raise InvalidInput(
            say("That time has passed; a task is due at a later one."), field="due_at"
        )
    return at


def _title(text: str) -> str:
    return one_line(text, field="title", limit=MAX_TITLE)


def _description(text: str) -> str:
    return paragraphs(text, field="description", limit=MAX_DESCRIPTION)


def _labels(labels: Iterable[str]) -> tuple[str, ...]:
    cleaned = tuple(
        dict.fromkeys(one_line(label, field="labels", limit=MAX_LABEL) for label in labels)
    )
    if len(cleaned) > MOST_LABELS:
        raise InvalidInput(
            say("A follow-up has {most_labels} labels at most.", most_labels=MOST_LABELS),
            field="labels",
        )
    return cleaned


def _status(word: str) -> FollowUpStatus:
    try:
        return FollowUpStatus(word.strip().lower())
    except ValueError:
        raise InvalidInput(
            say(
                "“{word}” is not a status of a follow-up; use {followupstatus}.",
                word=word[:40],
                followupstatus=", ".join(FollowUpStatus),
            ),
            field="status",
        ) from None
