"""Commands on what is left to be done after an incident."""

from dataclasses import dataclass
from datetime import datetime

from core.commands.base import Command
from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class AddFollowUp(Command[FollowUp]):
    incident_id: IncidentId
    title: str
    description: str = ""
    assignee_id: UserId | None = None
    labels: tuple[str, ...] = ()
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditFollowUp(Command[FollowUp]):
    """What is None stays; with `unassign` it is nobody's, with `undated` it is not due at any time.
    `status` is a word, `expected_version` that of the follow-up that was read."""

    follow_up_id: str
    title: str | None = None
    description: str | None = None
    status: str | None = None
    assignee_id: UserId | None = None
    unassign: bool = False
    labels: tuple[str, ...] | None = None
    due_at: datetime | None = None
    undated: bool = False
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteFollowUp(Command[FollowUp]):
    follow_up_id: str
