"""Search by meaning, if it is wanted: opened beside the storage, and what is told of it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

import structlog

from bot.bootstrap.moment import utc_now
from bot.indexing import IndexingLoop
from bot.likenesses import LikenessFinder, Settled, at_once
from bot.settings import Settings
from bot.web.metrics import Depth, MeasuredSearch, Metrics
from core.bus import CommandBus
from core.effects import Effect
from core.ports import Delivery
from storage.opening import Storage
from storage.similarity.opening import Endpoint, Place, Similarity, open_similarity

SETTLES_WITHIN = 10.0
"""Seconds for which what looks alike is not looked for by words alone."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexing:
    """`similarity` is None where search is by words."""

    similarity: Similarity | None
    loop: IndexingLoop | None

    @property
    def settled(self) -> Settled:
        if self.similarity is None:
            return at_once
        return partial(self.similarity.indexer.settled, SETTLES_WITHIN)

    def deliveries(self, storage: Storage, bus: CommandBus) -> Mapping[type[Effect], Delivery]:
        finder = LikenessFinder(
            bus=bus,
            reads=storage.reads,
            search=storage.search,
            clock=utc_now,
            settled=self.settled,
        )
        return {**finder.deliveries, **(self.loop.deliveries if self.loop else {})}

    @property
    def depths(self) -> Mapping[str, Depth]:
        return {"index": self.similarity.stale} if self.similarity else {}

    def measured(self, storage: Storage, metrics: Metrics) -> Storage:
        """The storage, with the search that is wanted."""
        if self.similarity is None:
            return replace(storage, search=MeasuredSearch(storage.search, metrics))
        metrics.watch_restarts(self.similarity.restarts)
        return replace(storage, search=MeasuredSearch(self.similarity.search, metrics))

    def note(self) -> str:
        """What search lacks; empty if nothing."""
        return self.similarity.notice() if self.similarity else ""


WORDS = Indexing(similarity=None, loop=None)


@asynccontextmanager
async def indexing_of(settings: Settings, storage: Storage) -> AsyncIterator[Indexing]:
    if settings.search == "words":
        yield WORDS
        return
    async with open_similarity(
        storage, place_of(settings), clock=utc_now, report=report
    ) as similarity:
        yield Indexing(similarity=similarity, loop=IndexingLoop(similarity.indexer))


def place_of(settings: Settings) -> Place:
    """Where the index is, and who embeds."""
    server, endpoint = settings.chroma_url, None
    if settings.embeddings_url:
        key = settings.embeddings_key
        endpoint = Endpoint(
            url=settings.embeddings_url.get_secret_value(),
            model=settings.embeddings_model or "",
            key=key.get_secret_value() if key else "",
        )
    return Place(
        folder=None if server else settings.index_folder,
        chroma_url=server.get_secret_value() if server else None,
        endpoint=endpoint,
    )


def report(event: str, fields: Mapping[str, object]) -> None:
    """What happens to the worker; when it lacks something that is told once for each start."""
    lacks = event.endswith(("ended", "refused", "failed", "taken")) or bool(fields.get("notice"))
    (log.warning if lacks else log.info)(event.replace(".", "_"), **fields)
