"""The plain nouns in one dict of each organisation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from core.domain.events import Event
from core.domain.record import Record
from core.errors import Conflict, NotFound
from core.ports import RecordPage, RecordQuery
from core.ports.records import K
from tests.fakes.repositories import store
from tests.fakes.rows import OrganizationRows


@dataclass(frozen=True, slots=True)
class FakeRecords(Generic[K]):
    kind: type[K]
    rows: OrganizationRows
    record: Callable[[Event], None]

    async def get(self, id: str) -> K:
        return one(self.rows, self.kind, id)

    async def named(self, unique_key: str) -> K | None:
        key = unique_key.casefold()
        return next((one for one in await self.all() if _key(one) == key), None)

    async def children(self, parent_id: str) -> list[K]:
        return [one for one in await self.all() if one.parent_id == parent_id]

    async def all(self) -> list[K]:
        return kept(self.rows, self.kind)

    async def save(self, record: K, *, because: Event | None) -> K:
        if because is None:
            return record
        key = _key(record)
        namesake = await self.named(key) if key is not None and not record.deleted_at else None
        if namesake and namesake.id != record.id:
            raise Conflict(f"There is a {record.NOUN} {record.label} already.")
        of_every_kind: dict[str, Any] = self.rows.records
        saved: K = store(of_every_kind, record)
        self.record(because)
        return saved


def kept(rows: OrganizationRows, kind: type[K]) -> list[K]:
    """Newest first, without the deleted ones."""
    ours = [
        one for one in rows.records.values() if isinstance(one, kind) and one.deleted_at is None
    ]
    return sorted(ours, key=_position, reverse=True)


def one(rows: OrganizationRows, kind: type[K], id: str) -> K:
    for record in kept(rows, kind):
        if record.id == id:
            return record
    raise NotFound(f"There is no {kind.NOUN} {id}.")


def page(records: Sequence[K], query: RecordQuery) -> RecordPage[K]:
    matching = [
        one
        for one in records
        if query.parent_id in (None, one.parent_id)
        and query.search.strip().casefold() in one.search_text.casefold()
    ]
    after = query.after
    rest = (
        [one for one in matching if _position(one) < after] if after else matching[query.offset :]
    )
    shown = tuple(rest[: query.limit])
    return RecordPage(rows=shown, total=len(matching), more=len(rest) > len(shown))


def _key(record: Record) -> str | None:
    key = record.unique_key
    return key.casefold() if key is not None else None


def _position(record: Record) -> tuple[datetime, str]:
    return record.created_at, record.id
