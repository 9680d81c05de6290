"""The index of vectors, exact and in memory."""

import math
import struct
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from core.domain.ids import OrganizationId
from core.errors import CoreError, InvalidInput, Unavailable
from core.ports.similarity import Entry, Vector

AWAY = "Search by meaning is restarting; until then search compares words."


class FakeVectorIndex:
    """While `away` is set, everything is refused; so are as many writes as `refusals` says,
    with `refusal`. `lose` is what a damaged index comes to."""

    def __init__(self) -> None:
        self.away = False
        self.refusals = 0
        self.refusal: CoreError = Unavailable(AWAY)
        self._held: dict[OrganizationId, dict[str, Entry]] = defaultdict(dict)

    def lose(self) -> None:
        self._held.clear()

    async def put(self, organization_id: OrganizationId, entries: Sequence[Entry]) -> None:
        self._require_willingness()
        lengths = {len(entry.vector) for entry in entries}
        if len(lengths) > 1:
            raise InvalidInput("The vectors are not all of the same length.", field="vector")
        held = self._held[organization_id]
        if lengths and any(len(entry.vector) not in lengths for entry in held.values()):
            held.clear()
        held.update({entry.id: entry for entry in entries})

    async def remove(self, organization_id: OrganizationId, ids: Collection[str]) -> None:
        self._require_willingness()
        for id in ids:
            self._held[organization_id].pop(id, None)

    async def nearest(
        self,
        organization_id: OrganizationId,
        vector: Vector,
        *,
        limit: int,
        kinds: Collection[str],
    ) -> list[tuple[str, float]]:
        self._require_presence()
        cosines = [
            (entry.id, cosine(vector, entry.vector))
            for entry in self._held[organization_id].values()
            if entry.kind in kinds
        ]
        return sorted(cosines, key=lambda found: -found[1])[: max(0, limit)]

    async def digests(self, organization_id: OrganizationId) -> Mapping[str, str]:
        self._require_presence()
        return {entry.id: entry.digest for entry in self._held[organization_id].values()}

    async def clear(self, organization_id: OrganizationId) -> None:
        self._require_presence()
        self._held.pop(organization_id, None)

    async def organizations(self) -> frozenset[OrganizationId]:
        self._require_presence()
        return frozenset(id for id, held in self._held.items() if held)

    def _require_willingness(self) -> None:
        self._require_presence()
        if self.refusals:
            self.refusals -= 1
            raise self.refusal

    def _require_presence(self) -> None:
        if self.away:
            raise Unavailable(AWAY)


def vector_of(numbers: Sequence[float]) -> Vector:
    """As bytes, brought to length 1."""
    length = math.sqrt(sum(number * number for number in numbers))
    return struct.pack(f"<{len(numbers)}f", *(number / length for number in numbers))


def cosine(one: Vector, another: Vector) -> float:
    pairs = zip(_numbers(one), _numbers(another), strict=True)
    return max(-1.0, min(1.0, sum(a * b for a, b in pairs)))


def _numbers(vector: Vector) -> tuple[float, ...]:
    return struct.unpack(f"<{len(vector) // 4}f", vector)
