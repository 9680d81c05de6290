"""One organisation's rows as values that JSON can say, and back."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    Table,
    bindparam,
    delete,
    func,
    select,
    tuple_,
)

from core.domain.ids import OrganizationId
from core.errors import Conflict, InvalidInput
from core.ports import Clock
from core.ports.archive import Entry
from storage import older_timers
from storage.archived_values import read, written
from storage.connection import Connection
from storage.older_archives import completed, knows_no_reminders
from storage.readers import Readers
from storage.session import EVERY, Draft
from storage.statements import Row, Statement, deletion, insertion
from storage.tables import metadata, organizations
from storage.writer import Writer

TRANSIENT = frozenset(
    {
        "outbox",
        "inbox",
        "processed",
        "sessions",
        "password_resets",
        "installations",
        "webhook_deliveries",
        "document_vectors",
    }
)
"""What is under way, is made anew, or is worth nothing without this installation's secret key."""

CHUNK = 2_000
_ROWS = ("archive", EVERY)
_TAKEN = Statement(
    select(organizations.c.id).where(
        (organizations.c.slug == bindparam("slug")) | (organizations.c.id == bindparam("id"))
    )
)
_GONE = deletion(delete(organizations).where(organizations.c.id == bindparam("id")), organizations)


class SqlArchive:
    def __init__(self, writer: Writer, readers: Readers, clock: Clock) -> None:
        self._writer = writer
        self._readers = readers
        self._clock = clock

    async def export(self, organization_id: OrganizationId, emit: Callable[[Entry], None]) -> None:
        async def question(connection: Connection) -> None:
            for table in kept_tables():
                await _export(connection, table, organization_id, emit)

        await self._readers.snapshot(question)

    async def restore(self, entries: Callable[[], Iterable[Entry]]) -> int:
        async def work(draft: Draft) -> int:
            return await _restore(draft, entries(), self._clock())

        return await self._writer.submit(work)


@cache
def kept_tables() -> tuple[Table, ...]:
    """Parents before children."""
    return tuple(table for table in metadata.sorted_tables if table.name not in TRANSIENT)


async def _export(
    connection: Connection,
    table: Table,
    organization_id: OrganizationId,
    emit: Callable[[Entry], None],
) -> None:
    keys = list(table.primary_key.columns)
    last: Row | None = None
    while True:
        values = {"organization": organization_id, "most": CHUNK, **_after(keys, last)}
        rows = await connection.fetch(_chunk(table, last is not None), values)
        for row in rows:
            emit((table.name, _spoken(table, row)))
        if len(rows) < CHUNK:
            return
        last = rows[-1][-len(keys) :]


@cache
def _chunk(table: Table, following: bool) -> Statement:
    """The columns that are kept, then the key, so that the next chunk can begin behind it."""
    keys = list(table.primary_key.columns)
    which = [_owner(table) == bindparam("organization")]
    if following:
        which.append(tuple_(*keys) > tuple_(*(bindparam(f"after_{key.name}") for key in keys)))
    columns = [*_columns(table), *(key.label(f"key_{key.name}") for key in keys)]
    return Statement(select(*columns).where(*which).order_by(*keys).limit(bindparam("most")))


def _after(keys: list[Column[Any]], last: Row | None) -> dict[str, Any]:
    if last is None:
        return {}
    return {f"after_{key.name}": value for key, value in zip(keys, last, strict=True)}


def _owner(table: Table) -> Column[Any]:
    return table.c.id if table is organizations else table.c.organization_id


def _columns(table: Table) -> list[Column[Any]]:
    """All but the numbers that a database gives by itself."""
    return [column for column in table.columns if column is not table.autoincrement_column]


def _spoken(table: Table, row: Row) -> dict[str, Any]:
    return {
        str(column.name): None if value is None else written(column, value)
        for column, value in zip(_columns(table), row, strict=False)
    }


async def _restore(draft: Draft, entries: Iterable[Entry], now: datetime) -> int:
    """Written chunk by chunk, so that no more of a long file is held than that."""
    tables = {str(table.name): table for table in kept_tables()}
    number, owner, untimed = 0, "", False
    for number, (name, values) in enumerate(entries, start=1):
        table = tables.get(name)
        if table is None or (table is organizations) is not (number == 1):
            raise _strange(number, f"{name[:40]} is not expected there")
        row = _row(table, completed(name, values, now), number)
        owner = owner or row["id"]
        if row[_owner(table).name] != owner:
            raise _strange(number, "it belongs to another organisation than the first one")
        if table is organizations:
            await _make_room(draft, row)
        untimed = untimed or knows_no_reminders(name, values)
        draft.stage(_insertion(table), row, _ROWS)
        if number % CHUNK == 0:
            await _written_so_far(draft, number)
    await _written_so_far(draft, number)
    if untimed:
        await older_timers.set_all(draft, OrganizationId(owner), now)
    return number


async def _written_so_far(draft: Draft, number: int) -> None:
    try:
        await draft.settle(_ROWS)
    except Conflict as conflict:
        reason = "a row before it is there twice, or names something that is not there"
        raise _strange(number, reason) from conflict


async def _make_room(draft: Draft, organization: Mapping[str, Any]) -> None:
    """An organisation of that name that has nothing yet is replaced; any other is in the way."""
    which = {"slug": organization.get("slug"), "id": organization.get("id")}
    for (id,) in await draft.fetch(_TAKEN, which):
        counts = [
            await draft.fetch(_count(table), {"organization": id})
            for table in metadata.sorted_tables
            if table is not organizations
        ]
        if any(rows[0][0] for rows in counts):
            raise Conflict(
                f"There is an organisation {which['slug']} already, and it is not empty; "
                "import into an empty database."
            )
        draft.stage(_GONE, {"id": id}, _ROWS)
        await draft.settle(_ROWS)


@cache
def _count(table: Table) -> Statement:
    return Statement(
        select(func.count())
        .select_from(table)
        .where(table.c.organization_id == bindparam("organization"))
    )


@cache
def _insertion(table: Table) -> Statement:
    return insertion(table)


def _row(table: Table, values: Mapping[str, Any], number: int) -> dict[str, Any]:
    columns = _columns(table)
    missing = sorted({column.name for column in columns} - values.keys())
    if missing:
        raise _strange(number, f"a row of {table.name} lacks {missing[0]}")
    try:
        return {
            column.name: None if values[column.name] is None else read(column, values[column.name])
            for column in columns
        }
    except (TypeError, ValueError) as error:
        raise _strange(number, f"a value of {table.name} cannot be read ({error})") from error


def _strange(number: int, reason: str) -> InvalidInput:
    return InvalidInput(
        f"Entry {number} is none of this version's: {reason}; nothing was imported.", field="file"
    )
