"""The index of vectors as the bot knows it: the worker is asked for everything."""

from collections.abc import Collection, Mapping, Sequence

import orjson

from core.domain.ids import OrganizationId
from core.errors import InvalidInput
from core.ports.search import KINDS
from core.ports.similarity import Entry, Vector
from storage.similarity.wire import Asked, Message

MOST_ENTRIES = 256
"""In one message; more are sent in several."""
PAGE = 5_000
"""Digests in one message: few enough that reading them does not hold the event loop."""
NUMBER = 4
"""Bytes."""


class WorkerIndex:
    """A `VectorIndex` of the vectors of one model; those of other models are never met."""

    def __init__(self, worker: Asked, *, model: str) -> None:
        self._worker = worker
        self._model = model

    async def put(self, organization_id: OrganizationId, entries: Sequence[Entry]) -> None:
        latest = list({entry.id: entry for entry in entries}.values())
        _require_one_length(latest)
        for start in range(0, len(latest), MOST_ENTRIES):
            some = latest[start : start + MOST_ENTRIES]
            await self._ask(
                "index.put",
                organization_id,
                b"".join(entry.vector for entry in some),
                ids=[entry.id for entry in some],
                kinds=[entry.kind for entry in some],
                digests=[entry.digest for entry in some],
            )

    async def remove(self, organization_id: OrganizationId, ids: Collection[str]) -> None:
        if ids:
            await self._ask("index.remove", organization_id, ids=sorted(ids))

    async def nearest(
        self,
        organization_id: OrganizationId,
        vector: Vector,
        *,
        limit: int,
        kinds: Collection[str],
    ) -> list[tuple[str, float]]:
        if limit < 1 or not kinds:
            return []
        answer = await self._ask(
            "index.nearest",
            organization_id,
            vector,
            urgent=True,
            limit=limit,
            kinds=None if set(kinds) >= set(KINDS) else sorted(kinds),
        )
        return list(zip(answer.header["ids"], answer.header["cosines"], strict=True))

    async def digests(self, organization_id: OrganizationId) -> Mapping[str, str]:
        held: dict[str, str] = {}
        offset = 0
        while True:
            answer = await self._ask("index.digests", organization_id, limit=PAGE, offset=offset)
            page: dict[str, str] = orjson.loads(answer.payload)
            held |= page
            offset += PAGE
            if len(page) < PAGE:
                return held

    async def clear(self, organization_id: OrganizationId) -> None:
        await self._ask("index.clear", organization_id)

    async def organizations(self) -> frozenset[OrganizationId]:
        answer = await self._worker.request("index.organizations")
        return frozenset(map(OrganizationId, answer.header["organizations"]))

    async def _ask(
        self,
        op: str,
        organization_id: OrganizationId,
        payload: bytes = b"",
        *,
        urgent: bool = False,
        **what: object,
    ) -> Message:
        header = {"organization": organization_id, "model": self._model, **what}
        return await self._worker.request(op, header, payload, urgent=urgent)


def _require_one_length(entries: Sequence[Entry]) -> None:
    lengths = {len(entry.vector) for entry in entries}
    if len(lengths) > 1 or any(length % NUMBER or not length for length in lengths):
        raise InvalidInput("The vectors are not all of the same length.", field="vector")
