"""The worker's part that keeps the index of vectors, whichever Chroma it is kept in."""

from collections.abc import Mapping, Sequence

import numpy as np
import orjson

from core.errors import InvalidInput
from storage.similarity.chroma_collections import (
    Chroma,
    ChromaCollection,
    OtherLength,
    Rows,
    Vectors,
)
from storage.similarity.wire import Header, Message
from storage.similarity.worker_parts import Operation

OVER = 4
LEAST_OVER = 100
"""How many more are fetched when only some kinds are asked for: to filter a few afterwards costs a
tenth of what a filtered query costs."""


class IndexPart:
    """`batch` is how many are written at once; between two batches, others have their turn."""

    def __init__(self, chroma: Chroma, *, batch: int) -> None:
        self._chroma = chroma
        self._batch = batch

    @property
    def operations(self) -> Mapping[str, Operation]:
        return {
            "index.put": self._put,
            "index.remove": self._remove,
            "index.nearest": self._nearest,
            "index.digests": self._digests,
            "index.clear": self._clear,
            "index.organizations": self._organizations,
        }

    async def close(self) -> None:
        await self._chroma.close()

    async def _put(self, request: Message) -> Message:
        asked = request.header
        ids: list[str] = asked["ids"]
        if not ids:
            return Message()
        vectors = _vectors(request.payload, rows=len(ids))
        about = [
            {"kind": kind, "digest": digest}
            for kind, digest in zip(asked["kinds"], asked["digests"], strict=True)
        ]
        try:
            await self._insert(asked, vectors, about)
        except OtherLength:
            # What answers to the name of the model is another one now.
            await self._chroma.renew(asked["organization"], asked["model"])
            await self._insert(asked, vectors, about)
        return Message()

    async def _insert(
        self, asked: Header, vectors: Vectors, about: Sequence[Mapping[str, str]]
    ) -> None:
        ids: list[str] = asked["ids"]
        collection = await self._chroma.make(asked["organization"], asked["model"])
        for start in range(0, len(ids), self._batch):
            some = slice(start, start + self._batch)
            await collection.upsert(ids[some], vectors[some], about[some])

    async def _remove(self, request: Message) -> Message:
        ids: list[str] = request.header["ids"]
        collection = await self._found(request.header)
        if collection is not None:
            for start in range(0, len(ids), self._batch):
                await collection.delete(ids[start : start + self._batch])
        return Message()

    async def _nearest(self, request: Message) -> Message:
        collection = await self._found(request.header)
        if collection is None:
            return _hits([], [])
        vector = _vectors(request.payload, rows=1)
        limit: int = request.header["limit"]
        kinds: list[str] | None = request.header["kinds"]
        if kinds is None:
            rows = await collection.query(vector, limit, kinds=None, with_kinds=False)
            return _hits(rows.ids, rows.cosines)
        return await _nearest_of(collection, vector, limit, kinds)

    async def _digests(self, request: Message) -> Message:
        asked = request.header
        if asked["offset"] == 0:
            # Nothing reads the vectors of a model that is no longer used.
            await self._chroma.prune(asked["organization"], asked["model"])
        collection = await self._found(asked)
        rows = Rows(ids=[])
        if collection is not None:
            rows = await collection.page(asked["limit"], asked["offset"])
        digests = [str(about["digest"]) for about in rows.metadatas]
        return Message(payload=orjson.dumps(dict(zip(rows.ids, digests, strict=True))))

    async def _clear(self, request: Message) -> Message:
        await self._chroma.drop(request.header["organization"])
        return Message()

    async def _organizations(self, _: Message) -> Message:
        return Message(header={"organizations": list(await self._chroma.organizations())})

    async def _found(self, asked: Header) -> ChromaCollection | None:
        return await self._chroma.find(asked["organization"], asked["model"])


async def _nearest_of(
    collection: ChromaCollection, vector: Vectors, limit: int, kinds: list[str]
) -> Message:
    fetched = max(limit * OVER, LEAST_OVER)
    rows = await collection.query(vector, fetched, kinds=None, with_kinds=True)
    fitting = [
        (id, cosine)
        for id, cosine, about in zip(rows.ids, rows.cosines, rows.metadatas, strict=True)
        if about["kind"] in kinds
    ][:limit]
    if len(fitting) < limit and len(rows.ids) == fetched:
        rows = await collection.query(vector, limit, kinds=kinds, with_kinds=False)
        fitting = list(zip(rows.ids, rows.cosines, strict=True))
    return _hits([id for id, _ in fitting], [cosine for _, cosine in fitting])


def _hits(ids: Sequence[str], cosines: Sequence[float]) -> Message:
    return Message(header={"ids": list(ids), "cosines": list(cosines)})


def _vectors(payload: bytes, *, rows: int) -> Vectors:
    numbers = np.frombuffer(payload, dtype="<f4")
    if not numbers.size or numbers.size % rows or not np.isfinite(numbers).all():
        raise InvalidInput("A vector is a row of finite numbers.", field="vector")
    return numbers.reshape(rows, -1)
