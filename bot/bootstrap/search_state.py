"""How search by meaning fares: its process is started for that, and opens the index as a bot does.

An index that a running bot has is left alone, and none is made where there is none. One that is
damaged is set aside, as at any start.
"""

from dataclasses import dataclass, replace

from bot.bootstrap.database import database_state, opened
from bot.bootstrap.reindexing import opened_worker
from bot.bootstrap.similarity import place_of
from bot.settings import Settings
from core.domain.ids import OrganizationId
from storage.similarity.folder_lock import index_left
from storage.similarity.index import WorkerIndex
from storage.similarity.opening import Place, embedder_of
from storage.similarity.vectors import SqlVectors

NOBODY = OrganizationId("org_nobody")
PROBE = "Is the search by meaning well?"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchState:
    """`held`: a running bot has the index. `documents` is None while there is no database."""

    model: str
    held: bool
    documents: int | None = None
    stale: int = 0


async def search_state(settings: Settings) -> SearchState:
    """Raises `Unavailable` when nothing can be embedded, or the index cannot be opened."""
    there = existing(place_of(settings))
    with index_left(there.folder) as left:
        place = there if left else replace(there, folder=None)
        async with (
            opened_worker(place, model=place.endpoint is None) as worker,
            embedder_of(worker, place.endpoint) as embedder,
        ):
            if place.folder or place.chroma_url:
                await WorkerIndex(worker, model=embedder.model).digests(NOBODY)
            await embedder.embed([PROBE], urgent=True)
            state = SearchState(model=embedder.model, held=not left)
    return await counted(settings, state)


def existing(place: Place) -> Place:
    """Without the folder if there is none yet."""
    return place if place.folder and place.folder.exists() else replace(place, folder=None)


async def counted(settings: Settings, state: SearchState) -> SearchState:
    database = await database_state(settings)
    if not database.exists or database.pending:
        return state
    async with opened(settings) as storage:
        documents, stale = await SqlVectors(storage.writer, storage.readers).counts()
    return replace(state, documents=documents, stale=stale)
