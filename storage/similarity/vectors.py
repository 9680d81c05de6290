"""The vectors beside the documents, and which documents wait for a new one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, func, select, text, tuple_
from sqlalchemy import update as sql_update

from core.domain.ids import OrganizationId
from core.ports import Entry, Vector
from storage.connection import Connection
from storage.expressions import OneOf
from storage.readers import Readers
from storage.session import Draft
from storage.similarity.documents import LONGEST_READ, Document, Made, mark_of
from storage.similarity.lengths import made_by_the_model
from storage.statements import Row, Statement, Values, changing, replacement
from storage.tables import document_vectors, organizations, search_documents
from storage.types import UtcDateTime
from storage.writer import Writer

_d, _v = search_documents.c, document_vectors.c
_begun = func.substr(_d.body, 1, LONGEST_READ)
_is_stale = text("search_documents.stale")
"""Said as the partial index says it: SQLite would not use it for `stale = 1`."""
_beside = search_documents.outerjoin(document_vectors, (_v.id == _d.id) & made_by_the_model())
_with_vector = select(
    _d.id, _d.organization_id, _d.kind, _d.title, _begun, _d.stale, _v.digest
).select_from(_beside)
_STALE = Statement(
    _with_vector.where(_is_stale).order_by(_d.sequence.desc()).limit(bindparam("limit"))
)
_NAMED = Statement(_with_vector.where(OneOf(_d.id, "ids")))
_OLDER = (
    _d.organization_id == bindparam("organization"),
    _v.id.is_(None) | (_v.made_at < bindparam("before", type_=UtcDateTime)),
)
_OLDER_PAGE = Statement(
    _with_vector.where(*_OLDER, _d.id > bindparam("after"))
    .order_by(_d.id)
    .limit(bindparam("limit"))
)
_OLDER_COUNT = Statement(select(func.count()).select_from(_beside).where(*_OLDER))
_UNMODELLED = Statement(
    select(_d.sequence, _d.id)
    .select_from(_beside)
    .where(_d.sequence > bindparam("after"), ~_d.stale, _v.id.is_(None))
    .order_by(_d.sequence)
    .limit(bindparam("limit"))
)
_ENTRY = (_v.id, _v.kind, _v.digest, _v.vector)
_OURS = (_v.organization_id == bindparam("organization"), made_by_the_model())
_ENTRIES = Statement(select(*_ENTRY).where(*_OURS, OneOf(_v.id, "ids")))
_DIGESTS = Statement(
    select(_v.id, _v.digest)
    .where(*_OURS, _v.id > bindparam("after"))
    .order_by(_v.id)
    .limit(bindparam("limit"))
)
_LATER = Statement(
    select(*_ENTRY, _v.organization_id, _v.made_at)
    .where(
        _v.model == bindparam("model"),
        tuple_(_v.made_at, _v.id)
        > tuple_(bindparam("after_at", type_=UtcDateTime), bindparam("after")),
        _v.made_at <= bindparam("until", type_=UtcDateTime),
    )
    .order_by(_v.made_at, _v.id)
    .limit(bindparam("limit"))
)
_ORGANIZATIONS = Statement(select(organizations.c.id).order_by(organizations.c.id))


def _held(which: Select[tuple[str, str, str]]) -> Statement:
    """Their rows stay as they are until the transaction ends."""
    return Statement({name: which.with_for_update() for name in ("sqlite", "postgresql")})


_AS_THEY_ARE = _held(select(_d.id, _d.title, _begun).where(OneOf(_d.id, "ids")))
_KEEP = replacement(document_vectors, "id")
_FRESH = changing(
    sql_update(search_documents).where(_d.id == bindparam("this_id")).values(stale=False),
    search_documents,
)
_STALE_AGAIN = changing(
    sql_update(search_documents).where(OneOf(_d.id, "ids")).values(stale=True), search_documents
)
_COUNTS = Statement(
    select(
        select(func.count()).select_from(search_documents).scalar_subquery(),
        select(func.count()).select_from(search_documents).where(_is_stale).scalar_subquery(),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """An entry that was made after others, perhaps by another process."""

    organization_id: OrganizationId
    entry: Entry
    made_at: datetime


class SqlVectors:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def stale(self, limit: int, model: str) -> list[Document]:
        """Those whose words have no vector yet, the newest first."""
        which = {"limit": limit, "model": model}
        return [Document(*row) for row in await self._ask(_STALE, which)]

    async def named(self, ids: Collection[str], model: str) -> list[Document]:
        which = {"ids": sorted(ids), "model": model}
        return [Document(*row) for row in await self._ask(_NAMED, which)]

    async def older(
        self, organization_id: OrganizationId, model: str, before: datetime, place: tuple[str, int]
    ) -> list[Document]:
        """Those whose vector was made earlier or by another model: so many after an id, by id."""
        which = {"organization": organization_id, "model": model, "before": before}
        after, limit = place
        rows = await self._ask(_OLDER_PAGE, {**which, "after": after, "limit": limit})
        return [Document(*row) for row in rows]

    async def count_older(
        self, organization_id: OrganizationId, model: str, before: datetime
    ) -> int:
        which = {"organization": organization_id, "model": model, "before": before}
        [(count,)] = await self._ask(_OLDER_COUNT, which)
        return int(count)

    async def unmodelled(self, model: str, after: int, limit: int) -> list[tuple[int, str]]:
        """Numbers and ids of those that count as fresh, but have no vector of the model."""
        which = {"model": model, "after": after, "limit": limit}
        return [(number, id) for number, id in await self._ask(_UNMODELLED, which)]

    async def of(
        self, organization_id: OrganizationId, ids: Collection[str], model: str
    ) -> dict[str, Vector]:
        entries = await self.entries(organization_id, ids, model)
        return {entry.id: entry.vector for entry in entries}

    async def entries(
        self, organization_id: OrganizationId, ids: Collection[str], model: str
    ) -> list[Entry]:
        which = {"organization": organization_id, "ids": sorted(ids), "model": model}
        return [_entry(row) for row in await self._ask(_ENTRIES, which)]

    async def digests(
        self, organization_id: OrganizationId, model: str, after: str, limit: int
    ) -> list[tuple[str, str]]:
        """Ids and digests, by id."""
        which = {
            "organization": organization_id, "model": model, "after": after, "limit": limit,
        }  # fmt: skip
        return [(id, digest) for id, digest in await self._ask(_DIGESTS, which)]

    async def later(
        self, model: str, after: tuple[datetime, str], until: datetime, limit: int
    ) -> list[Later]:
        """Those made after that moment and id, the oldest first."""
        which = {
            "model": model, "after_at": after[0], "after": after[1],
            "until": until, "limit": limit,
        }  # fmt: skip
        return [
            Later(organization_id=row[4], entry=_entry(row), made_at=row[5])
            for row in await self._ask(_LATER, which)
        ]

    async def organizations(self) -> list[OrganizationId]:
        return [id for (id,) in await self._ask(_ORGANIZATIONS, {})]

    async def counts(self) -> tuple[int, int]:
        """How many documents there are, and how many of them are stale."""
        [(documents, stale)] = await self._ask(_COUNTS, {})
        return documents, stale

    async def store(self, made: Sequence[Made], at: datetime) -> set[str]:
        """Keep each whose document still has the words it was made of; answers their ids."""

        async def work(draft: Draft) -> set[str]:
            return await _stored(draft, made, at)

        return await self._writer.submit(work)

    async def mark_stale(self, ids: Sequence[str]) -> None:
        async def work(draft: Draft) -> None:
            draft.stage(_STALE_AGAIN, {"ids": list(ids)}, *(("search", id) for id in ids))

        await self._writer.submit(work)

    async def _ask(self, statement: Statement, values: Values) -> list[Row]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(statement, values)

        return await self._readers.ask(question)


async def _stored(draft: Draft, made: Sequence[Made], at: datetime) -> set[str]:
    ids = [one.document.id for one in made]
    rows = await draft.fetch(_AS_THEY_ARE, {"ids": ids}, *(("search", id) for id in ids))
    words = {id: (title, body) for id, title, body in rows}
    kept = [one for one in made if words.get(one.document.id) == one.document.words]
    for one in kept:
        draft.stage(_FRESH, {"this_id": one.document.id}, ("search", one.document.id))
        if one.vector is not None:
            draft.stage(_KEEP, _row(one, one.vector, at))
    return {one.document.id for one in kept}


def _row(made: Made, vector: Vector, at: datetime) -> dict[str, object]:
    return {
        "id": made.document.id,
        "organization_id": made.document.organization_id,
        "kind": made.document.kind,
        "model": made.model,
        "digest": mark_of(made.digest, vector),
        "vector": vector,
        "made_at": at,
    }


def _entry(row: Row) -> Entry:
    return Entry(id=row[0], kind=row[1], digest=row[2], vector=bytes(row[3]))
