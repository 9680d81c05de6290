"""Planned work on services: one immutable window and its legal moves.

Its state is read off its times, so that nobody who looks at them can disagree with it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from core.domain import events, milestones
from core.domain.actor import Actor
from core.domain.ids import MaintenanceId, ServiceId, UserId
from core.domain.maintenance_fields import fields_told
from core.domain.maintenance_refusals import impossible, too_late
from core.domain.milestones import Deed
from core.domain.wording import minute
from core.errors import IllegalTransition, InvalidInput
from core.language import say, to_say

MAX_TITLE = 500
MAX_DESCRIPTION = 10_000
MAX_CUSTOMER_ID = 200
MAX_AUDIENCE = 100
_TIMES = frozenset({"scheduled_start_at", "scheduled_end_at"})


class MaintenanceState(StrEnum):
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """A window, or one occurrence of a recurring one.

    `audience` are the ids of the customers it is shown to; empty means everybody, unless it is
    not `customer_visible` at all. `timezone` is the zone its people think in (IANA).
    `notify_channels` are Slack channels by name or id; empty means the one for announcements.
    `reminders` are minutes before the start. `matchers` name alerts by their labels, as
    `core.domain.matcher` spells them. `recurrence` is a rule of RFC 5545 without its `RRULE:`;
    `series_id`, `series_start_at` and `series_end_at` are its first occurrence's id, start and
    end, `occurrence_at` the start that the rule gave this one, `exceptions` the starts that are
    skipped. Moving or extending one occurrence leaves the series as it is.
    `armed_at` is when its times were last decided: what lies before it is not announced. It is
    None for one that was over by then, which the clock leaves alone until somebody starts it.
    `told` names the milestones that were announced; `followed` says that its next occurrence
    exists.
    """

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
    timezone: str = "UTC"
    notify_channels: tuple[str, ...] = ()
    notify_user_ids: tuple[UserId, ...] = ()
    customer_visible: bool = True
    runbook_url: str = ""
    owner_id: UserId | None = None
    auto_start: bool = True
    auto_complete: bool = True
    reminders: tuple[int, ...] = ()
    matchers: tuple[str, ...] = ()
    cancel_reason: str = ""
    recurrence: str = ""
    series_id: MaintenanceId | None = None
    series_start_at: datetime | None = None
    series_end_at: datetime | None = None
    occurrence_at: datetime | None = None
    exceptions: tuple[datetime, ...] = ()
    followed: bool = False
    armed_at: datetime | None = None
    told: tuple[str, ...] = ()
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

    @property
    def running(self) -> bool:
        return self.state is MaintenanceState.IN_PROGRESS

    @property
    def scheduled_only(self) -> bool:
        return self.state is MaintenanceState.SCHEDULED

    @property
    def over(self) -> bool:
        """Completed or canceled."""
        return bool(self.canceled_at or self.actual_end_at)

    @property
    def lapsed(self) -> bool:
        """Its time is over, and nobody started it."""
        return self.scheduled_only and Deed.LAPSE in self.told

    @property
    def next_at(self) -> datetime | None:
        """When the clock has to look at it again."""
        return milestones.next_at(self)

    def fact(self, by: Actor, at: datetime, **more: Any) -> dict[str, Any]:
        """What each event about it says, and `more` of it."""
        whose = {"maintenance_id": self.id, "reference": self.reference, "title": self.title}
        return {**whose, "by": by, "at": at, **more}

    def scheduled(
        self, *, by: Actor, at: datetime, follows: str = "", missed: int = 0
    ) -> events.MaintenanceScheduled:
        """The event of this maintenance's birth."""
        return events.MaintenanceScheduled(
            **self.fact(by, at),
            scheduled_start_at=self.scheduled_start_at,
            scheduled_end_at=self.scheduled_end_at,
            follows=follows,
            missed=missed,
            past=self.armed_at is None,
        )

    def start(
        self, *, by: Actor, at: datetime, missed: bool = False
    ) -> tuple[Self, events.MaintenanceStarted | None]:
        if self.running:
            return self, None
        self._require(MaintenanceState.SCHEDULED, "start")
        armed_at = self.armed_at if missed else at
        started = replace(self, actual_start_at=at, updated_at=at, armed_at=armed_at)
        told = self.fact(by, at, scheduled_start_at=self.scheduled_start_at, missed=missed)
        return started, events.MaintenanceStarted(**told)

    def complete(
        self, *, by: Actor, at: datetime, missed: bool = False
    ) -> tuple[Self, events.MaintenanceCompleted | None]:
        """Never before its start, even where the clock was put back since."""
        if self.state is MaintenanceState.COMPLETED:
            return self, None
        self._require(MaintenanceState.IN_PROGRESS, "be completed")
        ended = max(at, self.actual_start_at or at)
        completed = replace(self, actual_end_at=ended, updated_at=at)
        planned = {name: getattr(self, name) for name in _TIMES}
        return completed, events.MaintenanceCompleted(**self.fact(by, at), **planned, missed=missed)

    def cancel(
        self, *, by: Actor, at: datetime, reason: str = "", skipped: bool = False
    ) -> tuple[Self, events.MaintenanceCanceled | None]:
        if self.state is MaintenanceState.CANCELED:
            return self, None
        if self.over or (skipped and self.running):
            raise self._impossible("be skipped" if skipped else "be canceled")
        canceled = replace(self, canceled_at=at, cancel_reason=reason, updated_at=at)
        told = self.fact(by, at, reason=reason, skipped=skipped)
        return canceled, events.MaintenanceCanceled(**told)

    def extend(
        self, until: datetime, *, by: Actor, at: datetime
    ) -> tuple[Self, events.MaintenanceExtended | None]:
        """To a later end; what is said at the end is said again at that one."""
        if until == self.scheduled_end_at:
            return self, None
        self.require_extensible(at)
        if until <= max(self.scheduled_end_at, at):
            words = to_say("{at} is before its present end; choose a later time.")
            if until <= at:
                words = to_say("{at} has passed already; choose a later time.")
            raise InvalidInput(say(words, at=minute(until, self.timezone)), field="until")
        told = tuple(one for one in self.told if one not in (Deed.ENDING, Deed.OVERRUN))
        armed_at = at if self.running else self.armed_at
        extended = replace(
            self, scheduled_end_at=until, told=told, armed_at=armed_at, updated_at=at
        )
        return extended, events.MaintenanceExtended(**self.fact(by, at), scheduled_end_at=until)

    def edit(
        self, wanted: dict[str, Any], *, by: Actor, at: datetime
    ) -> tuple[Self, events.MaintenanceEdited | None]:
        """Only before it starts; `wanted` are values by the names of fields. Other times are
        announced from the beginning; those that have passed take it off the clock."""
        self.require_editable()
        changes = {name: value for name, value in wanted.items() if getattr(self, name) != value}
        if not changes:
            return self, None
        edited = replace(self, updated_at=at, **changes)
        if _TIMES & changes.keys():
            edited = edited._armed(at, anew="scheduled_start_at" in changes)
        elif "reminders" in changes:
            edited = replace(edited, armed_at=self.armed_at and at)
        told = {name: changes[name] for name in _TIMES & changes.keys()}
        told["fields"] = fields_told(changes)
        return edited, events.MaintenanceEdited(**edited.fact(by, at, **told))

    def _armed(self, at: datetime, *, anew: bool) -> Self:
        """With other times: from the beginning where it starts anew, and off the clock where it is
        over by now."""
        told = () if anew else tuple(one for one in self.told if one != Deed.LAPSE)
        return replace(self, told=told, armed_at=at if self.scheduled_end_at > at else None)

    def require_editable(self) -> None:
        self._require(MaintenanceState.SCHEDULED, "be changed")

    def require_startable(self, at: datetime) -> None:
        """`IllegalTransition` once the time it was planned for is over. What was over when it was
        written down may be marked as begun all the same."""
        if self.scheduled_only and self.armed_at and self.scheduled_end_at <= at:
            raise self._too_late("start")

    def require_extensible(self, at: datetime) -> None:
        if self.over:
            raise self._impossible("be extended")
        if self.scheduled_only and self.scheduled_end_at <= at:
            raise self._too_late("be extended")

    def _require(self, state: MaintenanceState, step: str) -> None:
        if self.state is not state:
            raise self._impossible(step)

    def _impossible(self, step: str) -> IllegalTransition:
        return impossible(self.reference, self.state, step)

    def _too_late(self, step: str) -> IllegalTransition:
        return too_late(self.reference, minute(self.scheduled_end_at, self.timezone), step)
