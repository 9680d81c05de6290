"""Use cases on an organisation's own severities."""

from dataclasses import replace
from datetime import datetime

from core import commands as c
from core.domain.severity_option import (
    MAX_DESCRIPTION,
    MAX_NAME,
    STANDARD_SEVERITIES,
    SeverityOption,
)
from core.domain.text import one_line, paragraphs
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.standard import ranked, require_own, require_unlike

LEAST = 1
"""The rank of one that is given none: it wakes nobody who need not wake."""


async def add(command: c.AddSeverityOption, uow: UnitOfWork, now: datetime) -> SeverityOption:
    option = SeverityOption(
        id=uow.new_id(SeverityOption.PREFIX),
        created_at=now,
        updated_at=now,
        name=_name(command.name),
        description=_description(command.description),
        rank=LEAST if command.rank is None else ranked(command.rank),
    )
    return await records.add(option, uow, by=command.caller.actor, at=now)


async def edit(command: c.EditSeverityOption, uow: UnitOfWork, now: datetime) -> SeverityOption:
    before = await _own(command.severity_id, uow)
    after = replace(
        before,
        name=before.name if command.name is None else _name(command.name),
        description=before.description
        if command.description is None
        else _description(command.description),
        rank=before.rank if command.rank is None else ranked(command.rank),
    )
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def delete(command: c.DeleteSeverityOption, uow: UnitOfWork, now: datetime) -> SeverityOption:
    option = await _own(command.severity_id, uow)
    return await records.remove(option, uow, by=command.caller.actor, at=now)


async def _own(id: str, uow: UnitOfWork) -> SeverityOption:
    require_own(id, STANDARD_SEVERITIES)
    return await uow.records(SeverityOption).get(id)


def _name(text: str) -> str:
    name = one_line(text, field="name", limit=MAX_NAME)
    require_unlike(name, STANDARD_SEVERITIES)
    return name


def _description(text: str) -> str:
    return paragraphs(text, field="description", limit=MAX_DESCRIPTION)
