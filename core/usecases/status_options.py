"""Use cases on an organisation's own statuses."""

from datetime import datetime

from core import commands as c
from core.domain.status_option import (
    OPEN_TO_MORE,
    STANDARD_STATUSES,
    StatusCategory,
    StatusOption,
    standard_statuses,
)
from core.errors import InvalidInput
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.options import description_of, making, name_of
from core.usecases.standard import ranked, require_own


async def add(command: c.AddStatusOption, uow: UnitOfWork, now: datetime) -> StatusOption:
    category = _category(command.category)
    name = name_of(command.name, STANDARD_STATUSES)
    own = await uow.records(StatusOption).all()
    there = [one.rank for one in (*standard_statuses(now), *own) if one.category is category]
    option = StatusOption(
        id=uow.new_id(StatusOption.PREFIX),
        created_at=now,
        updated_at=now,
        name=name,
        category=category,
        description=description_of(command.description),
        rank=max(there) + 1 if command.rank is None else ranked(command.rank),
    )
    return await records.add(option, uow, by=command.caller.actor, at=now)


async def edit(command: c.EditStatusOption, uow: UnitOfWork, now: datetime) -> StatusOption:
    before = await _own(command.status_id, uow)
    after = records.revised(before, command, making(STANDARD_STATUSES))
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
