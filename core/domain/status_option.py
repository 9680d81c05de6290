"""Statuses by an organisation's own names, each standing for a state and a phase."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from core.domain.record import Record
from core.domain.state import Phase, State

MERGED = "status_merged"
"""The status of those that go on in another one; only merging leads there."""

TRIAGE = "status_triage"
"""The status of drafts, which an incident has from its beginning or never."""


class StatusCategory(StrEnum):
    """What kind of status it is, in the order in which an incident comes to them."""

    TRIAGE = "triage"
    DECLINED = "declined"
    MERGED = "merged"
    CANCELED = "canceled"
    LIVE = "live"
    PAUSED = "paused"
    LEARNING = "learning"
    CLOSED = "closed"


STATES: Mapping[StatusCategory, tuple[State, ...]] = {
    StatusCategory.TRIAGE: (State.DRAFT,),
    StatusCategory.DECLINED: (State.CANCELED,),
    StatusCategory.MERGED: (State.CANCELED,),
    StatusCategory.CANCELED: (State.CANCELED,),
    StatusCategory.LIVE: (State.OPEN, State.ACKNOWLEDGED),
    StatusCategory.PAUSED: (State.SNOOZED, State.SUPPRESSED),
    StatusCategory.LEARNING: (State.RESOLVED,),
    StatusCategory.CLOSED: (State.CLOSED,),
}
"""The states a category stands for; an incident that comes to it enters the first."""

OPEN_TO_MORE = (StatusCategory.LIVE, StatusCategory.LEARNING, StatusCategory.CLOSED)
"""Categories to which an organisation may add statuses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusOption(Record):
    """Ranked within its category, the lowest first."""

    NOUN: ClassVar[str] = "status"
    PREFIX: ClassVar[str] = "sta"

    name: str
    category: StatusCategory
    description: str = ""
    rank: int = 1

    @property
    def states(self) -> tuple[State, ...]:
        return STATES[self.category]

    @property
    def phase(self) -> Phase | None:
        """Of a live status: what its name says of the work, else that it is investigated."""
        if self.category is not StatusCategory.LIVE:
            return None
        name = self.name.casefold()
        said = (phase for part, phase in _SAID.items() if part in name)
        return next(said, Phase.INVESTIGATING)

    def fits(self, state: State, phase: Phase) -> bool:
        """Whether an incident in that state and phase can be said to have this status."""
        return state in self.states and self.phase in (None, live_phase(phase))

    @property
    def label(self) -> str:
        return self.name

    @property
    def unique_key(self) -> str | None:
        return self.name.casefold()


_SAID: Mapping[str, Phase] = {
    "monitor": Phase.MONITORING,
    "fix": Phase.IDENTIFIED,
    "identif": Phase.IDENTIFIED,
    "mitigat": Phase.IDENTIFIED,
}


def live_phase(phase: Phase) -> Phase:
    """As a live incident has it: one that is not over is not resolved."""
    return Phase.INVESTIGATING if phase is Phase.RESOLVED else phase


_STANDARD = (
    ("triage", "Triage", StatusCategory.TRIAGE, "It may be an incident; somebody has to look."),
    ("declined", "Declined", StatusCategory.DECLINED, "It was looked at, and is no incident."),
    ("merged", "Merged", StatusCategory.MERGED, "It went on as a part of another incident."),
    ("canceled", "Canceled", StatusCategory.CANCELED, "It should not have been declared."),
    ("investigating", "Investigating", StatusCategory.LIVE, "The cause is being looked for."),
    ("fixing", "Fixing", StatusCategory.LIVE, "The cause is known and is being mended."),
    ("monitoring", "Monitoring", StatusCategory.LIVE, "It is mended, and is being watched."),
    ("paused", "Paused", StatusCategory.PAUSED, "Nobody works on it for the moment."),
    ("post_incident", "Post-incident", StatusCategory.LEARNING, "It is over; what follows is not."),
    ("closed", "Closed", StatusCategory.CLOSED, "Nothing is left to be done."),
)

STANDARD_STATUSES = {f"status_{word}": name for word, name, *_ in _STANDARD}
"""Their names by their ids, which no other may have."""


def standard_statuses(at: datetime) -> tuple[StatusOption, ...]:
    """Those which every organisation has without adding them, by category and rank."""
    before: dict[StatusCategory, int] = {}
    made = []
    for word, name, category, description in _STANDARD:
        before[category] = before.get(category, 0) + 1
        made.append(
            StatusOption(
                id=f"status_{word}",
                created_at=at,
                updated_at=at,
                name=name,
                category=category,
                description=description,
                rank=before[category],
            )
        )
    return tuple(made)
