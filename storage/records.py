"""The plain nouns in SQL: what lists and look-ups need in columns, the rest as JSON."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, Generic

from sqlalchemy import BigInteger, ColumnElement, Integer, bindparam, func, select, tuple_

from core.domain.events import Event
from core.domain.ids import OrganizationId
from core.domain.record import Record
from core.domain.viewer import Viewer
from core.errors import NotFound
from core.language import known, say
from core.ports import RecordPage, RecordQuery
from core.ports.records import K
from storage.codec import fields_from
from storage.connection import Connection
from storage.expressions import contains
from storage.mapping import where_version
from storage.privacy import eyes, hidden_among, is_seen_if_any
from storage.search_index import SearchIndex
from storage.session import EVERY, Draft
from storage.statements import Row, Statement, insertion, versioned_update
from storage.tables import records
from storage.types import UtcDateTime, json_text

_COMMON = tuple(field.name for field in fields(Record))
RECORD_COLUMNS = [*(records.c[name] for name in _COMMON), records.c.body]
_OURS = (
    records.c.organization_id == bindparam("organization"),
    records.c.noun == bindparam("noun"),
    records.c.deleted_at.is_(None),
)
_FILTERS: Mapping[str, ColumnElement[bool]] = {
    "parent": records.c.parent_id == bindparam("parent"),
    "search": records.c.search_text.like(bindparam("search"), escape="\\"),
    "viewer": is_seen_if_any(records.c.parent_id),
}
_AFTER = tuple_(records.c.created_at, records.c.id) < tuple_(
    bindparam("after_at", type_=UtcDateTime), bindparam("after_id")
)
_NEWEST = (
    select(*RECORD_COLUMNS).where(*_OURS).order_by(records.c.created_at.desc(), records.c.id.desc())
)
_GET = Statement(select(*RECORD_COLUMNS).where(*_OURS, records.c.id == bindparam("id")))
_NAMED = Statement(select(*RECORD_COLUMNS).where(*_OURS, records.c.unique_key == bindparam("key")))
_CHILDREN = Statement(_NEWEST.where(_FILTERS["parent"]))
_ALL = Statement(_NEWEST)
_FIRST = Statement(select(records.c.id).where(*_OURS).limit(1))
_INSERT = insertion(records)
_UPDATE = versioned_update(records, "id", keep=frozenset({"noun", "created_at", "created_by"}))
_ANY = ("records", EVERY)


class SqlRecords(Generic[K]):
    def __init__(
        self,
        kind: type[K],
        draft: Draft,
        organization_id: OrganizationId,
        record: Callable[[Event], None],
        search: SearchIndex,
    ) -> None:
        self._kind = kind
        self._draft = draft
        self._organization_id = organization_id
        self._record = record
        self._search = search

    async def get(self, id: str) -> K:
        row = await self._draft.one(_GET, self._which(id=id), ("records", id))
        return self._seen(found(self._kind, id, row))

    async def named(self, unique_key: str) -> K | None:
        row = await self._draft.one(_NAMED, self._which(key=unique_key.casefold()), _ANY)
        return self._seen(record_of(self._kind, row)) if row else None

    async def children(self, parent_id: str) -> list[K]:
        return await self._recalled(_CHILDREN, parent=parent_id)

    async def all(self) -> list[K]:
        return await self._recalled(_ALL)

    async def save(self, record: K, *, because: Event | None) -> K:
        if because is None:
            return record
        saved = replace(record, version=record.version + 1)
        row = _row_of(saved, self._organization_id)
        await self._draft.settle(_ANY)  # what was deleted before gives its key away first
        if record.version == 0:
            self._draft.stage(_INSERT, row, ("records", saved.id))
        else:
            versioned = where_version(row, self._organization_id, "id")
            self._draft.stage(_UPDATE, versioned, ("records", saved.id))
        await self._search.keep(saved.id, saved)
        self._record(because)
        return saved

    async def _recalled(self, statement: Statement, **values: str) -> list[K]:
        """Asked once for all works of a transaction: every delivery of alerts asks the same."""

        async def ask() -> list[K]:
            rows = await self._draft.fetch(statement, self._which(**values), _ANY)
            return [record_of(self._kind, row) for row in rows]

        which = " ".join((self._organization_id, self._kind.NOUN, *values.values()))
        return [self._seen(one) for one in await self._draft.recall(("records", which), ask)]

    def _seen(self, record: K) -> K:
        self._search.seen(record.id, record)
        return record

    def _which(self, **values: str) -> dict[str, str]:
        return {"organization": self._organization_id, "noun": self._kind.NOUN, **values}


async def has_any(kind: type[Record], draft: Draft, organization_id: OrganizationId) -> bool:
    """Whether there is one that is not deleted; asked once for all works of a transaction."""

    async def ask() -> bool:
        which = {"organization": organization_id, "noun": kind.NOUN}
        return bool(await draft.fetch(_FIRST, which))

    return await draft.recall(("records", f"any {kind.NOUN} of {organization_id}"), ask)


async def page(
    connection: Connection,
    organization_id: OrganizationId,
    kind: type[K],
    query: RecordQuery,
    viewer: Viewer,
) -> RecordPage[K]:
    which = {"organization": organization_id, "noun": kind.NOUN, **_given(query)}
    which |= eyes(viewer) if hasattr(kind, "incident_id") else {}
    shape = tuple(name for name in _FILTERS if name in which)
    at, id = query.after or (None, None)
    place = {"after_at": at, "after_id": id, "limit": query.limit + 1}
    place["offset"] = 0 if query.after else query.offset
    rows = await connection.fetch(_page(shape, query.after is not None), which | place)
    total = (await connection.fetch(_total(shape), which))[0][0]
    every = [record_of(kind, row) for row in rows[: query.limit]]
    hidden = await hidden_among(connection, organization_id, viewer, _named_by(every))
    # What it belongs to may have turned private since the rows were read.
    shown = tuple(_apart(one, hidden) for one in every if one.parent_id not in hidden)
    total -= len(every) - len(shown)
    return RecordPage(rows=shown, total=total, more=len(rows) > query.limit)


async def one(
    connection: Connection,
    organization_id: OrganizationId,
    kind: type[K],
    id: str,
    viewer: Viewer,
) -> K:
    which = {"organization": organization_id, "noun": kind.NOUN, "id": id}
    rows = await connection.fetch(_GET, which)
    one = found(kind, id, rows[0] if rows else None)
    hidden = await hidden_among(connection, organization_id, viewer, _named_by([one]))
    if one.parent_id in hidden:
        raise NotFound(say("There is no {noun} {id}.", noun=known(kind.NOUN), id=id))
    return _apart(one, hidden)


def _named_by(every: Iterable[Record]) -> list[str]:
    """The incidents that they belong to or speak of."""
    return [id for one in every if (id := getattr(one, "incident_id", None))]


def _apart(record: K, hidden: frozenset[str]) -> K:
    """What belongs to something else does not say of which private incident it speaks."""
    if getattr(record, "incident_id", None) not in hidden:
        return record
    changes: dict[str, Any] = {"incident_id": None}
    return replace(record, **changes)


def found(kind: type[K], id: str, row: Row | None) -> K:
    if row is None:
        raise NotFound(say("There is no {noun} {id}.", noun=known(kind.NOUN), id=id))
    return record_of(kind, row)


def record_of(kind: type[K], row: Row) -> K:
    given = fields_from(kind, row[-1])
    given.update(zip(_COMMON, row, strict=False))  # what is common comes before the body
    return kind(**given)


def _row_of(record: Record, organization_id: OrganizationId) -> dict[str, Any]:
    key = record.unique_key
    special = [field.name for field in fields(record) if field.name not in _COMMON]
    return {
        **{name: getattr(record, name) for name in _COMMON},
        "organization_id": organization_id,
        "noun": record.NOUN,
        "parent_id": record.parent_id,
        "unique_key": key.casefold() if key is not None else None,
        "search_text": record.search_text.casefold(),
        "body": json_text({name: getattr(record, name) for name in special}),
    }


def _given(query: RecordQuery) -> dict[str, str]:
    """Only what narrows the list; its names choose the statement."""
    wanted = {"parent": query.parent_id, "search": contains(query.search)}
    return {name: value for name, value in wanted.items() if value}


@lru_cache(maxsize=16)
def _page(shape: tuple[str, ...], after: bool) -> Statement:
    place = [_AFTER] if after else []
    return Statement(
        _NEWEST.where(*(_FILTERS[name] for name in shape), *place)
        .limit(bindparam("limit", type_=Integer))
        .offset(bindparam("offset", type_=BigInteger))
    )


@lru_cache(maxsize=8)
def _total(shape: tuple[str, ...]) -> Statement:
    filters = (_FILTERS[name] for name in shape)
    return Statement(select(func.count()).select_from(records).where(*_OURS, *filters))
