"""Use cases on the roles that an organisation adds to those every incident has."""

from datetime import datetime
from functools import partial

from core import commands as c
from core.domain.incident_role import (
    MAX_NAME,
    MAX_SHORTFORM,
    MAX_TEXT,
    STANDARD_ROLES,
    IncidentRole,
)
from core.domain.text import one_line, paragraphs
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.role_names import require_other_names
from core.usecases.standard import require_own, require_unlike


async def add(command: c.AddIncidentRole, uow: UnitOfWork, now: datetime) -> IncidentRole:
    role = IncidentRole(
        id=uow.new_id(IncidentRole.PREFIX),
        created_at=now,
        updated_at=now,
        name=_name(command.name),
        shortform=_shortform(command.shortform),
        description=_text(command.description, "description"),
        instructions=_text(command.instructions, "instructions"),
    )
    await require_other_names(role, uow, now)
    return await records.add(role, uow, by=command.caller.actor, at=now)


async def edit(command: c.EditIncidentRole, uow: UnitOfWork, now: datetime) -> IncidentRole:
    before = await _own(command.role_id, uow)
    after = records.revised(before, command, _MAKING)
    await require_other_names(after, uow, now, before)
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def delete(command: c.DeleteIncidentRole, uow: UnitOfWork, now: datetime) -> IncidentRole:
    role = await _own(command.role_id, uow)
    return await records.remove(role, uow, by=command.caller.actor, at=now)


async def _own(id: str, uow: UnitOfWork) -> IncidentRole:
    require_own(id, STANDARD_ROLES)
    return await uow.records(IncidentRole).get(id)


def _name(text: str) -> str:
    name = one_line(text, field="name", limit=MAX_NAME)
    require_unlike(name, STANDARD_ROLES)
    return name


def _shortform(text: str) -> str:
    return one_line(text, field="shortform", limit=MAX_SHORTFORM) if text.strip() else ""


def _text(text: str, field: str) -> str:
    return paragraphs(text, field=field, limit=MAX_TEXT)


_MAKING: records.Making = {
    "name": _name,
    "shortform": _shortform,
    "description": partial(_text, field="description"),
    "instructions": partial(_text, field="instructions"),
}
