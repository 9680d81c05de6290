"""What looks like an incident: others there were, procedures and articles, and what people say of
the likeness."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from core.domain.actor import Actor
from core.domain.ids import IncidentId

MOST_SHOWN = 3
"""Incidents that one message names; more are no help at night."""


class Verdict(StrEnum):
    SAME_CAUSE = "same_cause"
    NOT_RELATED = "not_related"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """That `other_id` looks like the incident. `score` is from 0 to 1, `rank` counts from 1;
    both are as they were when it was found, by `model` (empty: by words alone), and are 0 where
    a person named it. So verdicts can be held against what was believed."""

    incident_id: IncidentId
    other_id: str
    kind: str
    found_at: datetime
    score: float = 0.0
    rank: int = 0
    reason: str = ""
    model: str = ""
    verdict: Verdict | None = None
    judged_by: str = ""
    judged_at: datetime | None = None

    def judge(self, verdict: Verdict | None, *, by: Actor, at: datetime) -> Self:
        """None takes the verdict back. Saying it twice is once."""
        if verdict is self.verdict:
            return self
        return replace(self, verdict=verdict, judged_by=by.name, judged_at=at)
