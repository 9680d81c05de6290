"""Use cases on an organisation's own severities."""

from datetime import datetime

from core import commands as c
from core.domain.severity_option import (
    STANDARD_SEVERITIES,
    SeverityOption,
)
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.options import description_of, making, name_of
from core.usecases.standard import ranked, require_own

LEAST = 1
"""The rank of one that is given none: it wakes nobody who need not wake."""


async def add(command: c.AddSeverityOption, uow: UnitOfWork, now: datetime) -> SeverityOption:
    option = SeverityOption(
        id=uow.new_id(SeverityOption.PREFIX),
        created_at=now,
        updated_at=now,
        name=name_of(command.name, STANDARD_SEVERITIES),
        description=description_of(command.description),
        rank=LEAST if command.rank is None else ranked(command.rank),
    )
    return await records.add(option, uow, by=command.caller.actor, at=now)


async def edit(command: c.EditSeverityOption, uow: UnitOfWork, now: datetime) -> SeverityOption:
    before = await _own(command.severity_id, uow)
    after = records.revised(before, command, making(STANDARD_SEVERITIES))
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def delete(command: c.DeleteSeverityOption, uow: UnitOfWork, now: datetime) -> SeverityOption:
    option = await _own(command.severity_id, uow)
    return await records.remove(option, uow, by=command.caller.actor, at=now)


async def _own(id: str, uow: UnitOfWork) -> SeverityOption:
    require_own(id, STANDARD_SEVERITIES)
    return await uow.records(SeverityOption).get(id)
