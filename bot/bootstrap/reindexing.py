"""What `tocsin reindex` works with: the database, and the index unless a running bot has it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bot.bootstrap.database import database_state, opened
from bot.bootstrap.moment import utc_now
from bot.bootstrap.similarity import place_of
from bot.settings import Settings
from core.domain.account import Organization
from core.domain.ids import OrganizationId
from core.errors import InvalidInput, NotFound, Unavailable
from core.ports import Embedder, VectorIndex
from storage.opening import Storage
from storage.similarity.folder_lock import IndexInUse, sole_index
from storage.similarity.index import WorkerIndex
from storage.similarity.opening import Place, embedder_of
from storage.similarity.process import Worker, open_worker
from storage.similarity.process_state import Phase
from storage.similarity.reindexing import Reindexing, Tools
from storage.similarity.vectors import SqlVectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """`index` is None while a running bot has it; that takes over what is embedded here."""

    storage: Storage
    embedder: Embedder
    index: VectorIndex | None
    shared: bool
    worker: Worker

    async def organization(self, slug: str) -> Organization:
        found = await self.storage.directory.organization(slug)
        if found is None:
            raise NotFound(f"There is no organisation {slug}.")
        return found

    def reindexing(self, organization_id: OrganizationId, since: datetime) -> Reindexing:
        vectors = SqlVectors(self.storage.writer, self.storage.readers)
        tools = Tools(
            vectors=vectors, embedder=self.embedder, clock=utc_now, ready=self.worker.ready
        )
        return Reindexing(tools, organization_id=organization_id, since=since)


@asynccontextmanager
async def workshop(settings: Settings) -> AsyncIterator[Workshop]:
    if settings.search == "words":
        raise InvalidInput(
            "TOCSIN_SEARCH is words, so there is no index; let it be meaning first.",
            field="TOCSIN_SEARCH",
        )
    if not (await database_state(settings)).exists:
        raise NotFound(
            "There is no database yet, so there is nothing to embed; the first `tocsin serve` "
            "makes it in TOCSIN_DATA_DIR, or where TOCSIN_DATABASE_URL says."
        )
    with ExitStack() as held:
        place = alone(held, place_of(settings))
        async with (
            opened(settings) as storage,
            opened_worker(place) as worker,
            embedder_of(worker, place.endpoint) as embedder,
        ):
            indexed = place.folder or place.chroma_url
            yield Workshop(
                storage=storage,
                embedder=embedder,
                index=WorkerIndex(worker, model=embedder.model) if indexed else None,
                shared=place.chroma_url is not None,
                worker=worker,
            )


def alone(held: ExitStack, place: Place) -> Place:
    """The same, but without the index where a running bot has it."""
    try:
        held.enter_context(sole_index(place.folder))
    except IndexInUse:
        return replace(place, folder=None)
    return place


@asynccontextmanager
async def opened_worker(place: Place) -> AsyncIterator[Worker]:
    """Raises `Unavailable` when nothing can be embedded, or the index cannot be opened."""
    heard = asyncio.Event()
    async with open_worker(
        folder=place.folder,
        chroma_url=place.chroma_url,
        model=place.endpoint is None,
        report=lambda event, _: None if event == "worker.failed" else heard.set(),
    ) as worker:
        await heard.wait()
        able = place.endpoint is not None or worker.state.embeds
        if worker.state.phase is not Phase.READY or not able:
            raise Unavailable(worker.state.notice)
        yield worker
