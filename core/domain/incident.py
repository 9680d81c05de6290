"""The incident: one immutable value and its legal moves.

Nothing here awaits, logs, reads a clock or knows Slack. Every method takes the
facts it needs and returns the new incident together with the event that says
what happened, or with None when nothing did: saying it twice is once.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from core.domain import events
from core.domain.actor import Actor
from core.domain.ids import ChannelId, NoteId, UpdateId, UserId
from core.domain.incident_fields import SHOWN, name_of_field
from core.domain.incident_values import IncidentValues
from core.domain.severity import Severity
from core.domain.state import MOVES, OVER, Phase, State, draft_refusal, merged_refusal, refusal_of
from core.errors import IllegalTransition

MAX_TITLE = 500
MAX_DESCRIPTION = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(IncidentValues):
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
            over=self.state in OVER,
            quietly=self.state in OVER and self.hidden,
            manned=self.assignee_id is not None or bool(self.roles),
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
            raise IllegalTransition(draft_refusal(self.reference))
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
            resolution=summary if update_id else self.resolution,
        )
        event = events.IncidentResolved(
            incident_id=self.id,
            by=by,
            at=at,
            summary=summary,
            update_id=update_id,
            quietly=self.hidden,
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
        self,
        update_id: UpdateId,
        phase: Phase,
        text: str,
        *,
        next_at: datetime | None = None,
        by: Actor,
        at: datetime,
    ) -> tuple[Self, events.UpdatePosted]:
        """A message other than Resolved; what is over it appends to. It may promise the next."""
        moved, promised = (self.phase, None) if self.state in OVER else (phase, next_at)
        event = events.UpdatePosted(
            incident_id=self.id,
            by=by,
            at=at,
            update_id=update_id,
            phase=phase,
            text=text,
            quietly=self.hidden,
        )
        status_id = self.status_id if moved is self.phase else None
        told = replace(self, phase=moved, status_id=status_id, update_due_at=promised)
        return replace(told, updated_at=at), event

    def note(
        self, note_id: NoteId, text: str, *, by: Actor, at: datetime
    ) -> tuple[Self, events.NoteAdded]:
        """A comment: it changes nothing but when something was last heard of the incident."""
        event = events.NoteAdded(
            incident_id=self.id, by=by, at=at, note_id=note_id, text=text, quietly=self.hidden
        )
        return replace(self, updated_at=at), event

    def change_severity(
        self, severity: Severity, word: str, *, by: Actor, at: datetime
    ) -> tuple[Self, events.SeverityChanged | None]:
        if severity is self.severity:
            return self, None
        changed = replace(
            self, severity=severity, severity_word=word, severity_id=None, updated_at=at
        )
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
        self, *, by: Actor, at: datetime, **wanted: Any
    ) -> tuple[Self, events.IncidentEdited | None]:
        """Fields by their names. Whoever changes the phase so has no message to tell it by."""
        changes = {name: value for name, value in wanted.items() if getattr(self, name) != value}
        if not changes:
            return self, None
        event = events.IncidentEdited(
            incident_id=self.id,
            by=by,
            at=at,
            fields=tuple(name_of_field(name) for name in changes),
            title=wanted.get("title", self.title),
            quietly=SHOWN.isdisjoint(changes),
        )
        if "phase" in changes:
            changes.setdefault("status_id", None)
        return replace(self, updated_at=at, **changes), event

    def link_channel(
        self, channel_id: ChannelId, channel_name: str, *, by: Actor, at: datetime
    ) -> tuple[Self, events.ChannelLinked | None]:
        if channel_id == self.channel_id:
            return self, None
        linked = replace(self, channel_id=channel_id, channel_name=channel_name, archived_at=None)
        event = events.ChannelLinked(
            incident_id=self.id, by=by, at=at, channel_id=channel_id, channel_name=channel_name
        )
        return linked, event

    def _become(self, target: State, at: datetime, **changes: Any) -> Self:
        if target not in MOVES[self.state] and self.merged_into:
            raise IllegalTransition(merged_refusal(self.reference))
        if target not in MOVES[self.state]:
            raise IllegalTransition(refusal_of(self.reference, self.state, target))
        if target in OVER:
            changes["update_due_at"] = None
        return replace(self, state=target, status_id=None, updated_at=at, **changes)
