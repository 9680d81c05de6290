"""What `tocsin reindex` works with: the database, and the index unless a running bot has it.

The index is opened for as long as it is filled, and not for the hours that embedding may take.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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
from storage.similarity.folder_lock import index_left
from storage.similarity.index import WorkerIndex
from storage.similarity.opening import Place, embedder_of
from storage.similarity.process import Worker, open_worker
from storage.similarity.process_state import Phase
from storage.similarity.reindexing import Reindexing, Tools
from storage.similarity.vectors import SqlVectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """`worker` embeds, and has no index."""

    storage: Storage
    embedder: Embedder
    place: Place
    worker: Worker

    @property
    def shared(self) -> bool:
        return self.place.chroma_url is not None

    @asynccontextmanager
    async def index(self) -> AsyncIterator[VectorIndex | None]:
        """None while a running bot has it; that takes over what is embedded here. Raises
        `Unavailable` when it cannot be opened."""
        with index_left(self.place.folder) as left:
            if not left:
                yield None
                return
            async with opened_worker(self.place, model=False) as worker:
                yield WorkerIndex(worker, model=self.embedder.model)

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
    place = place_of(settings)
    no_index = replace(place, folder=None, chroma_url=None)
    async with (
        opened(settings) as storage,
        opened_worker(no_index, model=place.endpoint is None) as worker,
        embedder_of(worker, place.endpoint) as embedder,
    ):
        yield Workshop(storage=storage, embedder=embedder, place=place, worker=worker)


@asynccontextmanager
async def opened_worker(place: Place, *, model: bool) -> AsyncIterator[Worker]:
    """Raises `Unavailable` when there is no `model` though one was asked for, or when the index
    cannot be opened."""
    heard = asyncio.Event()
    async with open_worker(
        folder=place.folder,
        chroma_url=place.chroma_url,
        model=model,
        report=lambda event, _: None if event == "worker.failed" else heard.set(),
    ) as worker:
        await heard.wait()
        able = worker.state.embeds or not model
        if worker.state.phase is not Phase.READY or not able:
            raise Unavailable(worker.state.notice)
        yield worker
