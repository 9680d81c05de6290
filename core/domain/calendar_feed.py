"""The address under which calendar programs read an organisation's maintenance."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeed:
    """An organisation has one or none. Whoever knows its token may read, so only the token's
    hash is kept; the address is shown once."""

    NOUN: ClassVar[str] = "calendar feed"
    LABEL: ClassVar[str] = "of maintenance"

    token_hash: str
    created_at: datetime
    created_by: UserId | None = None

    @property
    def id(self) -> str:
        """Another token makes another feed."""
        return self.token_hash
