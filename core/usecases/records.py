"""What use cases on plain nouns share: keep one, change it, delete it, each with its reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeAlias

from core.domain.actor import Actor
from core.domain.events import RecordChanged, RecordCreated, RecordDeleted
from core.domain.ids import IncidentId
from core.domain.record import Record
from core.errors import Conflict, InvalidInput
from core.language import known, say
from core.ports import UnitOfWork
from core.ports.records import K

Making: TypeAlias = Mapping[str, Callable[[Any], Any]]
"""How each field that people may change is made fit to store."""

_COMMON = frozenset({"created_at", "updated_at", "created_by", "version"})


def created(record: K, *, by: Actor, at: datetime) -> tuple[K, RecordCreated]:
    """It is new, and `by` made it."""
    made = replace(record, created_at=at, updated_at=at, created_by=by.user_id)
    event = RecordCreated(
        by=by,
        at=at,
        noun=made.NOUN,
        record_id=made.id,
        name=made.label,
        incident_id=made.part_of,
    )
    return made, event


def changed(before: K, after: K, *, by: Actor, at: datetime) -> tuple[K, RecordChanged | None]:
    """`after` with its time, and what is different; None where nothing is."""
    different = tuple(
        field.name
        for field in fields(after)
        if field.name not in _COMMON and getattr(after, field.name) != getattr(before, field.name)
    )
    if not different:
        return before, None
    event = RecordChanged(
        by=by,
        at=at,
        noun=after.NOUN,
        record_id=after.id,
        name=after.label,
        incident_id=after.part_of,
        fields=tuple(name.replace("_", " ") for name in different),
    )
    return replace(after, updated_at=at), event


def deleted(
    record: K, *, by: Actor, at: datetime, shown_in: Sequence[IncidentId] = ()
) -> tuple[K, RecordDeleted]:
    event = RecordDeleted(
        by=by,
        at=at,
        noun=known(record.NOUN),
        record_id=record.id,
        name=record.label,
        incident_id=record.part_of,
        shown_in=tuple(shown_in),
    )
    return replace(record, deleted_at=at, updated_at=at), event


def revised(before: K, command: object, making: Making) -> K:
    """With those of the fields that the command gives; what is None there stays as it is."""
    given = {name: getattr(command, name) for name in making}
    kept = {name: making[name](value) for name, value in given.items() if value is not None}
    return replace(before, **kept)


def require_version(record: Record, expected: int | None) -> None:
    """`Conflict` where somebody changed it since it was read."""
    if expected not in (None, record.version):
        raise Conflict(
            say(
                "{reference} was changed since you read it; read it again.",
                reference=record.label,
            )
        )


async def add(record: K, uow: UnitOfWork, *, by: Actor, at: datetime, field: str = "name") -> K:
    """Keep a new one; `InvalidInput` names `field` where its key is taken."""
    made, event = created(record, by=by, at=at)
    await _require_free(made, uow, field)
    return await uow.records(type(made)).save(made, because=event)


async def change(
    before: K, after: K, uow: UnitOfWork, *, by: Actor, at: datetime, field: str = "name"
) -> K:
    """Keep it as it is now; nothing happens where nothing is different."""
    moved, event = changed(before, after, by=by, at=at)
    if event and moved.unique_key != before.unique_key:
        await _require_free(moved, uow, field)
    return await uow.records(type(moved)).save(moved, because=event)


async def remove(
    record: K,
    uow: UnitOfWork,
    *,
    by: Actor,
    at: datetime,
    shown_in: Sequence[IncidentId] = (),
) -> K:
    gone, event = deleted(record, by=by, at=at, shown_in=shown_in)
    return await uow.records(type(gone)).save(gone, because=event)


async def _require_free(record: K, uow: UnitOfWork, field: str) -> None:
    if record.unique_key is None:
        return
    namesake = await uow.records(type(record)).named(record.unique_key)
    if namesake and namesake.id != record.id:
        raise InvalidInput(
            say("There is a {noun} {label} already.", noun=known(record.NOUN), label=record.label),
            field=field,
        )
