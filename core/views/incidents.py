"""Incidents in lists, and one with its messages."""

from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Self

from core.domain.actor import Surface
from core.domain.ids import IncidentId, UserId
from core.domain.incident import Incident
from core.domain.particulars import FieldEntry, Mode, RoleAssignment
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.domain.update import StatusUpdate
from core.domain.urgency import OF_SEVERITY, Urgency
from core.views.cards import Neighbour, WindowNote

Services = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """One line of a list; `services` are (id, name)."""

    id: IncidentId
    number: int
    title: str
    description: str
    severity: Severity
    severity_word: str
    state: State
    phase: Phase
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    canceled_at: datetime | None
    created_by: UserId | None
    assignee_id: UserId | None
    assignee_name: str | None
    channel_id: str | None
    version: int
    services: Services = ()
    closed_at: datetime | None = None
    snoozed_until: datetime | None = None
    source: Surface = Surface.REST
    created_by_name: str = ""
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
    resolution: str = ""
    root_cause: str = ""
    private: bool = False
    members: tuple[UserId, ...] = ()
    merged_into: IncidentId | None = None
    update_due_at: datetime | None = None

    @property
    def reference(self) -> str:
        return f"INC-{self.number}"

    @property
    def felt_urgency(self) -> Urgency:
        """As given, else as it follows from the severity."""
        return self.urgency or OF_SEVERITY[self.severity]

    @classmethod
    def of(
        cls, incident: Incident, *, assignee_name: str | None = None, services: Services = ()
    ) -> Self:
        """The line that shows this incident."""
        shared = dict(zip(_SHARED, _values(incident), strict=True))
        return cls(**shared, assignee_name=assignee_name, services=services)


_SHARED = tuple(
    field.name for field in fields(IncidentRow) if field.name not in ("assignee_name", "services")
)
_values = attrgetter(*_SHARED)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPage:
    """`total` counts all that match; `more` says whether rows follow these."""

    rows: tuple[IncidentRow, ...]
    total: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRecord:
    """One incident with its messages, for readers of the API. `windows` are those of its card, and
    so is the incident that it was `merged_into`."""

    row: IncidentRow
    created_by_name: str
    updates: tuple[StatusUpdate, ...]
    windows: tuple[WindowNote, ...] = ()
    merged_into: Neighbour | None = None
