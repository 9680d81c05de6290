"""Meaning without a model: a text is about the topics whose words it has; and an index of it."""

from array import array
from asyncio import Event
from collections.abc import Collection, Mapping, Sequence
from math import hypot

from core.domain.ids import OrganizationId
from core.errors import Unavailable
from core.ports import Entry, Vector

TOPICS = (
    ("pool", "connection", "handle", "socket"),
    ("certificate", "tls", "handshake", "expired"),
    ("disk", "space", "volume", "inode"),
    ("memory", "oom", "heap", "leak"),
)
"""Words of one topic mean the same; whatever has none of them means nothing else has."""


class TopicEmbedder:
    """`away` makes it refuse, `stuck` makes it wait for ever."""

    model = "topics-1"

    def __init__(self) -> None:
        self.away = False
        self.stuck = False

    async def embed(self, texts: Sequence[str], *, urgent: bool = False) -> list[Vector]:
        if self.away:
            raise Unavailable("The model is away.")
        if self.stuck:
            await Event().wait()
        return [_vector(text.casefold()) for text in texts]


class TopicIndex:
    """Exact. `ghosts` are found by everybody, whether or not they are there."""

    def __init__(self) -> None:
        self.away = False
        self.ghosts: tuple[str, ...] = ()
        self._entries: dict[OrganizationId, dict[str, Entry]] = {}

    async def put(self, organization_id: OrganizationId, entries: Sequence[Entry]) -> None:
        self._entries.setdefault(organization_id, {}).update({one.id: one for one in entries})

    async def remove(self, organization_id: OrganizationId, ids: Collection[str]) -> None:
        for id in ids:
            self._entries.get(organization_id, {}).pop(id, None)

    async def nearest(
        self, organization_id: OrganizationId, vector: Vector, *, limit: int, kinds: Collection[str]
    ) -> list[tuple[str, float]]:
        if self.away:
            raise Unavailable("The index is away.")
        ours = self._entries.get(organization_id, {}).values()
        found = [(one.id, _cosine(one.vector, vector)) for one in ours if one.kind in kinds]
        nearest = sorted(found, key=lambda pair: pair[1], reverse=True)
        return [*((id, 1.0) for id in self.ghosts), *nearest][:limit]

    async def digests(self, organization_id: OrganizationId) -> Mapping[str, str]:
        return {id: one.digest for id, one in self._entries.get(organization_id, {}).items()}

    async def organizations(self) -> Collection[OrganizationId]:
        return list(self._entries)

    async def clear(self, organization_id: OrganizationId) -> None:
        self._entries.pop(organization_id, None)


def _vector(text: str) -> Vector:
    about = [float(any(word in text for word in topic)) for topic in TOPICS]
    numbers = [*about, 0.0 if any(about) else 1.0]
    return array("f", [one / hypot(*numbers) for one in numbers]).tobytes()


def _cosine(one: Vector, other: Vector) -> float:
    pairs = zip(array("f", one), array("f", other), strict=True)
    return sum(left * right for left, right in pairs)
