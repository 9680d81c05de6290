"""Commands on incidents."""

from dataclasses import dataclass
from datetime import datetime

from core.commands.base import Command, IncidentCommand
from core.domain.ids import (
    ChannelId,
    IncidentId,
    ServiceId,
    UserId,
)
from core.domain.incident import Incident
from core.domain.particulars import FieldEntry, Mode, RoleAssignment
from core.domain.state import Phase, State
from core.domain.update import FirstMessage, Note
from core.domain.urgency import Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareIncident(Command[Incident]):
    """`severity` is a word of `core.domain.severity`; unknown services and people are refused.

    `state` is draft, open, resolved or closed. A `first_message` is told with it. Of a `private`
    one only its members know, besides those who work on it.
    """

    title: str
    severity: str
    description: str = ""
    service_ids: tuple[ServiceId, ...] = ()
    assignee_id: UserId | None = None
    state: State = State.OPEN
    phase: Phase = Phase.INVESTIGATING
    first_message: FirstMessage | None = None
    mode: Mode = Mode.STANDARD
    urgency: Urgency | None = None
    priority: str = ""
    postmortem_url: str = ""
    call_url: str = ""
    audience: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    severity_id: str | None = None
    status_id: str | None = None
    type_id: str | None = None
    metric_id: str | None = None
    roles: tuple[RoleAssignment, ...] = ()
    fields: tuple[FieldEntry, ...] = ()
    resolution: str = ""
    root_cause: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishIncident(IncidentCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeIncident(IncidentCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenIncident(IncidentCommand):
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeIncident(IncidentCommand):
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressIncident(IncidentCommand):
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftUndone:
    """What is still to be done: whose it is, and until when, where that is known."""

    title: str
    assignee_id: UserId | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveIncident(IncidentCommand):
    """A `summary` says what fixed it, and is kept as a last message of the phase Resolved. What
    is empty leaves what was said before. Of `follow_ups` with the same title the first counts."""

    summary: str = ""
    root_cause: str = ""
    follow_ups: tuple[LeftUndone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseIncident(IncidentCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelIncident(IncidentCommand):
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteIncident(IncidentCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class PostUpdate(IncidentCommand):
    """A message; without `phase` it keeps the incident's own. Resolved also resolves. With
    `next_update_at` the next one is promised; without, no promise stands any more. With
    `while_active` it is refused of what is over by then."""

    text: str
    while_active: bool = False
    phase: Phase | None = None
    next_update_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(Command[Note]):
    """A comment on an incident."""

    incident_id: IncidentId
    text: str
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSeverity(IncidentCommand):
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignIncident(IncidentCommand):
    """`assignee_id` None leaves it unassigned.

    With `only_if_unassigned` an incident that is over, or is another's, stays as it is.
    """

    assignee_id: UserId | None
    only_if_unassigned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EditIncident(IncidentCommand):
    """Everything about an incident at once, all or nothing; what is None stays.

    `message` is told with it. In one of the states `unless` the incident is where it is wanted
    already, and stays. `resolve_first`: what is not over yet is resolved on its way to closed.
    """

    title: str | None = None
    description: str | None = None
    severity: str | None = None
    service_ids: tuple[ServiceId, ...] | None = None
    assignee_id: UserId | None = None
    unassign: bool = False
    state: State | None = None
    unless: tuple[State, ...] = ()
    resolve_first: bool = False
    phase: Phase | None = None
    message: FirstMessage | None = None
    urgency: Urgency | None = None
    priority: str | None = None
    postmortem_url: str | None = None
    call_url: str | None = None
    audience: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    links: tuple[str, ...] | None = None
    severity_id: str | None = None
    status_id: str | None = None
    type_id: str | None = None
    roles: tuple[RoleAssignment, ...] | None = None
    fields: tuple[FieldEntry, ...] | None = None
    resolution: str | None = None
    root_cause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChannel(IncidentCommand):
    """`private` is what kind of channel it is: everybody reads any other one."""

    channel_id: ChannelId
    channel_name: str
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBurial(IncidentCommand):
    """An effect could not be delivered; the reason is a sentence for a person."""

    effect: str
    reason: str
