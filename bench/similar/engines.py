"""What is compared: search as it is, each part of it alone, and hashing; over one corpus."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.similar.corpus import write
from bench.similar.full_text import FullText
from bench.similar.hashing import Hashing
from bench.similar.labelled import Labelled
from bench.similar.measures import Answer
from bench.similar.questions import Question
from bench.similar.remembered import remembering
from core.domain import fusion
from core.domain.ids import IncidentId, OrganizationId
from core.ports import Embedder, Search, SearchQuery, Vector, VectorIndex
from storage.migrating import migrate
from storage.opening import Storage, open_storage
from storage.similarity.index import WorkerIndex
from storage.similarity.indexer import Indexer, Tools
from storage.similarity.process import Worker, open_worker
from storage.similarity.searching import FusedSearch
from storage.similarity.vectors import SqlVectors

LIMIT = 40
"""Answers that are asked for."""
PATIENCE = 30.0
FUSED, VECTORS, WORDS = "fused", "vectors alone", "full text alone"
WITHOUT_MODEL, HASHING = "fused, no model", "naive hashing"

Found = list[tuple[str, float]]
Engine = Callable[[Question], Awaitable[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """All of them, by name; `topics` says what the label of a document is."""

    engines: Mapping[str, Engine]
    topics: Mapping[str, str]

    async def answers(self, name: str, questions: Sequence[Question]) -> list[Answer]:
        return [await self._answer(self.engines[name], question) for question in questions]

    async def _answer(self, engine: Engine, question: Question) -> Answer:
        found = await engine(question)
        itself = question.about.id if question.about else None
        others = [(id, score) for id, score in found if id != itself]
        return Answer(
            question=question,
            topics=tuple(self.topics[id] for id, _ in others),
            scores=tuple(score for _, score in others),
        )


@asynccontextmanager
async def open_engines(
    folder: Path, corpus: Sequence[Labelled], *, vectors: Path
) -> AsyncIterator[Engines]:
    """A database and an index of the corpus in an empty folder; `vectors` is the file of those
    that were made before."""
    url = f"sqlite+aiosqlite:///{folder / 'tocsin.db'}"
    await migrate(url)
    storage = await open_storage(url, clock=_now, new_id=_no_id)
    try:
        ours = (await storage.directory.ensure_organization("default", "Default")).id
        write(folder / "tocsin.db", ours, corpus)
        async with open_worker(folder=folder / "index") as worker:
            await worker.opened()
            with remembering(worker.embedder, vectors) as embedder:
                index = WorkerIndex(worker, model=embedder.model)
                await _indexed(storage, embedder, index, worker)
                yield Engines(
                    engines=_engines(storage, ours, embedder, index, corpus),
                    topics={one.id: one.topic for one in corpus},
                )
    finally:
        await storage.close()


def _engines(
    storage: Storage,
    ours: OrganizationId,
    embedder: Embedder,
    index: VectorIndex,
    corpus: Sequence[Labelled],
) -> dict[str, Engine]:
    words = FullText(storage.readers)
    both = FusedSearch(storage.readers, embedder=embedder, index=index, patience=PATIENCE)
    hashed = Hashing(corpus)

    async def hashing(question: Question) -> Found:
        return hashed.nearest(question.text, LIMIT)

    async def full_text(question: Question) -> Found:
        return await words.find(ours, _query(question))

    async def nearest(question: Question) -> Found:
        vector = await _vector(embedder, question)
        return await index.nearest(ours, vector, limit=LIMIT, kinds=("incident",))

    return {
        FUSED: _searching(both, ours),
        VECTORS: nearest,
        WORDS: full_text,
        WITHOUT_MODEL: _searching(storage.search, ours),
        HASHING: hashing,
    }


def _searching(search: Search, ours: OrganizationId) -> Engine:
    async def find(question: Question) -> Found:
        return [(one.id, one.score) for one in await search.find(ours, _query(question))]

    return find


def _query(question: Question) -> SearchQuery:
    about = IncidentId(question.about.id) if question.about else None
    return SearchQuery(text=question.text, limit=LIMIT, about=about)


async def _vector(embedder: Embedder, question: Question) -> Vector:
    [vector] = await embedder.embed([fusion.Question.of(question.text).text], urgent=True)
    return vector


async def _indexed(
    storage: Storage, embedder: Embedder, index: VectorIndex, worker: Worker
) -> None:
    vectors = SqlVectors(storage.writer, storage.readers)
    tools = Tools(
        vectors=vectors,
        embedder=embedder,
        index=index,
        clock=_now,
        generation=lambda: worker.state.generation,
    )
    indexer = Indexer(tools)
    while not await indexer.turn():
        pass


def _now() -> datetime:
    """Nothing that is measured depends on it."""
    return datetime(2026, 1, 1, tzinfo=UTC)


def _no_id(prefix: str) -> str:
    """There is one organisation, and nothing else is made."""
    return f"{prefix}_bench"
