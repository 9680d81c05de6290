"""What is left to be done after an incident."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from core.domain.ids import IncidentId, UserId
from core.domain.record import Record

MAX_TITLE = 500
MAX_DESCRIPTION = 10_000
MAX_LABEL = 100
MOST_LABELS = 50


class FollowUpStatus(StrEnum):
    OUTSTANDING = "outstanding"
    COMPLETED = "completed"
    NOT_DOING = "not_doing"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Record):
    """`author` is whoever asked for it, by name: a person or a program."""

    NOUN: ClassVar[str] = "follow-up"
    PREFIX: ClassVar[str] = "fup"

    incident_id: IncidentId
    title: str
    description: str = ""
    status: FollowUpStatus = FollowUpStatus.OUTSTANDING
    assignee_id: UserId | None = None
    labels: tuple[str, ...] = ()
    completed_at: datetime | None = None
    due_at: datetime | None = None
    author: str = ""

    def with_status(self, status: FollowUpStatus, *, at: datetime) -> Self:
        """What is completed keeps the moment it was completed first."""
        done = status is FollowUpStatus.COMPLETED
        return replace(
            self, status=status, completed_at=(self.completed_at or at) if done else None
        )

    @property
    def outstanding(self) -> bool:
        """Somebody still has to do it."""
        return self.status is FollowUpStatus.OUTSTANDING

    @property
    def label(self) -> str:
        return self.title

    @property
    def parent_id(self) -> str | None:
        return self.incident_id

    @property
    def part_of(self) -> IncidentId | None:
        return self.incident_id
