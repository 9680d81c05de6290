"""Chroma as a server of its own, asked through its async client; several bots may share it."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from core.errors import Unavailable
from storage.similarity.chroma_collections import (
    SETTINGS,
    SILENT,
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
from storage.similarity.chroma_place import ServerPlace
from storage.similarity.wire import Broken

if TYPE_CHECKING:
    from chromadb.api import AsyncClientAPI
    from chromadb.api.models.AsyncCollection import AsyncCollection

PATIENCE = 20.0
"""Seconds for one answer of the server."""
LISTED = 500
REFUSING = re.compile(r"\b(401|403|unauthorized|forbidden)\b", re.IGNORECASE)
"""As words: a port may have the same digits."""


class ServerChroma:
    """The server need not be there yet: it is looked for when something is asked."""

    def __init__(self, place: ServerPlace) -> None:
        self._place = place
        self._connecting = asyncio.Lock()
        self._client: AsyncClientAPI | None = None
        self._known: dict[str, AsyncCollection] = {}

    async def find(self, organization: str, model: str) -> "ServerCollection | None":
        from chromadb.errors import NotFoundError

        name = name_of(organization, model)
        if name not in self._known:
            try:
                async with self.answering() as client:
                    self._known[name] = await client.get_collection(name, embedding_function=None)
            except NotFoundError:
                return None
        return ServerCollection(self, self._known[name])

    async def make(self, organization: str, model: str) -> "ServerCollection":
        name = name_of(organization, model)
        if name not in self._known:
            async with self.answering() as client:
                self._known[name] = await client.get_or_create_collection(
                    name,
                    metadata=about(organization, model),
                    embedding_function=None,
                    configuration=SETTINGS,
                )
        return ServerCollection(self, self._known[name])

    async def drop(self, organization: str) -> None:
        for name in await self._names(prefix_of(organization)):
            await self._drop(name)

    async def renew(self, organization: str, model: str) -> None:
        await self._drop(name_of(organization, model))

    async def prune(self, organization: str, model: str) -> None:
        """Nothing: another bot, of another version, may still ask for them."""

    async def organizations(self) -> Sequence[str]:
        """None: those that another installation keeps there are not ours to know."""
        return ()

    async def close(self) -> None:
        """Its connections end with the process."""

    async def _names(self, prefix: str) -> list[str]:
        names: list[str] = []
        async with self.answering() as client:
            while page := await client.list_collections(limit=LISTED, offset=len(names)):
                names.extend(collection.name for collection in page)
        return [name for name in names if name.startswith(prefix)]

    async def _drop(self, name: str) -> None:
        from chromadb.errors import NotFoundError

        self.forget(name)
        try:
            async with self.answering() as client:
                await client.delete_collection(name)
        except NotFoundError:
            return  # somebody else was faster

    def forget(self, name: str) -> None:
        self._known.pop(name, None)

    @asynccontextmanager
    async def answering(self) -> AsyncIterator["AsyncClientAPI"]:
        """What a server can fail at, in our words; lets `NotFoundError` through."""
        from chromadb.errors import InvalidArgumentError, InvalidDimensionException, NotFoundError

        try:
            async with asyncio.timeout(PATIENCE):
                yield await self._connected()
        except NotFoundError:
            raise
        except (InvalidArgumentError, InvalidDimensionException) as error:
            raise refusal_of(error) from error
        except Exception as error:
            # Its client raises plain exceptions for whatever it did not expect.
            raise Unavailable(f"The Chroma server at {self._place} {_failing(error)}.") from error

    async def _connected(self) -> "AsyncClientAPI":
        async with self._connecting:
            if self._client is None:
                self._client = await _connect(self._place)
            return self._client


class ServerCollection:
    def __init__(self, server: ServerChroma, held: "AsyncCollection") -> None:
        self._server = server
        self._held = held

    async def upsert(
        self, ids: Sequence[str], vectors: Vectors, metadatas: Sequence[Metadata]
    ) -> None:
        async with self._answering():
            await self._held.upsert(ids=list(ids), embeddings=vectors, metadatas=list(metadatas))

    async def delete(self, ids: Sequence[str]) -> None:
        async with self._answering():
            await self._held.delete(ids=list(ids))

    async def query(
        self, vector: Vectors, limit: int, *, kinds: Sequence[str] | None, with_kinds: bool
    ) -> Rows:
        query = query_of(vector, limit, kinds=kinds, with_kinds=with_kinds)
        async with self._answering():
            answer = await self._held.query(**query)
        return rows_of(answer)

    async def page(self, limit: int, offset: int) -> Rows:
        async with self._answering():
            page = await self._held.get(limit=limit, offset=offset, include=["metadatas"])
        return Rows(ids=page["ids"], metadatas=page["metadatas"] or [])

    @asynccontextmanager
    async def _answering(self) -> AsyncIterator[None]:
        """A collection that was there and is gone was lost with what the server kept: a new start
        compares everything anew."""
        from chromadb.errors import NotFoundError

        try:
            async with self._server.answering():
                yield
        except NotFoundError as error:
            self._server.forget(self._held.name)
            raise Broken("The Chroma server has lost a collection.") from error


async def _connect(place: ServerPlace) -> "AsyncClientAPI":
    import chromadb
    from chromadb.config import Settings
    from chromadb.errors import NotFoundError

    # Without being told, its client checks no certificate.
    settings = Settings(**SILENT, chroma_server_ssl_verify=place.tls or None)
    try:
        return await chromadb.AsyncHttpClient(
            host=place.host, port=place.port, ssl=place.tls, headers=place.headers,
            settings=settings,
        )  # fmt: skip
    except NotFoundError as error:
        raise ValueError("It is no Chroma server, or has no default tenant.") from error


def _failing(error: Exception) -> str:
    """Its client wraps what happened in other words, so that the whole story is looked at."""
    story = list(_story(error))
    if any(REFUSING.search(str(one)) for one in story):
        return "refuses us; TOCSIN_CHROMA_URL may need another token or password"
    if any(isinstance(one, TimeoutError) for one in story):
        return f"has not answered within {PATIENCE:.0f} seconds"
    return "cannot be used just now"


def _story(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
