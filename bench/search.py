"""How long a search takes among a hundred thousand documents, the question's vector included."""

import asyncio
import contextlib
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from multiprocessing import get_context
from pathlib import Path

from bench.search_population import populate, text_of
from bench.servers import resident
from core.domain.fusion import Question
from core.domain.ids import OrganizationId
from core.ports import SearchQuery, Vector
from core.ports.search import KINDS
from storage.migrating import migrate
from storage.opening import Storage, open_storage
from storage.similarity.opening import Place, Similarity, open_similarity

DOCUMENTS = 100_000
BASES = 400
"""Texts that a model really read; all other vectors lie around theirs."""
QUESTIONS = 300
P50, P99, HOLD = 50.0, 200.0, 50.0
"""Milliseconds."""
TICK = 0.002
IDLE = 2.0
"""Seconds in which the machine shows what it does to anybody's event loop."""


@dataclass(slots=True)
class Pulse:
    """How long the event loop was held, at most."""

    longest: float = 0.0
    _task: asyncio.Task[None] | None = field(default=None)

    async def __aenter__(self) -> "Pulse":
        self._task = asyncio.create_task(self._beat())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _beat(self) -> None:
        while True:
            begin = time.perf_counter()
            await asyncio.sleep(TICK)
            self.longest = max(self.longest, time.perf_counter() - begin - TICK)


async def search(folder: Path) -> None:
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    file = folder / "tocsin.db"
    storage = await _storage(file)
    try:
        organization = await storage.directory.ensure_organization("default", "Default")
        place = Place(folder=folder / "index")
        async with open_similarity(storage, place, clock=lambda: datetime.now(UTC)) as similarity:
            await _filled(file, organization.id, similarity)
            await _measured(organization.id, similarity)
    finally:
        await storage.close()


async def _storage(file: Path) -> Storage:
    url = f"sqlite+aiosqlite:///{file}"
    await migrate(url)
    numbers = count()
    return await open_storage(
        url,
        clock=lambda: datetime.now(UTC),
        new_id=lambda prefix: f"{prefix}_{next(numbers)}",
    )


async def _filled(file: Path, organization_id: OrganizationId, similarity: Similarity) -> None:
    begin = time.perf_counter()
    await similarity.worker.ready()
    embedder = similarity.embedder
    texts = ["\n".join(text_of(number)) for number in range(BASES)]
    bases = [
        vector
        for start in range(0, BASES, 32)
        for vector in await embedder.embed(texts[start : start + 32])
    ]
    await _populated(file, organization_id, bases, embedder.model)
    written = time.perf_counter()
    await _indexed(similarity)
    print(
        f"search: {DOCUMENTS:,} documents written in {written - begin:.0f} s,"
        f" indexed in {time.perf_counter() - written:.0f} s"
    )


async def _populated(
    file: Path, organization_id: OrganizationId, bases: Sequence[Vector], model: str
) -> None:
    """In a process of its own, so that its memory is not counted here."""
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        await loop.run_in_executor(pool, populate, file, organization_id, bases, model, DOCUMENTS)


async def _indexed(similarity: Similarity) -> None:
    """Turn by turn, as the bot does it."""
    while not similarity.indexer.compared or await similarity.stale():
        rest = await similarity.indexer.turn()
        await asyncio.sleep(min(0.05, rest))


async def _measured(organization_id: OrganizationId, similarity: Similarity) -> None:
    by_words = 0

    async def whole(text: str) -> None:
        nonlocal by_words
        found = await similarity.search.find(organization_id, SearchQuery(text=text))
        by_words += not any(one.model for one in found)

    async def bare(text: str) -> None:
        asked = Question.of(text).text
        [vector] = await similarity.embedder.embed([asked], urgent=True)
        await similarity.index.nearest(organization_id, vector, limit=10, kinds=KINDS)

    for text in _questions(20):
        await whole(text)
    by_words = 0
    async with Pulse() as idle:
        await asyncio.sleep(IDLE)
    async with Pulse() as pulse:
        took, alone = await _timed(_questions(QUESTIONS), whole, bare)
    print(_line(f"search among {DOCUMENTS:,} documents", took, alone))
    print(f"{'without any of meaning':<44} {by_words} of {QUESTIONS}")
    held = _limit("longest hold of the event loop meanwhile", 1000 * pulse.longest, HOLD)
    print(f"{held}   {1000 * idle.longest:.1f} ms while nothing is asked")
    worker = similarity.worker.state.pid
    theirs = f"{resident(worker):.0f}" if worker else "?"
    print(f"{'memory':<44} {resident(os.getpid()):.0f} MiB here, {theirs} MiB in the worker")


def _questions(number: int) -> list[str]:
    """In few words, in many, and as an excerpt of a log."""
    texts = []
    for one in range(number):
        title, body = text_of(7 * one + 3)
        log = f"2026-01-01T10:00:{one % 60:02}Z ERROR {title}: E{one % 5_000:05} at pool.py:42\n"
        texts.append((title, f"{title}. {body}", log * 20)[one % 3])
    return texts


async def _timed(
    questions: Sequence[str], *ways: Callable[[str], Awaitable[None]]
) -> list[list[float]]:
    """Milliseconds, in order of size; the ways in turn, so that a busy moment strikes all."""
    took: list[list[float]] = [[] for _ in ways]
    for question in questions:
        for way, times in zip(ways, took, strict=True):
            begin = time.perf_counter()
            await way(question)
            times.append(1000 * (time.perf_counter() - begin))
    return [sorted(times) for times in took]


def _line(name: str, took: Sequence[float], bare: Sequence[float]) -> str:
    p50, p99 = (_percentile(took, share) for share in (0.5, 0.99))
    verdict = "met" if p50 < P50 and p99 < P99 else "missed"
    plain50, plain99 = (_percentile(bare, share) for share in (0.5, 0.99))
    return (
        f"{name:<44} p50 {p50:5.1f} ms  p99 {p99:5.1f} ms (target {P50:.0f} and {P99:.0f} ms:"
        f" {verdict})   {p50 / plain50:.1f} times vector and neighbours alone"
        f" (p50 {plain50:.1f} ms  p99 {plain99:.1f} ms)"
    )


def _limit(name: str, value: float, limit: float) -> str:
    verdict = "met" if value < limit else "missed"
    return f"{name:<44} {value:5.1f} ms (target {limit:.0f} ms: {verdict})"


def _percentile(sorted_times: Sequence[float], share: float) -> float:
    return sorted_times[min(len(sorted_times) - 1, int(share * len(sorted_times)))]
