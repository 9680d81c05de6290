"""Finding incidents, procedures and articles by what is said in them."""

from dataclasses import dataclass
from typing import Protocol

from core.domain.ids import OrganizationId

KINDS = ("incident", "procedure", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """`text` may be a whole error log. `least` leaves out what scores less."""

    text: str
    kinds: frozenset[str] = frozenset(KINDS)
    limit: int = 10
    least: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`score` is between 0 and 1, `snippet` the telling stretch of the text."""

    id: str
    kind: str
    title: str
    score: float
    snippet: str


class Search(Protocol):
    async def find(self, organization_id: OrganizationId, query: SearchQuery) -> list[Found]:
        """What fits best, best first; it knows all that was committed before the call, also
        incidents that are over, and nothing that was deleted."""
