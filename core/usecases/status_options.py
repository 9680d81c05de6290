"""Use cases on an organisation's own statuses."""

from dataclasses import replace
from datetime import datetime

from core import commands as c
from core.domain.status_option import (
    MAX_DESCRIPTION,
    MAX_NAME,
    OPEN_TO_MORE,
    STANDARD_STATUSES,
    StatusCategory,
    StatusOption,
    standard_statuses,
)
from core.domain.text import one_line, paragraphs
from core.errors import InvalidInput
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.standard import ranked, require_own, require_unlike


async def add(command: c.AddStatusOption, uow: UnitOfWork, now: datetime) -> StatusOption:
    category = _category(command.category)
    name = _name(command.name)
    own = await uow.records(StatusOption).all()
    there = [one.rank for one in (*standard_statuses(now), *own) if one.category is category]
    option = StatusOption(
        id=uow.new_id(StatusOption.PREFIX),
        created_at=now,
        updated_at=now,
        name=name,
        category=category,
        description=_description(command.description),
        rank=max(there) + 1 if command.rank is None else ranked(command.rank),
    )
    return await records.add(option, uow, by=command.caller.actor, at=now)


async def edit(command: c.EditStatusOption, uow: UnitOfWork, now: datetime) -> StatusOption:
    before = await _own(command.status_id, uow)
    after = replace(
        before,
        name=before.name if command.name is None else _name(command.name),
        description=before.description
        if command.description is None
        else _description(command.description),
        rank=before.rank if command.rank is None else ranked(command.rank),
    )
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def delete(command: c.DeleteStatusOption, uow: UnitOfWork, now: datetime) -> StatusOption:
    option = await _own(command.status_id, uow)
    return await records.remove(option, uow, by=command.caller.actor, at=now)


async def _own(id: str, uow: UnitOfWork) -> StatusOption:
    require_own(id, STANDARD_STATUSES)
    return await uow.records(StatusOption).get(id)


def _category(word: str) -> StatusCategory:
    for category in OPEN_TO_MORE:
        if word.strip().lower() == category:
            return category
    raise InvalidInput(
        f"“{word[:40]}” is not a category to add to; use {', '.join(OPEN_TO_MORE)}.",
        field="category",
    )


def _name(text: str) -> str:
    name = one_line(text, field="name", limit=MAX_NAME)
    require_unlike(name, STANDARD_STATUSES)
    return name


def _description(text: str) -> str:
    return paragraphs(text, field="description", limit=MAX_DESCRIPTION)
