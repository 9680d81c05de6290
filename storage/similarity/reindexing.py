"""Embeds everything of an organisation anew; what was done stays done when it is cut off."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import OrganizationId
from core.errors import Unavailable
from core.ports import Clock, Embedder, VectorIndex
from storage.similarity.comparing import Comparison
from storage.similarity.documents import Document, Made, texts_of
from storage.similarity.vectors import SqlVectors

MOST_AT_ONCE = 32
MOST_IN_A_ROW = 3
"""Texts that cannot be embedded; with more than these it is not for what they say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`failed` are documents that could not be embedded; they keep the vectors they had."""

    done: int
    total: int
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """`ready` waits until the embedder can be asked, as after a restart of its process."""

    vectors: SqlVectors
    embedder: Embedder
    clock: Clock
    ready: Callable[[], Awaitable[object]]


class Reindexing:
    """`since` is when it was first begun: what was embedded later need not be done again."""

    def __init__(
        self,
        tools: Tools,
        *,
        organization_id: OrganizationId,
        since: datetime,
    ) -> None:
        self._vectors = tools.vectors
        self._embedder = tools.embedder
        self._clock = tools.clock
        self._ready = tools.ready
        self._whose = organization_id
        self._since = since
        self._in_a_row = 0

    async def embed(self) -> AsyncIterator[Progress]:
        """A bot that runs meanwhile takes over what is stored. Raises `Unavailable`."""
        model = self._embedder.model
        total = await self._vectors.count_older(self._whose, model, self._since)
        progress, after = Progress(done=0, total=total), ""
        yield progress
        while documents := await self._vectors.older(
            self._whose, model, self._since, (after, MOST_AT_ONCE)
        ):
            failed = await self._together(documents)
            after = documents[-1].id
            progress = Progress(
                done=progress.done + len(documents) - failed,
                total=total,
                failed=progress.failed + failed,
            )
            yield progress

    async def fill(self, index: VectorIndex, *, anew: bool) -> None:
        """Puts every vector into the index; `anew` empties it before."""
        if anew:
            await index.clear(self._whose)
        comparison = Comparison(self._vectors, index, self._embedder)
        async for _ in comparison.of(self._whose, trusting=False):
            await asyncio.sleep(0)

    async def _together(self, documents: Sequence[Document]) -> int:
        """How many could not be embedded."""
        try:
            await self._embed(documents)
        except Unavailable:
            return sum([await self._alone(one) for one in documents])
        self._in_a_row = 0
        return 0

    async def _alone(self, document: Document) -> int:
        try:
            await self._embed([document])
        except Unavailable:
            self._in_a_row += 1
            if self._in_a_row > MOST_IN_A_ROW:
                raise
            return 1
        self._in_a_row = 0
        return 0

    async def _embed(self, documents: Sequence[Document]) -> None:
        await self._ready()
        model = self._embedder.model
        texts = await asyncio.to_thread(texts_of, documents, model)
        vectors = await self._embedder.embed([one.text for one in texts])
        made = [
            Made(document=text.document, model=model, digest=text.digest, vector=vector)
            for text, vector in zip(texts, vectors, strict=True)
        ]
        await self._vectors.store(made, self._clock())
