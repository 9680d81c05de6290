"""Chroma inside the worker: a folder with the collections, one writer, and readers beside it."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import IO, TYPE_CHECKING, TypeVar

from core.errors import Unavailable
from storage.similarity.chroma_check import FULL, FULL_DISK
from storage.similarity.chroma_collections import (
    SETTINGS,
    Metadata,
    Rows,
    Vectors,
    about,
    name_of,
    prefix_of,
    query_of,
    refusal_of,
    rows_of,
)
from storage.similarity.index_folder import IndexFolder
from storage.similarity.wire import Broken
from storage.similarity.worker_parts import Lanes

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

T = TypeVar("T")


class EmbeddedChroma:
    """The lock is held until it is closed."""

    def __init__(self, client: "Client", folder: IndexFolder, lock: IO[str], lanes: Lanes) -> None:
        self._client = client
        self._folder = folder
        self._lock = lock
        self._lanes = lanes
        # Nobody else writes there, so that what is known here is all there is.
        self._held = {collection.name: collection for collection in client.list_collections()}

    async def find(self, organization: str, model: str) -> "EmbeddedCollection | None":
        held = self._held.get(name_of(organization, model))
        return None if held is None else EmbeddedCollection(held, self._folder, self._lanes)

    async def make(self, organization: str, model: str) -> "EmbeddedCollection":
        name = name_of(organization, model)
        if name not in self._held:
            self._held[name] = await self._lanes.bulk(
                guarded, self._folder, lambda: self._make(name, about(organization, model))
            )
        return EmbeddedCollection(self._held[name], self._folder, self._lanes)

    async def drop(self, organization: str) -> None:
        for name in [name for name in self._held if name.startswith(prefix_of(organization))]:
            await self._drop(name)

    async def renew(self, organization: str, model: str) -> None:
        await self._drop(name_of(organization, model))

    async def prune(self, organization: str, model: str) -> None:
        current = name_of(organization, model)
        for name in [name for name in self._held if name.startswith(prefix_of(organization))]:
            if name != current:
                await self._drop(name)

    async def organizations(self) -> Sequence[str]:
        return sorted({str(held.metadata["organization"]) for held in self._held.values()})

    async def close(self) -> None:
        await self._lanes.bulk(self._client.close)
        self._folder.closed_well()
        self._lock.close()

    async def _drop(self, name: str) -> None:
        def drop() -> None:
            self._client.delete_collection(name)
            self._folder.sweep()

        self._held.pop(name, None)
        await self._lanes.bulk(guarded, self._folder, drop)

    def _make(self, name: str, metadata: dict[str, str]) -> "Collection":
        return self._client.get_or_create_collection(
            name, metadata=metadata, embedding_function=None, configuration=SETTINGS
        )


class EmbeddedCollection:
    """Reading is urgent: somebody waits for the answer. Writing never is."""

    def __init__(self, held: "Collection", folder: IndexFolder, lanes: Lanes) -> None:
        self._held = held
        self._folder = folder
        self._lanes = lanes

    async def upsert(
        self, ids: Sequence[str], vectors: Vectors, metadatas: Sequence[Metadata]
    ) -> None:
        def write() -> None:
            self._held.upsert(ids=list(ids), embeddings=vectors, metadatas=list(metadatas))

        await self._lanes.bulk(guarded, self._folder, write)

    async def delete(self, ids: Sequence[str]) -> None:
        await self._lanes.bulk(guarded, self._folder, lambda: self._held.delete(ids=list(ids)))

    async def query(
        self, vector: Vectors, limit: int, *, kinds: Sequence[str] | None, with_kinds: bool
    ) -> Rows:
        query = query_of(vector, limit, kinds=kinds, with_kinds=with_kinds)
        return await self._lanes.urgent(
            guarded, self._folder, lambda: rows_of(self._held.query(**query))
        )

    async def page(self, limit: int, offset: int) -> Rows:
        return await self._lanes.bulk(
            guarded, self._folder, lambda: page_of(self._held, limit, offset)
        )


def page_of(held: "Collection", limit: int, offset: int) -> Rows:
    page = held.get(limit=limit, offset=offset, include=["metadatas"])
    return Rows(ids=page["ids"], metadatas=page["metadatas"] or [])


def guarded(folder: IndexFolder, do: Callable[[], T]) -> T:
    """What Chroma cannot do though it was asked well may be damage, which a new start looks at."""
    from chromadb.errors import (
        ChromaError,
        InvalidArgumentError,
        InvalidDimensionException,
        NotFoundError,
    )

    try:
        if folder.gone:
            raise FileNotFoundError(f"{folder.chroma} was removed")
        return do()
    except (InvalidArgumentError, InvalidDimensionException) as error:
        raise refusal_of(error) from error
    except NotFoundError as error:
        raise Unavailable("That part of the search index is being made anew.") from error
    except (ChromaError, sqlite3.Error, OSError) as error:
        if any(word in str(error) for word in FULL):
            raise Unavailable(FULL_DISK) from error
        folder.broke()
        raise Broken(f"The search index failed: {error}") from error
    except (Exception, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        # A panic of its native code, which is what damage may look like as well.
        folder.broke()
        raise
