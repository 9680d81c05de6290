"""What a reader sees: flat, display-ready values shared by every surface."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.events import Event
from core.domain.ids import EntryId, IncidentId, SlackUserId, UserId
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.domain.update import StatusUpdate


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody as shown: by name, and by Slack mention where they are known there."""

    id: UserId
    name: str
    email: str
    slack_user_id: SlackUserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCard:
    """Everything one incident shows, read in one go.

    `services` are id → name; `firing` counts alerts still on; `links` are label → URL
    of its alerts (runbook, graph).
    """

    incident: Incident
    services: Mapping[str, str] = field(default_factory=dict)
    creator: Person | None = None
    assignee: Person | None = None
    acknowledger: Person | None = None
    owners: tuple[Person, ...] = ()
    latest_update: StatusUpdate | None = None
    firing: int = 0
    alerts: int = 0
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """One line of a list."""

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
    services: tuple[tuple[str, str], ...] = ()

    @property
    def reference(self) -> str:
        return f"INC-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentQuery:
    """Which incidents, newest first. Empty sets mean "any".

    `search` is looked for in title and description; `after` is the (created_at, id)
    of the last row seen and wins over `offset`.
    """

    states: frozenset[State] = frozenset()
    severities: frozenset[Severity] = frozenset()
    service_id: str | None = None
    assignee_id: UserId | None = None
    search: str = ""
    limit: int = 25
    offset: int = 0
    after: tuple[datetime, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPage:
    """`total` counts all that match; `more` says whether rows follow these."""

    rows: tuple[IncidentRow, ...]
    total: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    id: EntryId
    at: datetime
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRecord:
    """One incident with its messages, for readers of the API."""

    row: IncidentRow
    created_by_name: str
    updates: tuple[StatusUpdate, ...]
