"""A house with an index beside it, and what is in either."""

from dataclasses import dataclass

from core.domain.incident import Incident
from core.ports import UnitOfWork
from storage.opening import Storage
from storage.similarity.indexer import IDLE, Indexer, Tools
from storage.similarity.vectors import SqlVectors
from tests.contract.house import ALICE, House
from tests.fakes.embedding import FakeEmbedder
from tests.fakes.vector_index import FakeVectorIndex


@dataclass(kw_only=True)
class Library:
    """A house with an index beside it. `generation` is None while that is away."""

    house: House
    vectors: SqlVectors
    embedder: FakeEmbedder
    index: FakeVectorIndex
    generation: int | None = 1

    def indexer(self, embedder: FakeEmbedder | None = None) -> Indexer:
        return Indexer(
            Tools(
                vectors=self.vectors,
                embedder=embedder or self.embedder,
                index=self.index,
                clock=self.house.clock,
                generation=lambda: self.generation,
            )
        )

    async def held(self) -> dict[str, str]:
        return dict(await self.index.digests(self.house.organization_id))

    async def stored(self, model: str = "fake-1") -> dict[str, str]:
        return dict(await self.vectors.digests(self.house.organization_id, model, "", 1_000))

    async def delete(self, incident: Incident) -> None:
        async def work(uow: UnitOfWork) -> Incident:
            current = await uow.incidents.get(incident.id)
            deleted, event = current.delete(by=ALICE, at=self.house.clock())
            return await uow.incidents.save(deleted, because=event)

        await self.house.run(work)


def a_library(house: House) -> Library:
    storage = house.storage
    assert isinstance(storage, Storage)
    return Library(
        house=house,
        vectors=SqlVectors(storage.writer, storage.readers),
        embedder=FakeEmbedder(),
        index=FakeVectorIndex(),
    )


async def finish(indexer: Indexer) -> None:
    """Turn after turn until there is nothing to do."""
    for _ in range(50):
        if await indexer.turn() == IDLE:
            return
    raise AssertionError("The indexer always finds something to do.")
