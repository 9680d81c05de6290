"""The baseline of words alone: how much of a question is in what was found."""

from collections import Counter
from collections.abc import Sequence
from math import log

from core.domain.ids import OrganizationId
from core.domain.search import MOST_WORDS, asked, terms
from core.ports import SearchQuery
from storage.candidates import Asked, Held
from storage.readers import Readers
from storage.searching import picked
from storage.term_spread import TermSpread

_IN_BODY = 0.75


class FullText:
    """The database picks, then rare words count more than common ones, and the title more than
    the rest."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._spread = TermSpread()

    async def find(
        self, organization_id: OrganizationId, query: SearchQuery
    ) -> list[tuple[str, float]]:
        words = asked(query.text)
        which = Asked(organization_id=organization_id, words=words, kinds=query.kinds)
        found = await self._readers.ask(
            lambda connection: picked(connection, self._spread, which, query)
        )
        return ranked(words, [one for one in found.held if one.id != query.about])[: query.limit]


def ranked(words: Sequence[str], held: Sequence[Held]) -> list[tuple[str, float]]:
    """Ids and scores from 0 to 1, the best first."""
    spread = Counter(word for one in held for word in words if word in one.words)
    weights = {word: 1 + log((len(held) + 1) / (spread[word] + 1)) for word in words}
    whole = sum(weights.values()) or 1.0
    scored = [(one.id, round(_weight(one, weights) / whole, 4)) for one in held]
    fitting = [(id, score) for id, score in scored if score > 0]
    return sorted(fitting, key=lambda pair: (pair[1], pair[0]), reverse=True)


def _weight(one: Held, weights: dict[str, float]) -> float:
    title = frozenset(terms(one.title, most=MOST_WORDS))
    return sum(
        weight * (1.0 if word in title else _IN_BODY)
        for word, weight in weights.items()
        if word in one.words
    )
