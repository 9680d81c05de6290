"""Search by words in SQL: the database picks candidates, the core ranks them."""

from collections.abc import Sequence

from sqlalchemy import TableClause, bindparam, cast, column, func, literal_column, select
from sqlalchemy import delete as sql_delete
from sqlalchemy import table as named
from sqlalchemy.dialects.postgresql import TSQUERY

from core.domain.ids import OrganizationId
from core.domain.search import FINDABLE, Candidate, Document, asked, document_of, excerpt, ranked
from core.ports import Found, SearchQuery
from storage.connection import Connection
from storage.expressions import OneOf
from storage.readers import Readers
from storage.session import Draft
from storage.statements import Statement, deletion, replacement
from storage.tables import search_documents
from storage.tables.search import SQLITE_INDEX
from storage.types import AnyTerm

MOST_CANDIDATES = 200
"""Whatever has fewer words of the question than so many others is not ranked."""

_documents = search_documents.c
_lite: TableClause = named(SQLITE_INDEX, column("rowid"), column("rank"))
_OURS = (
    _documents.organization_id == bindparam("organization"),
    OneOf(_documents.kind, "kinds"),
)
_any = bindparam("words", type_=AnyTerm)
_tsquery = cast(_any, TSQUERY)
_candidate = select(_documents.id, _documents.title, _documents.words).where(*_OURS)
_CANDIDATES = Statement(
    {
        "sqlite": _candidate.join(_lite, _lite.c.rowid == _documents.sequence)
        .where(literal_column(SQLITE_INDEX).op("MATCH")(_any))
        .order_by(_lite.c.rank)
        .limit(MOST_CANDIDATES),
        "postgresql": _candidate.where(_documents.words.op("@@")(_tsquery))
        .order_by(func.ts_rank(_documents.words, _tsquery).desc(), _documents.id.desc())
        .limit(MOST_CANDIDATES),
    }
)
_WHOLE = Statement(
    select(_documents.id, _documents.kind, _documents.title, _documents.body).where(
        _documents.organization_id == bindparam("organization"), OneOf(_documents.id, "ids")
    )
)
_KEEP = replacement(search_documents, "id", keep=frozenset({"organization_id"}))
_FORGET = deletion(
    sql_delete(search_documents).where(
        _documents.organization_id == bindparam("organization"),
        _documents.id == bindparam("id"),
    ),
    search_documents,
)


class SearchIndex:
    """Keeps what can be found in step with what is stored, within one transaction."""

    def __init__(self, draft: Draft, organization_id: OrganizationId) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self._known: dict[str, Document | None] = {}

    def seen(self, id: str, thing: object) -> None:
        """So it was read: as long as its words stay, nothing need be written."""
        if isinstance(thing, FINDABLE):
            self._known[id] = document_of(thing)

    def keep(self, id: str, thing: object) -> None:
        document = document_of(thing)
        unchanged = id in self._known and self._known[id] == document
        if unchanged or not isinstance(thing, FINDABLE):
            return
        self._known[id] = document
        if document is None:
            which = {"organization": self._organization_id, "id": id}
            self._draft.stage(_FORGET, which, ("search", id))
        else:
            self._draft.stage(_KEEP, row_of(document, self._organization_id), ("search", id))


class SqlSearch:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def find(self, organization_id: OrganizationId, query: SearchQuery) -> list[Found]:
        words = asked(query.text)
        if not words:
            return []

        async def question(connection: Connection) -> list[Found]:
            return await _found(connection, organization_id, words, query)

        return await self._readers.ask(question)


async def _found(
    connection: Connection,
    organization_id: OrganizationId,
    words: Sequence[str],
    query: SearchQuery,
) -> list[Found]:
    which = {"organization": organization_id, "kinds": sorted(query.kinds)}
    rows = await connection.fetch(_CANDIDATES, {**which, "words": words})
    candidates = [Candidate(id=id, title=title, words=found) for id, title, found in rows]
    best = ranked(words, candidates, least=query.least)[: query.limit]
    ids = [id for id, _ in best]
    whole = await connection.fetch(_WHOLE, {"organization": organization_id, "ids": ids})
    texts = {id: (kind, title, body) for id, kind, title, body in whole}
    return [_shown(id, score, *texts[id], words) for id, score in best if id in texts]


def _shown(id: str, score: float, kind: str, title: str, body: str, words: Sequence[str]) -> Found:
    snippet = excerpt(body, words, title)
    return Found(id=id, kind=kind, title=title, score=score, snippet=snippet)


def row_of(document: Document, organization_id: OrganizationId) -> dict[str, object]:
    return {
        "id": document.id,
        "organization_id": organization_id,
        "kind": document.kind,
        "title": document.title,
        "body": document.body,
        "words": document.words,
    }
