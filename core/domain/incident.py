"""The incident: one immutable value and its legal moves.

Nothing here awaits, logs, reads a clock or knows Slack. Every method takes the
facts it needs and returns the new incident together with the event that says
what happened, or with None when nothing did: saying it twice is once.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from core.domain import events
from core.domain.actor import Actor, Surface
from core.domain.ids import ChannelId, IncidentId, ServiceId, UpdateId, UserId
from core.domain.severity import Severity
from core.domain.state import ACTIVE, MOVES, OVER, Phase, State
from core.errors import IllegalTransition

MAX_TITLE = 500
MAX_DESCRIPTION = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
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
    severity_word: str = ""
    created_by: UserId | None = None
    created_by_name: str = ""
    assignee_id: UserId | None = None
    service_ids: tuple[ServiceId, ...] = ()
    published_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: UserId | None = None
    snoozed_until: datetime | None = None
    resolved_at: datetime | None = None
    resolved_by: Surface | None = None
    closed_at: datetime | None = None
    canceled_at: datetime | None = None
    deleted_at: datetime | None = None
    channel_id: ChannelId | None = None
    channel_name: str = ""
    version: int = 0

    @property
    def reference(self) -> str:
        """What people call it: `INC-42`."""
        return f"INC-{self.number}"

    @property
    def active(self) -> bool:
        return self.state in ACTIVE

    def can_become(self, state: State) -> bool:
        return state in MOVES[self.state]

    def declared(self, *, by: Actor, at: datetime) -> events.IncidentDeclared:
        """The event of this incident's birth."""
        return events.IncidentDeclared(
            incident_id=self.id,
            by=by,
            at=at,
            title=self.title,
            severity=self.severity,
            draft=self.state is State.DRAFT,
        )

    def publish(self, *, by: Actor, at: datetime) -> tuple[Self, events.IncidentPublished | None]:
        if self.state is not State.DRAFT:
            return self, None
        published = self._become(State.OPEN, at, published_at=at)
        return published, events.IncidentPublished(incident_id=self.id, by=by, at=at)

    def acknowledge(
        self, *, by: Actor, at: datetime
    ) -> tuple[Self, events.IncidentAcknowledged | None]:
        if self.state is State.ACKNOWLEDGED:
            return self, None
        acknowledged = self._become(
            State.ACKNOWLEDGED,
            at,
            acknowledged_at=self.acknowledged_at or at,
            acknowledged_by=self.acknowledged_by if self.acknowledged_at else by.user_id,
            snoozed_until=None,
        )
        return acknowledged, events.IncidentAcknowledged(incident_id=self.id, by=by, at=at)

    def reopen(
        self, reason: str = "", *, by: Actor, at: datetime
    ) -> tuple[Self, events.IncidentReopened | None]:
        """Back to open, from acknowledged, snoozed, suppressed, resolved or closed."""
        if self.state is State.OPEN:
            return self, None
        if self.state is State.DRAFT:
            raise IllegalTransition(f"{self.reference} is a draft; publish it instead.")
        reopened = self._become(
            State.OPEN,
            at,
            phase=Phase.INVESTIGATING if self.state in OVER else self.phase,
            published_at=self.published_at or at,
            acknowledged_at=None,
            acknowledged_by=None,
            snoozed_until=None,
            resolved_at=None,
            resolved_by=None,
            closed_at=None,
        )
        event = events.IncidentReopened(
            incident_id=self.id, by=by, at=at, before=self.state, reason=reason
        )
        return reopened, event

    def snooze(
        self, until: datetime | None, *, by: Actor, at: datetime
    ) -> tuple[Self, events.IncidentSnoozed | None]:
        if self.state is State.SNOOZED and self.snoozed_until == until:
            return self, None
        changes: dict[str, Any] = {"snoozed_until": until}
        snoozed = (
            replace(self, updated_at=at, **changes)
            if self.state is State.SNOOZED
            else self._become(State.SNOOZED, at, **changes)
        )
        return snoozed, events.IncidentSnoozed(incident_id=self.id, by=by, at=at, until=until)

    def suppress(
        self, reason: str = "", *, by: Actor, at: datetime
    ) -> tuple[Self, events.IncidentSuppressed | None]:
        if self.state is State.SUPPRESSED:
            return self, None
        event = events.IncidentSuppressed(incident_id=self.id, by=by, at=at, reason=reason)
        return self._become(State.SUPPRESSED, at), event

    def resolve(
        self, summary: str = "", *, update_id: UpdateId | None = None, by: Actor, at: datetime
    ) -> tuple[Self, events.IncidentResolved | None]:
        if self.state is State.RESOLVED:
            return self, None
        resolved = self._become(
            State.RESOLVED,
            at,
            phase=Phase.RESOLVED,
            resolved_at=self.resolved_at or at,
            resolved_by=by.surface,
            snoozed_until=None,
        )
        event = events.IncidentResolved(
            incident_id=self.id,
            by=by,
            at=at,
            summary=summary,
            update_id=update_id,
            quietly=self.state is State.DRAFT,
        )
        return resolved, event

    def close(self, *, by: Actor, at: datetime) -> tuple[Self, events.IncidentClosed | None]:
        if self.state is State.CLOSED:
            return self, None
        closed = self._become(State.CLOSED, at, closed_at=at)
        return closed, events.IncidentClosed(incident_id=self.id, by=by, at=at)

    def cancel(
        self, reason: str = "", *, by: Actor, at: datetime
    ) -> tuple[Self, events.IncidentCanceled | None]:
        if self.state is State.CANCELED:
            return self, None
        canceled = self._become(State.CANCELED, at, canceled_at=at, snoozed_until=None)
        return canceled, events.IncidentCanceled(incident_id=self.id, by=by, at=at, reason=reason)

    def delete(self, *, by: Actor, at: datetime) -> tuple[Self, events.IncidentDeleted | None]:
        if self.deleted_at:
            return self, None
        deleted = replace(self, deleted_at=at, updated_at=at)
        return deleted, events.IncidentDeleted(incident_id=self.id, by=by, at=at)

    def post_update(
        self, update_id: UpdateId, phase: Phase, text: str, *, by: Actor, at: datetime
    ) -> tuple[Self, events.UpdatePosted]:
        """A message other than Resolved; on an incident that is over it only appends."""
        moved = self.phase if self.state in OVER else phase
        event = events.UpdatePosted(
            incident_id=self.id, by=by, at=at, update_id=update_id, phase=phase, text=text
        )
        return replace(self, phase=moved, updated_at=at), event

    def change_severity(
        self, severity: Severity, word: str, *, by: Actor, at: datetime
    ) -> tuple[Self, events.SeverityChanged | None]:
        if severity is self.severity:
            return self, None
        changed = replace(self, severity=severity, severity_word=word, updated_at=at)
        event = events.SeverityChanged(
            incident_id=self.id, by=by, at=at, before=self.severity, after=severity
        )
        return changed, event

    def assign(
        self, assignee_id: UserId | None, name: str, *, by: Actor, at: datetime
    ) -> tuple[Self, events.IncidentAssigned | None]:
        if assignee_id == self.assignee_id:
            return self, None
        assigned = replace(self, assignee_id=assignee_id, updated_at=at)
        event = events.IncidentAssigned(
            incident_id=self.id, by=by, at=at, assignee_id=assignee_id, assignee_name=name
        )
        return assigned, event

    def edit(
        self,
        *,
        title: str,
        description: str,
        service_ids: tuple[ServiceId, ...],
        by: Actor,
        at: datetime,
    ) -> tuple[Self, events.IncidentEdited | None]:
        wanted = {"title": title, "description": description, "service_ids": service_ids}
        changes: dict[str, Any] = {
            name: value for name, value in wanted.items() if getattr(self, name) != value
        }
        if not changes:
            return self, None
        fields = tuple(name.removesuffix("_ids") for name in changes)
        event = events.IncidentEdited(incident_id=self.id, by=by, at=at, fields=fields, title=title)
        return replace(self, updated_at=at, **changes), event

    def link_channel(
        self, channel_id: ChannelId, channel_name: str, *, by: Actor, at: datetime
    ) -> tuple[Self, events.ChannelLinked | None]:
        if channel_id == self.channel_id:
            return self, None
        linked = replace(self, channel_id=channel_id, channel_name=channel_name)
        event = events.ChannelLinked(
            incident_id=self.id, by=by, at=at, channel_id=channel_id, channel_name=channel_name
        )
        return linked, event

    def _become(self, target: State, at: datetime, **changes: Any) -> Self:
        if target not in MOVES[self.state]:
            raise IllegalTransition(f"{self.reference} is {self.state}; it cannot become {target}.")
        return replace(self, state=target, updated_at=at, **changes)
