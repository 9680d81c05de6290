"""Opens search by meaning beside a storage: its worker, its index and what keeps that true."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from core.ports import Clock, Embedder, Search, VectorIndex
from storage.opening import Storage
from storage.similarity.endpoint import EndpointEmbedder
from storage.similarity.folder_lock import BotLock, IndexInUse, sole_index
from storage.similarity.index import WorkerIndex
from storage.similarity.indexer import Indexer, Tools
from storage.similarity.process import Worker, open_worker
from storage.similarity.process_state import Phase, Report, silent
from storage.similarity.searching import FusedSearch
from storage.similarity.vectors import SqlVectors

ANSWERS_WITHIN = aiohttp.ClientTimeout(total=30.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where vectors are made, if not here."""

    url: str
    model: str
    key: str = ""

    def __repr__(self) -> str:
        return f"Endpoint({self.model})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the index is: in a folder, or at a Chroma server; and where vectors are made."""

    folder: Path | None
    chroma_url: str | None = None
    endpoint: Endpoint | None = None

    def __repr__(self) -> str:
        return f"Place({self.folder or 'a Chroma server'}, {self.endpoint or 'here'})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Similarity:
    """`search` is by meaning while that can be done, and by words while it cannot."""

    search: Search
    indexer: Indexer
    vectors: SqlVectors
    embedder: Embedder
    index: VectorIndex
    worker: Worker

    async def stale(self) -> int:
        """How many documents wait for their vector."""
        return (await self.vectors.counts())[1]

    def restarts(self) -> int:
        return self.worker.state.restarts

    def notice(self) -> str:
        """What search lacks, in a sentence; empty if nothing."""
        compared = "" if self.indexer.compared else "The index is compared with the database."
        return self.worker.state.notice or self.indexer.trouble or compared


@asynccontextmanager
async def open_similarity(
    storage: Storage, place: Place, *, clock: Clock, report: Report = silent
) -> AsyncIterator[Similarity]:
    """Returns at once; what takes longer goes on in the background. Raises `IndexInUse`."""
    with sole_index(place.folder) as lock:
        async with (
            open_worker(
                folder=place.folder,
                chroma_url=place.chroma_url,
                model=place.endpoint is None,
                report=keeping(lock, report),
            ) as worker,
            embedder_of(worker, place.endpoint) as embedder,
        ):
            yield _over(storage, worker, embedder, clock, local=place.endpoint is None)


def keeping(lock: BotLock | None, report: Report) -> Report:
    """Whenever the index was opened anew, its folder may be another one by that name."""

    def told(event: str, fields: Mapping[str, object]) -> None:
        report(event, fields)
        if lock is None or event != "worker.ready":
            return
        try:
            lock.again()
        except IndexInUse as refusal:
            report("index.taken", {"reason": str(refusal)})

    return told


@asynccontextmanager
async def embedder_of(worker: Worker, endpoint: Endpoint | None) -> AsyncIterator[Embedder]:
    if endpoint is None:
        yield worker.embedder
        return
    async with aiohttp.ClientSession(timeout=ANSWERS_WITHIN) as session:
        yield EndpointEmbedder(session, url=endpoint.url, model=endpoint.model, key=endpoint.key)


def _over(
    storage: Storage, worker: Worker, embedder: Embedder, clock: Clock, *, local: bool
) -> Similarity:
    def generation() -> int | None:
        """Without a model there is nothing to do."""
        state = worker.state
        well = state.phase is Phase.READY and (state.embeds or not local)
        return state.generation if well else None

    vectors = SqlVectors(storage.writer, storage.readers)
    index = WorkerIndex(worker, model=embedder.model)
    tools = Tools(
        vectors=vectors, embedder=embedder, index=index, clock=clock, generation=generation
    )
    return Similarity(
        search=FusedSearch(storage.readers, embedder=embedder, index=index),
        indexer=Indexer(tools),
        vectors=vectors,
        embedder=embedder,
        index=index,
        worker=worker,
    )
