"""Search by words in SQL: the database picks candidates, the core ranks them."""

import asyncio
from collections.abc import Iterable, Sequence

from core.domain.ids import OrganizationId
from core.domain.search import Candidate, asked, excerpt, ranked
from core.domain.suggesting import begun as beginnings
from core.domain.suggesting import suggested
from core.ports import Found, SearchQuery, Suggestion
from storage.candidates import Asked, ByWords, Held, by_words, these, titled
from storage.connection import Connection
from storage.readers import Readers
from storage.term_spread import TermSpread


class SqlSearch:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._spread = TermSpread()

    async def find(self, organization_id: OrganizationId, query: SearchQuery) -> list[Found]:
        words = asked(query.text)
        if not words:
            return []

        which = Asked(organization_id=organization_id, words=words, kinds=query.kinds)
        found = await self._readers.ask(
            lambda connection: picked(connection, self._spread, which, query)
        )
        others = [one for one in found.held if one.id != query.about]
        return await asyncio.to_thread(_found, others, words, query)

    async def suggest(
        self, organization_id: OrganizationId, begun: str, kinds: frozenset[str], limit: int
    ) -> list[Suggestion]:
        return await suggestions(self._readers, organization_id, begun, kinds, limit)


async def suggestions(
    readers: Readers, organization_id: OrganizationId, text: str, kinds: frozenset[str], limit: int
) -> list[Suggestion]:
    """Titles are found by their words whether or not meaning is searched."""
    typed = beginnings(text)
    if not typed or not kinds:
        return []
    found = await readers.ask(lambda connection: titled(connection, organization_id, typed, kinds))
    return [
        Suggestion(id=one.id, kind=one.kind, title=one.title)
        for one in suggested(typed, found, limit)
    ]


async def picked(
    connection: Connection, spread: TermSpread, asked: Asked, query: SearchQuery
) -> ByWords:
    """What has words of the question, or all that were asked for by id."""
    if query.only is None:
        return await by_words(connection, spread, asked)
    return ByWords(held=await these(connection, asked, query.only))


def _found(held: Iterable[Held], words: Sequence[str], query: SearchQuery) -> list[Found]:
    documents = {one.id: one for one in held if not one.words.isdisjoint(words)}
    candidates = [
        Candidate(id=one.id, title=one.title, words=one.words) for one in documents.values()
    ]
    best = ranked(words, candidates, least=query.least)[: query.limit]
    return [_shown(documents[id], score, words) for id, score in best]


def _shown(held: Held, score: float, words: Sequence[str]) -> Found:
    snippet = excerpt(held.body, words, held.title)
    return Found(id=held.id, kind=held.kind, title=held.title, score=score, snippet=snippet)
