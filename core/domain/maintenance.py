"""Planned work on services: one immutable window and its legal moves.

Its state is read off its times, so that nobody who looks at them can disagree with it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from core.domain import events
from core.domain.actor import Actor
from core.domain.ids import MaintenanceId, ServiceId, UserId
from core.errors import IllegalTransition, InvalidInput

MAX_TITLE = 500
MAX_DESCRIPTION = 10_000
MAX_CUSTOMER_ID = 200
MAX_AUDIENCE = 100
LONGEST = timedelta(days=366)
_SPOKEN = {"service_ids": "services", "scheduled_start_at": "start", "scheduled_end_at": "end"}


class MaintenanceState(StrEnum):
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """`audience` are the ids of the customers it is shown to; empty means everybody."""

    id: MaintenanceId
    number: int
    title: str
    scheduled_start_at: datetime
    scheduled_end_at: datetime
    created_at: datetime
    updated_at: datetime
    description: str = ""
    service_ids: tuple[ServiceId, ...] = ()
    audience: tuple[str, ...] = ()
    actual_start_at: datetime | None = None
    actual_end_at: datetime | None = None
    canceled_at: datetime | None = None
    created_by: UserId | None = None
    created_by_name: str = ""
    version: int = 0

    @property
    def reference(self) -> str:
        """What people call it: `MNT-7`."""
        return f"MNT-{self.number}"

    @property
    def state(self) -> MaintenanceState:
        if self.canceled_at:
            return MaintenanceState.CANCELED
        if self.actual_end_at:
            return MaintenanceState.COMPLETED
        return MaintenanceState.IN_PROGRESS if self.actual_start_at else MaintenanceState.SCHEDULED

    def scheduled(self, *, by: Actor, at: datetime) -> events.MaintenanceScheduled:
        """The event of this maintenance's birth."""
        return events.MaintenanceScheduled(
            **self._told(by, at),
            scheduled_start_at=self.scheduled_start_at,
            scheduled_end_at=self.scheduled_end_at,
        )

    def start(self, *, by: Actor, at: datetime) -> tuple[Self, events.MaintenanceStarted | None]:
        if self.state is MaintenanceState.IN_PROGRESS:
            return self, None
        self._require(MaintenanceState.SCHEDULED, "start")
        started = replace(self, actual_start_at=at, updated_at=at)
        return started, events.MaintenanceStarted(**self._told(by, at))

    def complete(
        self, *, by: Actor, at: datetime
    ) -> tuple[Self, events.MaintenanceCompleted | None]:
        if self.state is MaintenanceState.COMPLETED:
            return self, None
        self._require(MaintenanceState.IN_PROGRESS, "be completed")
        completed = replace(self, actual_end_at=at, updated_at=at)
        return completed, events.MaintenanceCompleted(**self._told(by, at))

    def cancel(self, *, by: Actor, at: datetime) -> tuple[Self, events.MaintenanceCanceled | None]:
        if self.state is MaintenanceState.CANCELED:
            return self, None
        self._require_not(MaintenanceState.COMPLETED, "be canceled")
        canceled = replace(self, canceled_at=at, updated_at=at)
        return canceled, events.MaintenanceCanceled(**self._told(by, at))

    def edit(
        self, wanted: dict[str, Any], *, by: Actor, at: datetime
    ) -> tuple[Self, events.MaintenanceEdited | None]:
        """Only before it starts; `wanted` are values by the names of fields."""
        self._require(MaintenanceState.SCHEDULED, "be changed")
        changes = {name: value for name, value in wanted.items() if getattr(self, name) != value}
        if not changes:
            return self, None
        edited = replace(self, updated_at=at, **changes)
        moved = "scheduled_start_at" if "scheduled_end_at" not in changes else "scheduled_end_at"
        require_window(edited.scheduled_start_at, edited.scheduled_end_at, field=moved)
        fields = tuple(_SPOKEN.get(name, name) for name in changes)
        event = events.MaintenanceEdited(**edited._told(by, at), fields=fields)
        return edited, event

    def _told(self, by: Actor, at: datetime) -> dict[str, Any]:
        return {
            "maintenance_id": self.id,
            "reference": self.reference,
            "title": self.title,
            "by": by,
            "at": at,
        }

    def _require(self, state: MaintenanceState, step: str) -> None:
        if self.state is not state:
            raise self._impossible(step)

    def _require_not(self, state: MaintenanceState, step: str) -> None:
        if self.state is state:
            raise self._impossible(step)

    def _impossible(self, step: str) -> IllegalTransition:
        state = self.state.replace("_", " ")
        return IllegalTransition(f"{self.reference} is {state}; it cannot {step}.")


def require_window(start: datetime, end: datetime, *, field: str = "scheduled_end_at") -> None:
    """`InvalidInput` unless the end follows the start within a year; `field` is what to mend."""
    if end <= start:
        raise InvalidInput("The maintenance has to end after it starts.", field=field)
    if end - start > LONGEST:
        message = f"A maintenance lasts {LONGEST.days} days at most; make it shorter."
        raise InvalidInput(message, field=field)
