"""Where a status of incident.io leads an incident, and what has no way there."""

from dataclasses import dataclass

from core.domain.state import Phase, State
from core.domain.status_option import MERGED, TRIAGE, StatusCategory, StatusOption
from core.views import IncidentRow

BORN_IN = frozenset(
    {
        StatusCategory.TRIAGE,
        StatusCategory.LIVE,
        StatusCategory.LEARNING,
        StatusCategory.CLOSED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What is None stays."""

    state: State | None = None
    phase: Phase | None = None
    status_id: str | None = None

    @property
    def resolve_first(self) -> bool:
        """What is closed from the midst of things is resolved by that."""
        return self.state is State.CLOSED


def birth_refused(status: StatusOption) -> str | None:
    """Why an incident cannot begin with it, in a sentence; None when it can."""
    if status.category in BORN_IN:
        return None
    return f"No incident begins as {status.name}; declare it first, then move it."


def move_refused(row: IncidentRow, status: StatusOption) -> str | None:
    """Why the incident cannot come to it, in a sentence; None when the core decides."""
    if status.id == TRIAGE and row.state is not State.DRAFT:
        return f"{row.reference} is past triage; no incident goes back there."
    if row.merged_into and status.id != MERGED:
        return f"{row.reference} was merged into another incident, where it goes on."
    if status.category is StatusCategory.MERGED and not row.merged_into:
        return f"Merge it with POST /api/v1/incidents/{row.reference}/merge, which says into which."
    return None


def move_to(row: IncidentRow, shown: StatusOption, wanted: StatusOption) -> Move:
    """Nowhere, if it is `shown` with that status already; an acknowledged one stays so."""
    if shown.id == wanted.id:
        return Move()
    stays = row.state in wanted.states
    return Move(state=None if stays else wanted.states[0], phase=wanted.phase, status_id=wanted.id)
