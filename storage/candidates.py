"""What the database knows that may fit a question: picked by its words, by ids, by its title."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import (
    Integer,
    TableClause,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
)
from sqlalchemy import table as named
from sqlalchemy.dialects.postgresql import TSQUERY

from core.domain.ids import OrganizationId
from core.domain.suggesting import Titled
from core.ports.search import KINDS
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.search_terms import Sought, kind_terms, title_beginnings, word_terms
from storage.statements import Row, Statement
from storage.tables import search_documents
from storage.tables.search import SQLITE_INDEX
from storage.term_spread import TermSpread
from storage.types import TermQuery

MOST_CANDIDATES = 200
"""Whatever has fewer words of the question than so many others is not ranked."""
MOST_WALKED = 2_000
"""Documents that have one of the words that are looked for, each word counted: a word that most
documents have tells nothing, and would cost as much as all others together."""
MOST_TOGETHER = 4
"""Of words that all are common, so many must be there together."""

_documents = search_documents.c
_lite: TableClause = named(SQLITE_INDEX, column("rowid"), column("rank"))
_ours = Beside(_documents.organization_id) == bindparam("organization")
_limit = bindparam("limit", type_=Integer, required=True)
_sought = bindparam("sought", type_=TermQuery, required=True)
_tsquery = cast(_sought, TSQUERY)
_held = literal_column(SQLITE_INDEX).op("MATCH")(_sought)
_row = select(
    _documents.id, _documents.kind, _documents.title, _documents.body, _documents.words
).where(_ours)
_from_index = _row.join(_lite, _lite.c.rowid == _documents.sequence).where(_held)
_with_words = _row.where(_documents.words.op("@@")(_tsquery))
_BEST = Statement(
    {
        "sqlite": _from_index.order_by(_lite.c.rank).limit(_limit),
        "postgresql": _with_words.order_by(
            func.ts_rank(_documents.words, _tsquery).desc(), _documents.id.desc()
        ).limit(_limit),
    }
)
_NEWEST = Statement(
    {
        "sqlite": _from_index.order_by(_lite.c.rowid.desc()).limit(_limit),
        "postgresql": _with_words.order_by(_documents.sequence.desc()).limit(_limit),
    }
)
_THESE = Statement(_row.where(OneOf(_documents.id, "ids"), OneOf(_documents.kind, "kinds")))
_TITLES = Statement(
    {
        "sqlite": select(_documents.id, _documents.kind, _documents.title, _documents.sequence)
        .where(_ours)
        .join(_lite, _lite.c.rowid == _documents.sequence)
        .where(_held)
        .order_by(_lite.c.rowid.desc())
        .limit(_limit),
        "postgresql": select(_documents.id, _documents.kind, _documents.title, _documents.sequence)
        .where(_ours, _documents.words.op("@@")(_tsquery))
        .order_by(_documents.sequence.desc())
        .limit(_limit),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A document as it is stored; `words` are those of the question that it has."""

    id: str
    kind: str
    title: str
    body: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByWords:
    """`spread` says how many documents of the organisation have each word, of so many in all."""

    held: list[Held]
    spread: dict[str, int] = field(default_factory=dict)
    documents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for, among which documents; `limit` counts candidates."""

    organization_id: OrganizationId
    words: Sequence[str]
    kinds: Collection[str]
    limit: int = MOST_CANDIDATES

    @property
    def narrow(self) -> tuple[str, ...]:
        """The terms of the kinds, where not all will do."""
        every = frozenset(self.kinds) >= frozenset(KINDS)
        return () if every else kind_terms(self.kinds, self.organization_id)


async def by_words(connection: Connection, spread: TermSpread, asked: Asked) -> ByWords:
    """The best of those that have any of the telling words; where no word tells, the newest of
    those that have several."""
    if not asked.words or not asked.kinds:
        return ByWords(held=[])
    counts, documents = await spread.of(connection, asked.organization_id, asked.words)
    held: list[Held] = []
    if telling := telling_words(asked.words, counts):
        held = await _matching(connection, _BEST, asked, telling)
    elif counts:
        held = await _together(connection, asked, sorted(counts, key=lambda word: counts[word]))
    return ByWords(held=held, spread=counts, documents=documents)


async def _together(connection: Connection, asked: Asked, rarest: Sequence[str]) -> list[Held]:
    """The newest that have several of the words, as many as any document has together."""
    for count in range(min(MOST_TOGETHER, len(rarest)), 0, -1):
        if held := await _matching(connection, _NEWEST, asked, rarest[:count]):
            return held
    return []


def telling_words(words: Iterable[str], spread: dict[str, int]) -> list[str]:
    """The rarest of the words that are there at all, as many as can be looked for in time."""
    telling, walked = [], 0
    for word in sorted((one for one in words if one in spread), key=lambda one: spread[one]):
        walked += spread[word]
        if walked > MOST_WALKED:
            break
        telling.append(word)
    return telling


async def these(connection: Connection, asked: Asked, ids: Collection[str]) -> list[Held]:
    """Those of the ids that are documents of this organisation, of these kinds."""
    which = {"ids": sorted(ids), "kinds": sorted(asked.kinds)}
    values = {"organization": asked.organization_id, **which}
    return _held_of(await connection.fetch(_THESE, values), asked) if ids else []


async def titled(
    connection: Connection,
    organization_id: OrganizationId,
    typed: Sequence[str],
    kinds: Collection[str],
) -> list[Titled]:
    """The newest with words in their title that begin so."""
    sought = Sought(
        terms=title_beginnings(typed, organization_id),
        together=True,
        begun=True,
        kinds=kind_terms(kinds, organization_id),
    )
    which = {"organization": organization_id, "sought": sought, "limit": MOST_CANDIDATES}
    rows = await connection.fetch(_TITLES, which)
    return [
        Titled(id=id, kind=kind, title=title, sequence=number) for id, kind, title, number in rows
    ]


async def _matching(
    connection: Connection, statement: Statement, asked: Asked, words: Sequence[str]
) -> list[Held]:
    """`_NEWEST` have all of the words, `_BEST` any."""
    sought = Sought(
        terms=word_terms(words, asked.organization_id),
        together=statement is _NEWEST,
        kinds=asked.narrow,
    )
    which = {"organization": asked.organization_id, "sought": sought, "limit": asked.limit}
    return _held_of(await connection.fetch(statement, which), asked)


def _held_of(rows: Iterable[Row], asked: Asked) -> list[Held]:
    terms = dict(zip(word_terms(asked.words, asked.organization_id), asked.words, strict=True))
    every = frozenset(terms)
    return [
        Held(
            id=id,
            kind=kind,
            title=title,
            body=body,
            words=frozenset(terms[one] for one in every & filed_under),
        )
        for id, kind, title, body, filed_under in rows
    ]
