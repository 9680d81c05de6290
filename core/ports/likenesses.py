"""What was found to look like an incident, and what people said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.events import LikenessesFound, LikenessJudged
from core.domain.ids import IncidentId
from core.domain.likeness import Likeness, Verdict
from core.ports.search import KINDS


class Likenesses(Protocol):
    async def of(self, incident_id: IncidentId) -> list[Likeness]:
        """By rank; those a person named come last."""

    async def shown_in(self, other_id: str) -> list[IncidentId]:
        """The incidents going on that it was found for or named for, by id."""

    async def found(self, likenesses: Sequence[Likeness], *, because: LikenessesFound) -> None:
        """Insert, or replace all but the verdict, by incident and other."""

    async def judged(self, likeness: Likeness, *, because: LikenessJudged) -> None:
        """Insert, or replace the verdict alone, by incident and other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictQuery:
    """`kinds` are those of the others. `after` is when the last one seen was judged,
    its incident and its other."""

    kinds: frozenset[str] = frozenset(KINDS)
    limit: int = 25
    offset: int = 0
    after: tuple[datetime, IncidentId, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictPage:
    """`total` counts all verdicts on those kinds; `more` says whether some follow these."""

    rows: tuple[Likeness, ...]
    total: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPair:
    """A verdict on a pair, for the ranking of what is asked later."""

    incident_id: IncidentId
    other_id: str
    verdict: Verdict
