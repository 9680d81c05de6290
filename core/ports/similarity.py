"""What search by meaning is made of: vectors of texts, and an index of the nearest."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from core.domain.ids import OrganizationId

Vector: TypeAlias = bytes
"""Numbers of four bytes (IEEE 754, little endian), together of length 1."""


class Embedder(Protocol):
    """Turns texts into vectors: the same text always into the same, whatever stands beside it."""

    @property
    def model(self) -> str:
        """Name and version; vectors of different models are never compared."""

    async def embed(self, texts: Sequence[str], *, urgent: bool = False) -> list[Vector]:
        """One vector a text, in their order. Urgent ones overtake what is done in bulk.
        Raises `Unavailable` when it cannot be done now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document as the index knows it; `digest` says which vector it is, and of which text."""

    id: str
    kind: str
    digest: str
    vector: Vector


class VectorIndex(Protocol):
    """The nearest of many vectors; one organisation never sees another's. It holds nothing that
    could not be made anew. Everything here raises `Unavailable` when it cannot be done now."""

    async def put(self, organization_id: OrganizationId, entries: Sequence[Entry]) -> None:
        """Insert or replace, by id. Vectors of another length replace everything that is there of
        the organisation."""

    async def remove(self, organization_id: OrganizationId, ids: Collection[str]) -> None:
        """What is not there is no error."""

    async def nearest(
        self,
        organization_id: OrganizationId,
        vector: Vector,
        *,
        limit: int,
        kinds: Collection[str],
    ) -> list[tuple[str, float]]:
        """Ids and cosines, nearest first; approximate in large organisations."""

    async def digests(self, organization_id: OrganizationId) -> Mapping[str, str]:
        """Everything it holds of the organisation: id to digest."""

    async def clear(self, organization_id: OrganizationId) -> None:
        """Everything it holds of the organisation, whatever the model."""

    async def organizations(self) -> Collection[OrganizationId]:
        """Those it holds anything of, if nobody else can have put it there; none otherwise."""
