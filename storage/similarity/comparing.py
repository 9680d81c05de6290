"""Makes the index equal to what is stored, after it was opened: a little in each step."""

from collections.abc import AsyncIterator, Iterable, Sequence
from itertools import islice

from core.domain.ids import OrganizationId
from core.ports import Embedder, VectorIndex
from storage.similarity.vectors import SqlVectors

PAGE = 2_000
"""Digests that are compared in one step."""
MOST_PUT = 256
MOST_MARKED = 500


class Comparison:
    def __init__(self, vectors: SqlVectors, index: VectorIndex, embedder: Embedder) -> None:
        self._vectors = vectors
        self._index = index
        self._embedder = embedder
        self.marked = False
        self._whose: OrganizationId | None = None
        self._held: dict[str, str] = {}

    def noticed(self, organization_id: OrganizationId, ids: Iterable[str]) -> None:
        """The index has these by now, whatever it held before."""
        if organization_id == self._whose:
            for id in ids:
                self._held.pop(id, None)

    async def steps(self) -> AsyncIterator[None]:
        """What has no vector of this model becomes stale; then each organisation's index."""
        async for _ in self._unmodelled():
            yield
        known = await self._vectors.organizations()
        for stranger in set(await self._index.organizations()) - set(known):
            await self._index.clear(stranger)
            yield
        for organization_id in known:
            async for _ in self.of(organization_id):
                yield

    async def _unmodelled(self) -> AsyncIterator[None]:
        """What is marked here, a bot with another model may count as done once more."""
        self.marked, after, model = False, 0, self._embedder.model
        while rows := await self._vectors.unmodelled(model, after, MOST_MARKED):
            await self._vectors.mark_stale([id for _, id in rows])
            self.marked = True
            after = rows[-1][0]
            yield

    async def of(
        self, organization_id: OrganizationId, *, trusting: bool = True
    ) -> AsyncIterator[None]:
        """One organisation; unless `trusting`, what the index says to have is put there too."""
        held = await self._index.digests(organization_id)
        self._whose, self._held = (
            organization_id,
            dict(held if trusting else dict.fromkeys(held, "")),
        )
        after = ""
        while page := await self._page(organization_id, after):
            after = page[-1][0]
            async for _ in self._put(organization_id, self._different(page)):
                yield
            yield
        async for _ in self._remove(organization_id):
            yield
        self._whose = None

    async def _page(self, organization_id: OrganizationId, after: str) -> list[tuple[str, str]]:
        return await self._vectors.digests(organization_id, self._embedder.model, after, PAGE)

    def _different(self, page: Sequence[tuple[str, str]]) -> list[str]:
        """What the index lacks, or has another vector of; what is left in the end it should not
        have."""
        return [id for id, digest in page if self._held.pop(id, None) != digest]

    async def _put(self, organization_id: OrganizationId, ids: list[str]) -> AsyncIterator[None]:
        for start in range(0, len(ids), MOST_PUT):
            some, model = ids[start : start + MOST_PUT], self._embedder.model
            entries = await self._vectors.entries(organization_id, some, model)
            await self._index.put(organization_id, entries)
            yield

    async def _remove(self, organization_id: OrganizationId) -> AsyncIterator[None]:
        while some := [*islice(self._held, MOST_MARKED)]:
            await self._index.remove(organization_id, some)
            self.noticed(organization_id, some)
            yield
