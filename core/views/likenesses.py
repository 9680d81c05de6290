"""What looks like an incident, as it is shown: what it was, what fixed it, why it was found."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from core.domain.lasting import lasted
from core.domain.likeness import Likeness, Verdict
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.domain.state import State
from core.views.incidents import IncidentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessRow:
    """An incident, a procedure or an article, by its `kind`; what only incidents have is empty
    for the others. `reference` is `INC-n`, `duration` from its beginning to its end, `lead` the
    name of whom it is assigned to, `judged_by` of who gave the verdict. One that was `merged` goes
    on in another."""

    id: str
    kind: str
    title: str
    reference: str = ""
    state: State | None = None
    merged: bool = False
    mode: Mode = Mode.STANDARD
    private: bool = False
    severity: Severity | None = None
    created_at: datetime | None = None
    duration: timedelta | None = None
    lead: str = ""
    services: tuple[str, ...] = ()
    resolution: str = ""
    root_cause: str = ""
    channel_id: str = ""
    score: float = 0.0
    rank: int = 0
    reason: str = ""
    verdict: Verdict | None = None
    judged_by: str = ""

    @classmethod
    def of_incident(cls, row: IncidentRow) -> Self:
        return cls(
            id=row.id,
            kind="incident",
            title=row.title,
            reference=row.reference,
            state=row.state,
            merged=row.merged_into is not None,
            mode=row.mode,
            private=row.private,
            severity=row.severity,
            created_at=row.created_at,
            duration=lasted(row, row.resolved_at) if row.resolved_at else None,
            lead=row.assignee_name or "",
            services=tuple(name for _, name in row.services),
            resolution=row.resolution,
            root_cause=row.root_cause,
            channel_id=row.channel_id or "",
        )

    def as_found(self, likeness: Likeness) -> Self:
        """With what was believed of it, and what people said."""
        return replace(
            self,
            score=likeness.score,
            rank=likeness.rank,
            reason=likeness.reason,
            verdict=likeness.verdict,
            judged_by=likeness.judged_by,
        )
