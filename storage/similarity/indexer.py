"""Keeps the index for search by meaning true to the database: embeds what has new words, takes
over what other processes embedded, and compares the two whenever the index was opened."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from core.domain.ids import OrganizationId
from core.errors import CoreError, Unavailable
from core.ports import Clock, Embedder, Entry, VectorIndex
from storage.similarity.comparing import Comparison
from storage.similarity.documents import Document, Made, by_organization, texts_of
from storage.similarity.following import Follower
from storage.similarity.suspects import Suspects
from storage.similarity.vectors import SqlVectors

MOST_AT_ONCE = 32
"""Documents that are embedded and stored together."""
IDLE = 3.0
"""Seconds until the database is looked at again unasked: other processes write into it too."""
NOT_READY = 0.5
COMPARED_EVERY = timedelta(hours=6)
COMPARED_SOON = timedelta(minutes=10)
"""After something without a vector of this model was found: while bots of two models are there,
each counts as done what the other has marked."""
STUMBLED = "The index is not kept up to date at the moment; the log says why."
_END: Final = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """`generation` counts how often the index was opened; None while it is not open."""

    vectors: SqlVectors
    embedder: Embedder
    index: VectorIndex
    clock: Clock
    generation: Callable[[], int | None]


class Indexer:
    """Its turns are taken by one task; whoever rings may be another one. `trouble` says why the
    last turn failed, if it did."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self.trouble = ""
        self._rung: dict[str, OrganizationId] = {}
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._in_vain = False
        self._suspects = Suspects(MOST_AT_ONCE)
        self._compared: int | None = None
        self._compared_at = tools.clock()
        self._steps: AsyncIterator[None] | None = None
        self._comparison = Comparison(tools.vectors, tools.index, tools.embedder)
        self._follower = Follower(tools.vectors, tools.clock())

    def ring(self, organization_id: OrganizationId, id: str) -> None:
        """That document has new words, or is gone; it comes before all others."""
        self._rung[id] = organization_id
        self._suspects.acquit(id)
        self._quiet.clear()

    @property
    def compared(self) -> bool:
        """Whether the index was found or made equal to the database since it was opened."""
        generation = self._tools.generation()
        return generation is not None and self._steps is None and not self._due(generation)

    async def settled(self, within: float) -> None:
        """Returns once everything that rang is in the index, or after so many seconds; at once
        while there is no index to wait for, it fails, or another has waited in vain."""
        if self._tools.generation() is None or self.trouble or self._in_vain:
            return
        try:
            async with asyncio.timeout(within):
                await self._quiet.wait()
        except TimeoutError:
            self._in_vain = True

    async def turn(self) -> float:
        """Do a little of what there is to do; answers for how many seconds to rest then.
        Raises `Unavailable` when something it needs is away."""
        trouble = STUMBLED
        try:
            rest = await self._turn()
            trouble = ""
        except CoreError as refusal:
            trouble = str(refusal)
            raise
        finally:
            self.trouble = trouble
        return rest

    async def _turn(self) -> float:
        generation = self._tools.generation()
        if generation is None:
            return NOT_READY
        if self._due(generation):
            self._steps = self._comparison.steps()
        self._compared = generation
        worked = await self._answer_rings()
        behind = await self._compare()
        behind = await self._follow() or behind
        # Last: it fails as long as nothing can be embedded, which the rest does not need.
        worked = behind or await self._freshen() or worked
        return 0.0 if worked else IDLE

    def _due(self, generation: int) -> bool:
        """Another index, or long ago: what other processes deleted is noticed only so."""
        if generation != self._compared:
            return True
        pause = COMPARED_SOON if self._comparison.marked else COMPARED_EVERY
        return self._steps is None and self._tools.clock() - self._compared_at > pause

    async def _compare(self) -> bool:
        """One step. When it fails, everything is compared again once that is possible."""
        steps, generation = self._steps, self._compared
        if steps is None:
            return False
        self._steps = self._compared = None
        ended = await anext(steps, _END) is _END
        self._compared = generation
        if ended:
            self._compared_at = self._tools.clock()
        else:
            self._steps = steps
        return True

    async def _answer_rings(self) -> bool:
        """Should it fail, what is stale waits in the database with all others, and what is not is
        found by a comparison."""
        rung = dict(list(self._rung.items())[:MOST_AT_ONCE])
        if not rung:
            return False
        try:
            await self._look_at(rung)
            self._in_vain = False
        finally:
            for id in rung:
                del self._rung[id]
            if not self._rung:
                self._quiet.set()
        return True

    async def _look_at(self, rung: Mapping[str, OrganizationId]) -> None:
        with self._compared_if_it_fails():
            found = await self._tools.vectors.named(rung, self._tools.embedder.model)
        there = {one.id for one in found}
        await self._remove({id: whose for id, whose in rung.items() if id not in there})
        await self._take_over([one for one in found if not one.stale])
        if stale := [one for one in found if one.stale]:
            await self._embed_now(stale)

    async def _embed_now(self, stale: Sequence[Document]) -> None:
        try:
            made = await self._made(stale, urgent=True)
        except Unavailable:
            if self._steps is None:
                raise
            return  # the comparison need not wait for it
        await self._keep(made)

    async def _freshen(self) -> bool:
        limit = MOST_AT_ONCE + self._suspects.count
        seen = await self._tools.vectors.stale(limit, self._tools.embedder.model)
        batch = self._suspects.without(seen)
        if not batch:
            return False
        try:
            made = await self._made(batch, urgent=False)
        except Unavailable:
            self._suspects.failed(batch)
            raise
        self._suspects.succeeded()
        await self._keep(made)
        return True

    async def _keep(self, made: Sequence[Made]) -> None:
        """Vectors are stored before the index has them: it can be made of them at any time."""
        at = self._tools.clock()
        stored = await self._tools.vectors.store(made, at)
        kept = [one for one in made if one.document.id in stored]
        await self._put(one for one in kept if one.vector is not None)
        await self._take_over(one.document for one in kept if one.vector is None)
        self._follower.seen((one.document.id for one in kept), at)

    async def _made(self, documents: Sequence[Document], *, urgent: bool) -> list[Made]:
        tools = self._tools
        model = tools.embedder.model
        texts = await asyncio.to_thread(texts_of, documents, model)
        unknown = {one.digest: one.text for one in texts if not one.known}
        vectors = await tools.embedder.embed([*unknown.values()], urgent=urgent) if unknown else []
        new = dict(zip(unknown, vectors, strict=True))
        return [
            Made(
                document=one.document,
                model=model,
                digest=one.digest,
                vector=new[one.digest] if not one.known else None,
            )
            for one in texts
        ]

    async def _put(self, made: Iterable[Made]) -> None:
        for whose, some in by_organization(made, lambda one: one.document.organization_id):
            await self._insert(whose, [entry for one in some if (entry := one.entry)])

    async def _take_over(self, documents: Iterable[Document]) -> None:
        """Their vectors are stored already."""
        model = self._tools.embedder.model
        for whose, some in by_organization(documents, lambda one: one.organization_id):
            ids = [one.id for one in some]
            with self._compared_if_it_fails():
                entries = await self._tools.vectors.entries(whose, ids, model)
            await self._insert(whose, entries)

    async def _remove(self, gone: Mapping[str, OrganizationId]) -> None:
        for whose, ids in by_organization(gone, gone.__getitem__):
            with self._compared_if_it_fails():
                await self._tools.index.remove(whose, ids)

    async def _follow(self) -> bool:
        later = await self._follower.later(self._tools.embedder.model, self._tools.clock())
        for whose, some in by_organization(later, lambda one: one.organization_id):
            await self._insert(whose, [one.entry for one in some])
        self._follower.done(later)
        return bool(later)

    async def _insert(self, whose: OrganizationId, entries: Sequence[Entry]) -> None:
        if entries:
            with self._compared_if_it_fails():
                await self._tools.index.put(whose, entries)
            self._comparison.noticed(whose, (one.id for one in entries))

    @contextmanager
    def _compared_if_it_fails(self) -> Iterator[None]:
        """Nothing else tells afterwards what the index missed: the database counts it as done."""
        try:
            yield
        except BaseException:
            self._steps = self._compared = None
            raise
