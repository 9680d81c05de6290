"""In how many documents each word is: counted by the database, remembered where that is costly."""

from collections.abc import Sequence

from sqlalchemy import TableClause, bindparam, column, select, text
from sqlalchemy import table as named

from core.domain.ids import OrganizationId
from core.ports.search import KINDS
from storage.connection import Connection
from storage.expressions import OneOf
from storage.search_terms import kind_terms, word_terms
from storage.statements import Statement
from storage.tables.search import SQLITE_VOCABULARY
from storage.types import TextList

COMMON = 2_000
"""A term that more documents have is counted rarely: a few more or less change nothing."""
MOST_REMEMBERED = 20_000
USES = 500
"""So often a number that was remembered is believed."""

_vocabulary: TableClause = named(SQLITE_VOCABULARY, column("term"), column("doc"))
_COUNTS = Statement(
    {
        "sqlite": select(_vocabulary.c.term, _vocabulary.c.doc).where(
            OneOf(_vocabulary.c.term, "terms")
        ),
        "postgresql": text(
            "SELECT term, (SELECT count(*) FROM search_documents"
            " WHERE words @@ quote_literal(term)::tsquery)"
            " FROM unnest(CAST(:terms AS text[])) AS term"
        )
        .bindparams(bindparam("terms", type_=TextList(), required=True))
        .columns(column("term"), column("doc")),
    }
)


class TermSpread:
    """Shared by the searches of a process, whichever thread they run in."""

    def __init__(self) -> None:
        self._common: dict[str, tuple[int, int]] = {}

    async def of(
        self, connection: Connection, organization_id: OrganizationId, words: Sequence[str]
    ) -> tuple[dict[str, int], int]:
        """How many of the organisation's documents have each of those words that are there at
        all; and how many documents there are."""
        kinds = kind_terms(KINDS, organization_id)
        terms = dict(zip(word_terms(words, organization_id), words, strict=True))
        counts = self._remembered([*terms, *kinds])
        unknown = [term for term in (*terms, *kinds) if term not in counts]
        rows = await connection.fetch(_COUNTS, {"terms": unknown}) if unknown else []
        counted: dict[str, int] = {term: count for term, count in rows}
        self._remember(counted)
        counts.update(counted)
        spread = {word: counts[term] for term, word in terms.items() if counts.get(term)}
        return spread, sum(counts.get(kind, 0) for kind in kinds)

    def _remembered(self, terms: Sequence[str]) -> dict[str, int]:
        counts = {}
        for term in terms:
            if known := self._common.pop(term, None):
                count, uses = known
                counts[term] = count
                if uses > 1:
                    self._common[term] = (count, uses - 1)
        return counts

    def _remember(self, counted: dict[str, int]) -> None:
        if len(self._common) > MOST_REMEMBERED:
            self._common.clear()
        self._common |= {term: (count, USES) for term, count in counted.items() if count > COMMON}
