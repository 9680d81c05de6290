"""The plain nouns: one repository for all of them, and pages of each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from core.domain.events import Event
from core.domain.record import Record

K = TypeVar("K", bound=Record)


class Records(Protocol[K]):
    """Those of one noun. Lists are newest first, by creation and id."""

    async def get(self, id: str) -> K:
        """The record, or `NotFound`; a deleted one is not found."""

    async def named(self, unique_key: str) -> K | None:
        """By its unique key, whatever the case; deleted ones are not found."""

    async def children(self, parent_id: str) -> list[K]:
        """Those that belong to it."""

    async def all(self) -> list[K]: ...

    async def save(self, record: K, *, because: Event | None) -> K:
        """Store it and the reason; `because=None` stores nothing and returns it unchanged.

        Raises `Conflict` if another version was stored first, or if another record of the
        noun has its unique key.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordQuery:
    """Which records of a noun, and which stretch of them. `after` wins over `offset`."""

    parent_id: str | None = None
    search: str = ""
    limit: int = 25
    offset: int = 0
    after: tuple[datetime, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage(Generic[K]):
    rows: tuple[K, ...]
    total: int
    more: bool
