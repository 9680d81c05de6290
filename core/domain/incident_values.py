"""What is known of an incident: its fields, and what follows from them alone."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.actor import Surface
from core.domain.ids import ChannelId, IncidentId, ServiceId, UserId
from core.domain.particulars import FieldEntry, Mode, RoleAssignment
from core.domain.severity import Severity
from core.domain.state import ACTIVE, OVER, Phase, State
from core.domain.urgency import OF_SEVERITY, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentValues:
    """`resolution` is what fixed it. `urgency` and `priority` are as given, and stay when the
    severity changes. The ids of severity, status and type name what a product calls them; they
    are gone when the thing they name changes otherwise. `audience` are those customers who may
    see it. `rung_at` is when alerts last called somebody to it. Of a `private` one only its
    `members` know, besides whoever declared it, leads it or plays a role in it. `related` ones were
    linked by people; one that was `merged_into` another is canceled. `update_due_at` is when news
    was promised, `archived_at` since when its channel has been archived."""

    id: IncidentId
    number: int
    title: str
    severity: Severity
    created_at: datetime
    updated_at: datetime
    source: Surface
    state: State = State.OPEN
    phase: Phase = Phase.INVESTIGATING
    description: str = ""
    resolution: str = ""
    root_cause: str = ""
    severity_word: str = ""
    created_by: UserId | None = None
    created_by_name: str = ""
    assignee_id: UserId | None = None
    service_ids: tuple[ServiceId, ...] = ()
    published_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: UserId | None = None
    snoozed_until: datetime | None = None
    rung_at: datetime | None = None
    resolved_at: datetime | None = None
    resolved_by: Surface | None = None
    closed_at: datetime | None = None
    canceled_at: datetime | None = None
    deleted_at: datetime | None = None
    channel_id: ChannelId | None = None
    channel_name: str = ""
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
    private: bool = False
    members: tuple[UserId, ...] = ()
    merged_into: IncidentId | None = None
    related: tuple[IncidentId, ...] = ()
    update_due_at: datetime | None = None
    archived_at: datetime | None = None
    version: int = 0

    @property
    def reference(self) -> str:
        """What people call it: `INC-42`."""
        return f"INC-{self.number}"

    @property
    def active(self) -> bool:
        return self.state in ACTIVE

    @property
    def felt_urgency(self) -> Urgency:
        """As given, else as it follows from the severity."""
        return self.urgency or OF_SEVERITY[self.severity]

    @property
    def hidden(self) -> bool:
        """Nobody is told of a draft, nor of what was over before anybody had been told. Whatever
        people were told once is kept true, and taken back where it turns private."""
        if self.state is State.DRAFT:
            return True
        untold = self.published_at is None or self._over_at_birth
        return self.state in OVER and untold and self.channel_id is None

    @property
    def _over_at_birth(self) -> bool:
        """A rehearsal, or what is written down afterwards; of a real one people hear even then."""
        if self.mode is Mode.STANDARD or self.published_at is None or self.resolved_at is None:
            return False
        return self.resolved_at <= self.published_at
