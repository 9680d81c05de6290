"""Use cases on follow-ups."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from core import commands as c
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
from core.errors import InvalidInput, NotFound
from core.ports import UnitOfWork
from core.usecases import records


async def add(command: c.AddFollowUp, uow: UnitOfWork, now: datetime) -> FollowUp:
    await _require_incident(command.incident_id, uow)
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
        author=command.caller.actor.name,
    )
    return await records.add(follow_up, uow, by=command.caller.actor, at=now)


async def edit(command: c.EditFollowUp, uow: UnitOfWork, now: datetime) -> FollowUp:
    before = after = await uow.records(FollowUp).get(command.follow_up_id)
    if command.title is not None:
        after = replace(after, title=_title(command.title))
    if command.description is not None:
        after = replace(after, description=_description(command.description))
    if command.labels is not None:
        after = replace(after, labels=_labels(command.labels))
    if command.status is not None:
        after = after.with_status(_status(command.status), at=now)
    if command.unassign or command.assignee_id is not None:
        await _require_user(command.assignee_id, uow)
        after = replace(after, assignee_id=command.assignee_id)
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def delete(command: c.DeleteFollowUp, uow: UnitOfWork, now: datetime) -> FollowUp:
    follow_up = await uow.records(FollowUp).get(command.follow_up_id)
    return await records.remove(follow_up, uow, by=command.caller.actor, at=now)


async def _require_incident(id: IncidentId, uow: UnitOfWork) -> None:
    try:
        await uow.incidents.get(id)
    except NotFound as error:
        raise InvalidInput(
            f"There is no incident with the id {id[:80]}.", field="incident_id"
        ) from error


async def _require_user(id: UserId | None, uow: UnitOfWork) -> None:
    if id is None:
        return
    try:
        await uow.users.get(id)
    except NotFound as error:
        raise InvalidInput(
            f"There is no user with the id {id[:80]}.", field="assignee_id"
        ) from error


def _title(text: str) -> str:
    return one_line(text, field="title", limit=MAX_TITLE)


def _description(text: str) -> str:
    return paragraphs(text, field="description", limit=MAX_DESCRIPTION)


def _labels(labels: Iterable[str]) -> tuple[str, ...]:
    cleaned = tuple(
        dict.fromkeys(one_line(label, field="labels", limit=MAX_LABEL) for label in labels)
    )
    if len(cleaned) > MOST_LABELS:
        raise InvalidInput(f"A follow-up has {MOST_LABELS} labels at most.", field="labels")
    return cleaned


def _status(word: str) -> FollowUpStatus:
    try:
        return FollowUpStatus(word.strip().lower())
    except ValueError:
        raise InvalidInput(
            f"“{word[:40]}” is not a status of a follow-up; use {', '.join(FollowUpStatus)}.",
            field="status",
        ) from None
