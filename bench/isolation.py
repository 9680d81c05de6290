"""Whether search by meaning in one organisation is slowed by what another has to search."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.ids import OrganizationId
from core.ports.search import KINDS
from storage.similarity.chroma_collections import SETTINGS, SILENT, about, name_of
from storage.similarity.index import WorkerIndex
from storage.similarity.index_folder import IndexFolder
from storage.similarity.process import Worker, open_worker

OURS, NEIGHBOUR = OrganizationId("ours"), OrganizationId("neighbour")
FEW, MANY = 100_000, 300_000
MODEL, NUMBERS, TOPICS, AT_ONCE = "synthetic", 384, 2_000, 1_000
SPREAD = 0.9
ROUNDS, QUERIES, LIMIT = 8, 100, 50
ROW = {"kind": "incident", "digest": "0" * 64}
SLOWER = 1.25
"""Of the median; a quarter is what the machine itself differs from one minute to the next."""

Vectors = NDArray[np.float32]


async def isolation(folder: Path, *, few: int = FEW, many: int = MANY) -> None:
    """Prints what a query costs alone, and beside a neighbour that has three times as much."""
    alone, beside = IndexFolder(path=folder / "alone"), IndexFolder(path=folder / "beside")
    alone.prepare()
    await asyncio.to_thread(_fill, alone, OURS, few)
    await asyncio.to_thread(shutil.copytree, alone.path, beside.path)
    await asyncio.to_thread(_fill, beside, NEIGHBOUR, many)
    async with _opened(alone) as quiet, _opened(beside) as shared:
        await _neighbour_searches(shared)
        waits = await _alternate(quiet, shared)
        ratio = np.median(waits[1]) / np.median(waits[0])
        verdict = "met" if ratio <= SLOWER else "missed"
        print(
            f"{f'query of {few:,} beside {many:,} of a neighbour':<44} {ratio:5.2f} of alone"
            f" (target {SLOWER:.2f}: {verdict})   {_told(waits[1])} against {_told(waits[0])}"
        )
        print(f"{'memory of the worker':<44} {await _memory(shared):5.0f} MiB resident")


@asynccontextmanager
async def _opened(files: IndexFolder) -> AsyncIterator[Worker]:
    async with open_worker(folder=files.path, model=False) as worker:
        await worker.opened()
        yield worker


async def _neighbour_searches(worker: Worker) -> None:
    """So that what it has is in memory as well."""
    index = WorkerIndex(worker, model=MODEL)
    for vector in _some(np.random.default_rng(5), QUERIES):
        await index.nearest(NEIGHBOUR, vector.tobytes(), limit=LIMIT, kinds=KINDS)


async def _alternate(quiet: Worker, shared: Worker) -> tuple[list[float], list[float]]:
    """Milliseconds. Round about, so that a busy moment of the machine strikes both."""
    waits: tuple[list[float], list[float]] = ([], [])
    chance = np.random.default_rng(7)
    for number in range(ROUNDS + 1):
        for worker, mine in zip((quiet, shared), waits, strict=True):
            taken = await _round(WorkerIndex(worker, model=MODEL), _some(chance, QUERIES))
            if number:  # the first one warms up
                mine.extend(taken)
    return waits


async def _round(index: WorkerIndex, vectors: Vectors) -> list[float]:
    waits: list[float] = []
    for vector in vectors:
        began = time.perf_counter()
        found = await index.nearest(OURS, vector.tobytes(), limit=LIMIT, kinds=KINDS)
        waits.append((time.perf_counter() - began) * 1000)
        assert len(found) == LIMIT
        assert all(id.startswith(OURS) for id, _ in found), "A foreign row was found."
    return waits


def _told(waits: list[float]) -> str:
    median, late = np.percentile(waits, [50, 99])
    return f"p50 {median:.1f} ms p99 {late:.1f} ms"


async def _memory(worker: Worker) -> float:
    return int((await worker.request("ping")).header["memory"]) / 2**20


def _fill(files: IndexFolder, organization_id: OrganizationId, size: int) -> None:
    """Written in large batches, which nobody who also asks would want to wait for."""
    import chromadb
    from chromadb.api.client import Client
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(files.chroma), Settings(**SILENT))
    assert isinstance(client, Client)
    collection = client.get_or_create_collection(
        name_of(organization_id, MODEL),
        metadata=about(organization_id, MODEL),
        embedding_function=None,
        configuration=SETTINGS,
    )
    for ids, vectors in _documents(organization_id, size):
        collection.upsert(
            ids=ids,
            embeddings=vectors,
            metadatas=[ROW] * len(ids),
        )
    client.close()


def _documents(organization_id: OrganizationId, size: int) -> Iterator[tuple[list[str], Vectors]]:
    chance = np.random.default_rng(size)
    for start in range(0, size, AT_ONCE):
        ids = [f"{organization_id}-{number}" for number in range(start, start + AT_ONCE)]
        yield ids, _some(chance, AT_ONCE)


def _some(chance: np.random.Generator, count: int) -> Vectors:
    """As texts lie: many near the middle of a topic, few in between."""
    middles = np.random.default_rng(8).normal(size=(TOPICS, NUMBERS))
    spread = chance.normal(size=(count, NUMBERS)) * SPREAD
    vectors = middles[chance.integers(0, TOPICS, count)] + spread
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / lengths, dtype=np.float32)
