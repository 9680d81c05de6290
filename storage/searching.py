"""Search by words in SQL: the database picks candidates and titles, the core ranks them."""

from core.domain.ids import OrganizationId
from core.domain.suggesting import begun as beginnings
from core.domain.suggesting import suggested
from core.ports import SearchQuery, Suggestion
from storage.candidates import Asked, ByWords, by_words, these, titled
from storage.connection import Connection
from storage.readers import Readers
from storage.term_spread import TermSpread


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
