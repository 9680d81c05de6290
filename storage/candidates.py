"""What the database knows that may fit a question: picked by its words, by ids, by its title."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from core.domain.ids import OrganizationId
from core.domain.suggesting import Titled
from core.ports.search import KINDS
from storage.candidate_statements import BEST, NEWEST, THESE, TITLES
from storage.connection import Connection
from storage.search_terms import Sought, kind_terms, title_beginnings, word_terms
from storage.statements import Statement, Values
from storage.term_spread import TermSpread

MOST_CANDIDATES = 200
"""Whatever has fewer words of the question than so many others is not ranked."""
MOST_WALKED = 2_000
"""Documents that have one of the words that are looked for, each word counted: a word that most
documents have tells nothing, and would cost as much as all others together."""
MOST_TOGETHER = 4
"""Of words that all are common, so many must be there together."""


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
        held = await _matching(connection, BEST, asked, telling)
    elif counts:
        held = await _together(connection, asked, sorted(counts, key=lambda word: counts[word]))
    return ByWords(held=held, spread=counts, documents=documents)


async def _together(connection: Connection, asked: Asked, rarest: Sequence[str]) -> list[Held]:
    """The newest that have several of the words, as many as any document has together."""
    for count in range(min(MOST_TOGETHER, len(rarest)), 0, -1):
        if held := await _matching(connection, NEWEST, asked, rarest[:count]):
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
    return await _held(connection, THESE, asked, which) if ids else []


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
    rows = await connection.fetch(TITLES, which)
    return [
        Titled(id=id, kind=kind, title=title, sequence=number) for id, kind, title, number in rows
    ]


async def _matching(
    connection: Connection, statement: Statement, asked: Asked, words: Sequence[str]
) -> list[Held]:
    """`NEWEST` have all of the words, `BEST` any."""
    sought = Sought(
        terms=word_terms(words, asked.organization_id),
        together=statement is NEWEST,
        kinds=asked.narrow,
    )
    return await _held(connection, statement, asked, {"sought": sought, "limit": asked.limit})


async def _held(
    connection: Connection, statement: Statement, asked: Asked, which: Values
) -> list[Held]:
    terms = dict(zip(word_terms(asked.words, asked.organization_id), asked.words, strict=True))
    every = frozenset(terms)
    values = {"organization": asked.organization_id, "terms": list(terms), **which}
    rows = await connection.fetch(statement, values)
    return [
        Held(
            id=id,
            kind=kind,
            title=title,
            body=body,
            words=frozenset(terms[one] for one in every.intersection(filed_under)),
        )
        for id, kind, title, body, filed_under in rows
    ]
