"""Finding incidents, procedures and articles by what is said in them."""

from dataclasses import dataclass
from typing import Protocol

from core.domain.ids import IncidentId, OrganizationId

KINDS = ("incident", "procedure", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """`text` may be a whole error log. `least` leaves out what scores less.

    `about` is the incident whose text it is: it is never found itself, its services weigh, and
    what people said of its likenesses counts. `only` looks among these ids alone, all of them.
    """

    text: str
    kinds: frozenset[str] = frozenset(KINDS)
    limit: int = 10
    least: float = 0.0
    about: IncidentId | None = None
    only: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`score` is between 0 and 1: a likelihood, calibrated on the labelled set of bench/similar,
    with meaning and by words alone; on texts unlike it scores are too sure.
    `snippet` is the telling stretch of the text, `reason` why it was found, in a few words,
    `model` whose vectors had a say (empty: by words alone)."""

    id: str
    kind: str
    title: str
    score: float
    snippet: str
    reason: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """The title of something that can be found, for somebody who has begun to type it."""

    id: str
    kind: str
    title: str


class Search(Protocol):
    async def find(self, organization_id: OrganizationId, query: SearchQuery) -> list[Found]:
        """What fits best, best first; it knows all that was committed before the call, also
        incidents that are over, and nothing that was deleted."""

    async def suggest(
        self, organization_id: OrganizationId, begun: str, kinds: frozenset[str], limit: int
    ) -> list[Suggestion]:
        """Titles with words that begin as those that were typed, the best first."""
