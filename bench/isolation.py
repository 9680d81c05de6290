"""Whether search in one organisation is slowed by what another has to search."""

import asyncio
import shutil
import sqlite3
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.search_population import populate, text_of
from core.domain.ids import OrganizationId
from core.ports import SearchQuery, Vector
from core.ports.search import KINDS
from storage.migrating import migrate
from storage.opening import open_storage
from storage.similarity.chroma_collections import SETTINGS, SILENT, about, name_of
from storage.similarity.index import WorkerIndex
from storage.similarity.index_folder import IndexFolder
from storage.similarity.process import Worker, open_worker
from storage.similarity.searching import FusedSearch

OURS, NEIGHBOUR = OrganizationId("ours"), OrganizationId("neighbour")
FEW, MANY = 100_000, 300_000
MODEL, NUMBERS, TOPICS, AT_ONCE = "synthetic", 384, 2_000, 1_000
PATIENCE = 30.0
ROUNDS, QUERIES, LIMIT = 8, 100, 50
ROW = {"kind": "incident", "digest": "0" * 64}
SLOWER = 1.25
"""Of the median; a quarter is what the machine itself differs from one minute to the next."""

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthetic:
    """An embedder that costs nothing: a text lies beside one of the topics."""

    model: str = MODEL

    async def embed(self, texts: Sequence[str], *, urgent: bool = False) -> list[Vector]:
        return [_vector(zlib.crc32(text.encode())) for text in texts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One installation: its database and its index, opened."""

    worker: Worker
    index: WorkerIndex
    search: FusedSearch

    async def nearest(self, number: int) -> list[str]:
        found = await self.index.nearest(OURS, _vector(number), limit=LIMIT, kinds=KINDS)
        return [id for id, _ in found]

    async def find(self, number: int) -> list[str]:
        query = SearchQuery(text=text_of(number)[0], limit=LIMIT)
        return [one.id for one in await self.search.find(OURS, query)]


Way = Callable[[Side, int], Awaitable[list[str]]]
WAYS: tuple[tuple[str, Way], ...] = (
    ("neighbours of a vector", Side.nearest),
    ("search, words and all", Side.find),
)


async def isolation(folder: Path, *, few: int = FEW, many: int = MANY) -> None:
    """Prints what is asked costs alone, and beside a neighbour that has more."""
    alone, beside = folder / "alone", folder / "beside"
    await _write(alone, OURS, few)
    await asyncio.to_thread(shutil.copytree, alone, beside)
    await _write(beside, NEIGHBOUR, many)
    async with _opened(alone) as quiet, _opened(beside) as shared:
        await _neighbour_searches(shared)
        for name, way in WAYS:
            waits = await _alternate((quiet, shared), way)
            ratio = np.median(waits[1]) / np.median(waits[0])
            verdict = "met" if ratio <= SLOWER else "missed"
            print(
                f"{f'{name}: {few:,} beside {many:,}':<52} {ratio:5.2f} of alone"
                f" (target {SLOWER:.2f}: {verdict})   {_told(waits[1])} against {_told(waits[0])}"
            )
        print(f"{'memory of the worker':<52} {await _memory(shared.worker):5.0f} MiB resident")


@asynccontextmanager
async def _opened(folder: Path) -> AsyncIterator[Side]:
    storage = await open_storage(
        _url(folder), clock=lambda: datetime.now(UTC), new_id=lambda prefix: prefix
    )
    try:
        async with open_worker(folder=_files(folder).path, model=False) as worker:
            await worker.opened()
            index = WorkerIndex(worker, model=MODEL)
            search = FusedSearch(
                storage.readers, embedder=Synthetic(), index=index, patience=PATIENCE
            )
            yield Side(worker=worker, index=index, search=search)
    finally:
        await storage.close()


async def _neighbour_searches(side: Side) -> None:
    """So that what it has is in memory as well."""
    for number in range(QUERIES):
        await side.index.nearest(NEIGHBOUR, _vector(number), limit=LIMIT, kinds=KINDS)
        await side.search.find(NEIGHBOUR, SearchQuery(text=text_of(number)[0], limit=LIMIT))


async def _alternate(sides: tuple[Side, Side], way: Way) -> tuple[list[float], list[float]]:
    """Milliseconds. In turns, so that a busy moment of the machine strikes both."""
    waits: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS * QUERIES):
        for side, mine in zip(sides, waits, strict=True):
            began = time.perf_counter()
            found = await way(side, number)
            mine.append((time.perf_counter() - began) * 1000)
            assert found, "Nothing was found."
            assert all(id.startswith(f"inc_{OURS}") for id in found), "A foreign row was found."
    return waits[0][QUERIES:], waits[1][QUERIES:]  # the first ones warm up


def _told(waits: list[float]) -> str:
    median, late = np.percentile(waits, [50, 99])
    return f"p50 {median:.1f} ms p99 {late:.1f} ms"


async def _memory(worker: Worker) -> float:
    return int((await worker.request("ping")).header["memory"]) / 2**20


async def _write(folder: Path, organization_id: OrganizationId, size: int) -> None:
    """Adds documents to the database, and what it has of that organisation to the index."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    await migrate(_url(folder))
    bases = [_vector(topic) for topic in range(TOPICS)]
    await asyncio.to_thread(populate, folder / "tocsin.db", organization_id, bases, MODEL, size)
    _files(folder).prepare()
    await asyncio.to_thread(_fill, folder, organization_id)


def _fill(folder: Path, organization_id: OrganizationId) -> None:
    """Written in large batches, which nobody who also asks would want to wait for."""
    import chromadb
    from chromadb.api.client import Client
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(_files(folder).chroma), Settings(**SILENT))
    assert isinstance(client, Client)
    collection = client.get_or_create_collection(
        name_of(organization_id, MODEL),
        metadata=about(organization_id, MODEL),
        embedding_function=None,
        configuration=SETTINGS,
    )
    for ids, vectors in _documents(folder, organization_id):
        collection.upsert(ids=ids, embeddings=vectors, metadatas=[ROW] * len(ids))
    client.close()


def _documents(
    folder: Path, organization_id: OrganizationId
) -> Iterator[tuple[list[str], Vectors]]:
    with closing(sqlite3.connect(folder / "tocsin.db")) as connection:
        rows = connection.execute(
            "SELECT id, vector FROM document_vectors WHERE organization_id = ?", [organization_id]
        )
        while some := rows.fetchmany(AT_ONCE):
            joined = b"".join(vector for _, vector in some)
            numbers = np.frombuffer(joined, dtype="<f4").reshape(len(some), NUMBERS)
            yield [id for id, _ in some], numbers


def _vector(number: int) -> Vector:
    """Each topic lies somewhere else; some texts are of the same."""
    numbers = np.random.default_rng(number % TOPICS).normal(size=NUMBERS)
    return (numbers / np.linalg.norm(numbers)).astype("<f4").tobytes()


def _files(folder: Path) -> IndexFolder:
    return IndexFolder(path=folder / "index")


def _url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'tocsin.db'}"
