"""Use cases on maintenance: load, decide, save, and leave the commit to the bus."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from core import commands as c
from core.domain.ids import MaintenanceId, ServiceId
from core.domain.maintenance import (
    MAX_AUDIENCE,
    MAX_CUSTOMER_ID,
    MAX_DESCRIPTION,
    MAX_TITLE,
    Maintenance,
    require_window,
)
from core.domain.text import one_line, paragraphs
from core.errors import Conflict, InvalidInput
from core.flaws import Flaws
from core.ports import UnitOfWork
from core.usecases.incident_checks import require_services


async def schedule(command: c.ScheduleMaintenance, uow: UnitOfWork, now: datetime) -> Maintenance:
    """Everything that is wrong with the wish is told at once."""
    actor, flaws = command.caller.actor, Flaws()
    words = _words_of(command, flaws)
    start, end = words["scheduled_start_at"], words["scheduled_end_at"]
    flaws.checked(lambda: require_window(start, end), None)
    await flaws.awaited(require_services(command.service_ids, uow), None)
    flaws.refuse()
    maintenance = Maintenance(
        id=MaintenanceId(uow.new_id("mnt")),
        number=await uow.maintenances.next_number(),
        created_by=actor.user_id,
        created_by_name=actor.name,
        created_at=now,
        updated_at=now,
        **words,
    )
    return await uow.maintenances.save(maintenance, because=maintenance.scheduled(by=actor, at=now))


async def edit(command: c.EditMaintenance, uow: UnitOfWork, now: datetime) -> Maintenance:
    maintenance, flaws = await _load(command, uow), Flaws()
    words = _words_of(command, flaws)
    new_services = set(command.service_ids or ()) - set(maintenance.service_ids)
    await flaws.awaited(require_services(new_services, uow), None)
    flaws.refuse()
    maintenance, event = maintenance.edit(words, by=command.caller.actor, at=now)
    return await uow.maintenances.save(maintenance, because=event)


async def start(command: c.StartMaintenance, uow: UnitOfWork, now: datetime) -> Maintenance:
    maintenance = await _load(command, uow)
    maintenance, event = maintenance.start(by=command.caller.actor, at=now)
    return await uow.maintenances.save(maintenance, because=event)


async def complete(command: c.CompleteMaintenance, uow: UnitOfWork, now: datetime) -> Maintenance:
    maintenance = await _load(command, uow)
    maintenance, event = maintenance.complete(by=command.caller.actor, at=now)
    return await uow.maintenances.save(maintenance, because=event)


async def cancel(command: c.CancelMaintenance, uow: UnitOfWork, now: datetime) -> Maintenance:
    maintenance = await _load(command, uow)
    maintenance, event = maintenance.cancel(by=command.caller.actor, at=now)
    return await uow.maintenances.save(maintenance, because=event)


async def _load(command: c.MaintenanceCommand, uow: UnitOfWork) -> Maintenance:
    maintenance = await uow.maintenances.get(command.maintenance_id)
    if command.expected_version not in (None, maintenance.version):
        raise Conflict(f"{maintenance.reference} was changed since you read it; read it again.")
    return maintenance


def _words_of(command: c.ScheduleMaintenance | c.EditMaintenance, flaws: Flaws) -> dict[str, Any]:
    """The fields that were given, by name, fit to store; what is wrong with them is noted."""
    words: dict[str, Any] = {}
    for name, clean in _CLEAN.items():
        value = getattr(command, name)
        if value is None:
            continue
        try:
            words[name] = clean(value)
        except InvalidInput as flaw:
            flaws.note(flaw)
    return words


def _audience(ids: Iterable[str]) -> tuple[str, ...]:
    field = "audience"
    cleaned = tuple(dict.fromkeys(one_line(id, field=field, limit=MAX_CUSTOMER_ID) for id in ids))
    if len(cleaned) > MAX_AUDIENCE:
        raise InvalidInput(
            f"The audience has {len(cleaned)} customers; at most {MAX_AUDIENCE} are possible.",
            field=field,
        )
    return cleaned


def _once_each(ids: Iterable[ServiceId]) -> tuple[ServiceId, ...]:
    return tuple(dict.fromkeys(ids))


def _utc(at: datetime) -> datetime:
    """The same moment as it is stored and compared."""
    return at.astimezone(UTC)


_CLEAN: Mapping[str, Callable[[Any], Any]] = {
    "title": partial(one_line, field="title", limit=MAX_TITLE),
    "description": partial(paragraphs, field="description", limit=MAX_DESCRIPTION),
    "scheduled_start_at": _utc,
    "scheduled_end_at": _utc,
    "service_ids": _once_each,
    "audience": _audience,
}
