"""What an organisation keeps by itself: procedures, articles, roles and other plain nouns."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.domain.ids import IncidentId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The base of every such noun. A noun adds its fields, each with a default where it can,
    so that what was kept before the field existed can still be read."""

    NOUN: ClassVar[str] = "record"
    """What it is called in a sentence, and where it is kept."""
    PREFIX: ClassVar[str] = "rec"
    """How its ids begin."""

    id: str
    created_at: datetime
    updated_at: datetime
    created_by: UserId | None = None
    deleted_at: datetime | None = None
    version: int = 0

    @property
    def label(self) -> str:
        """Which one, for people."""
        return self.id

    @property
    def parent_id(self) -> str | None:
        """What it belongs to, if it does."""
        return None

    @property
    def part_of(self) -> IncidentId | None:
        """The incident in whose history it is told what happens to it."""
        return None

    @property
    def unique_key(self) -> str | None:
        """Whatever the case, no two of the noun have the same while neither is deleted."""
        return None

    @property
    def search_text(self) -> str:
        """The words by which lists find it."""
        return self.label
