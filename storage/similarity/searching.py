"""Search by meaning and by words at once; by words alone while there is no meaning to be had."""

import asyncio
from collections.abc import Mapping

from core.domain.fusion import Question
from core.domain.ids import OrganizationId
from core.errors import Unavailable
from core.ports import Embedder, Found, SearchQuery, Suggestion, Vector, VectorIndex
from storage.candidates import Asked
from storage.readers import Readers
from storage.searching import picked, suggestions
from storage.similarity.evidence import Meaning, gathered
from storage.similarity.fusing import fused
from storage.term_spread import TermSpread

NEAREST = 50
MOST_BY_WORDS = 40
PATIENCE = 1.0
"""Seconds to wait for meaning; somebody who is on call has no more."""


class FusedSearch:
    """What is found is looked up in the database before it is shown, so that a lagging index
    neither shows what was deleted nor what belongs to others. Without an embedder it is by words
    alone."""

    def __init__(
        self,
        readers: Readers,
        *,
        embedder: Embedder | None = None,
        index: VectorIndex | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._readers = readers
        self._embedder = embedder
        self._index = index
        self._patience = patience
        self._spread = TermSpread()

    async def find(self, organization_id: OrganizationId, query: SearchQuery) -> list[Found]:
        question = await asyncio.to_thread(Question.of, query.text)
        if not question.text or not query.kinds:
            return []
        asked = Asked(
            organization_id=organization_id,
            words=question.words,
            kinds=query.kinds,
            limit=max(MOST_BY_WORDS, query.limit),
        )
        words, meaning = await asyncio.gather(
            self._readers.ask(lambda reading: picked(reading, self._spread, asked, query)),
            self._by_meaning(organization_id, question, query),
        )
        evidence = await self._readers.ask(
            lambda reading: gathered(reading, asked, words.held, meaning, query)
        )
        return await asyncio.to_thread(fused, question, query, words, meaning, evidence)

    async def suggest(
        self, organization_id: OrganizationId, begun: str, kinds: frozenset[str], limit: int
    ) -> list[Suggestion]:
        return await suggestions(self._readers, organization_id, begun, kinds, limit)

    async def _by_meaning(
        self, organization_id: OrganizationId, question: Question, query: SearchQuery
    ) -> Meaning | None:
        """None when it cannot be had in time; without neighbours when only the index is away."""
        if self._embedder is None:
            return None
        deadline = asyncio.get_running_loop().time() + self._patience
        try:
            async with asyncio.timeout_at(deadline):
                [vector] = await self._embedder.embed([question.text], urgent=True)
        except (Unavailable, TimeoutError):
            return None
        near = await self._near(organization_id, vector, query, deadline)
        return Meaning(model=self._embedder.model, vector=vector, near=near)

    async def _near(
        self, organization_id: OrganizationId, vector: Vector, query: SearchQuery, deadline: float
    ) -> Mapping[str, float]:
        if self._index is None or query.only is not None:
            return {}
        try:
            async with asyncio.timeout_at(deadline):
                nearest = await self._index.nearest(
                    organization_id, vector, limit=NEAREST, kinds=query.kinds
                )
                return dict(nearest)
        except (Unavailable, TimeoutError):
            return {}
