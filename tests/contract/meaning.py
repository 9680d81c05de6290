"""Search by meaning over a real database, with a model and an index that a test can take away."""

from dataclasses import dataclass
from typing import Any

from core.domain.events import LikenessJudged
from core.domain.incident import Incident
from core.domain.likeness import Likeness, Verdict
from core.ports import Found, SearchQuery, UnitOfWork
from storage.opening import Storage
from storage.similarity.documents import Made, texts_of
from storage.similarity.searching import FusedSearch
from storage.similarity.vectors import SqlVectors
from tests.contract.house import ALICE, House
from tests.fakes.moment import NOON
from tests.fakes.topics import TopicEmbedder, TopicIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    house: House
    embedder: TopicEmbedder
    index: TopicIndex
    search: FusedSearch

    async def learn(self) -> None:
        """Every document has its vector, in the database and in the index."""
        storage = self._storage
        vectors = SqlVectors(storage.writer, storage.readers)
        texts = texts_of(await vectors.stale(100, self.embedder.model), self.embedder.model)
        made = [
            Made(document=one.document, model="topics-1", digest=one.digest, vector=vector)
            for one, vector in zip(
                texts, await self.embedder.embed([one.text for one in texts]), strict=True
            )
        ]
        await vectors.store(made, NOON)
        for one in made:
            assert one.entry
            await self.index.put(one.document.organization_id, [one.entry])

    async def declare(self, title: str, **changes: Any) -> Incident:
        incident = await self.house.declare(title=title, **changes)
        await self.learn()
        return incident

    async def find(self, text: str, **query: Any) -> list[Found]:
        return await self.search.find(self.house.organization_id, SearchQuery(text=text, **query))

    async def titles(self, text: str, **query: Any) -> list[str]:
        return [one.title for one in await self.find(text, **query)]

    async def judge(self, one: Incident, other: Incident, verdict: Verdict) -> None:
        likeness = Likeness(incident_id=one.id, other_id=other.id, kind="incident", found_at=NOON)
        judged = likeness.judge(verdict, by=ALICE, at=NOON)
        because = LikenessJudged(
            incident_id=one.id,
            by=ALICE,
            at=NOON,
            other_id=other.id,
            other=other.reference,
            verdict=verdict,
        )

        async def work(uow: UnitOfWork) -> None:
            await uow.likenesses.judged(judged, because=because)

        await self.house.run(work)

    @property
    def _storage(self) -> Storage:
        assert isinstance(self.house.storage, Storage)
        return self.house.storage
