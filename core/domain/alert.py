"""Alerts as every monitoring tool means them, and the episodes they make up.

An alert is one statement of a source: "this fingerprint fires since then" or
"it has ended". An episode is what it speaks of: from one start to one end.
Source time decides, never the order in which statements arrive.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, NewType, Self, TypeAlias

from core.domain.ids import (
    DeliveryId,
    EpisodeId,
    IncidentId,
    IntegrationId,
    MaintenanceId,
    ServiceId,
)
from core.domain.severity import Severity
from core.domain.urgency import Urgency

Fingerprint = NewType("Fingerprint", str)
GroupKey = NewType("GroupKey", str)
Labels: TypeAlias = Mapping[str, str]


class AlertStatus(StrEnum):
    FIRING = "firing"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    EDITED = "edited"
    """Somebody at the source changed what is known of it; see `AlertEdit`."""


class Fate(StrEnum):
    """What became of an alert when it began, or since."""

    DECLARED = "declared"
    """An incident was declared for it."""
    GROUPED = "grouped"
    """It joined the incident of its group."""
    ATTACHED = "attached"
    """A rule or a person put it into an incident."""
    STORM = "storm"
    """It is one of a flood, counted in the incident of the storm."""
    SPLIT = "split"
    """Somebody gave it an incident of its own."""
    NOTIFIED = "notified"
    """A rule had a channel told of it, and nobody called."""
    DROPPED = "dropped"
    """A rule had it left alone; the note says why."""
    DISMISSED = "dismissed"
    """Somebody said that it is no incident."""
    HELD = "held"
    """It waits for the end of the hold."""
    PASSED = "passed"
    """It ended before the end of the hold."""
    SUPPRESSED = "suppressed"
    """Maintenance keeps it quiet."""
    SILENCED = "silenced"
    """A silence keeps it quiet."""
    INHIBITED = "inhibited"
    """What its service depends on is broken, and called somebody already."""
    RECORDED = "recorded"
    """It was over before anybody could be called."""


QUIET = frozenset({Fate.HELD, Fate.SUPPRESSED, Fate.SILENCED, Fate.INHIBITED})
"""It calls nobody for now, and does once the reason is gone, if it still fires."""


class Dating(StrEnum):
    """What the time of a statement says."""

    START = "start"
    """When the episode began, which tells it from others (Alertmanager)."""

    MOMENT = "moment"
    """When the statement was made: while an episode is open, any statement is about that one."""

    NONE = "none"
    """Nobody said when, so the order of arrival is all there is; likewise about the open one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEdit:
    """What somebody at the source said of an alert that is known already; None leaves it.

    `note` is added to its notes. `acknowledged` False takes an acknowledgement back.
    """

    note: str = ""
    message: str | None = None
    description: str | None = None
    severity: Severity | None = None
    tags_added: tuple[str, ...] = ()
    tags_removed: tuple[str, ...] = ()
    details_added: Labels = field(default_factory=dict)
    details_removed: tuple[str, ...] = ()
    acknowledged: bool | None = None
    snoozed_until: datetime | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One statement. `group` names those that belong into one incident; `links` are label → URL.

    Where nobody says when, `starts_at` is when it came. `by` is who acted at the source, where it
    says so. `counted`: the source wants to know how often it was said. `change`:
    it tells of something that somebody changed, which is no trouble by itself.
    """

    fingerprint: Fingerprint
    group: GroupKey
    group_title: str
    name: str
    status: AlertStatus
    starts_at: datetime
    ends_at: datetime | None = None
    severity: Severity = Severity.MEDIUM
    summary: str = ""
    description: str = ""
    labels: Labels = field(default_factory=dict)
    links: Labels = field(default_factory=dict)
    dating: Dating = Dating.START
    urgency: Urgency | None = None
    severity_word: str = ""
    tags: tuple[str, ...] = ()
    by: str = ""
    counted: bool = False
    edit: AlertEdit | None = None
    change: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDelivery:
    """What a source said at once; `id` is its row in the inbox, and it has been there since
    `received_at`."""

    id: DeliveryId
    alerts: tuple[Alert, ...]
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """`suppressed_by` is the window in which it was recorded without calling anybody. The group
    and the urgency are kept for the day when it has to call somebody after all.

    `fate` is what became of it; `fate_note` says why, where it has no other reason. `kept_by` is
    the silence that keeps it quiet, the incident that inhibits it, or the rule that decided on it.
    `due_at` is the end of its hold. `orphan`: its end was heard before its start, which is still
    awaited. `count` is how often it was said, `last_at` when last, where its source wants to know.
    Elsewhere `last_at` is the last that is known of it; see `core.domain.afterwards`.
    """

    id: EpisodeId
    integration_id: IntegrationId
    fingerprint: Fingerprint
    starts_at: datetime
    name: str
    severity: Severity
    summary: str
    labels: Labels
    links: Labels
    ends_at: datetime | None = None
    incident_id: IncidentId | None = None
    description: str = ""
    suppressed_by: MaintenanceId | None = None
    group: GroupKey = GroupKey("")
    group_title: str = ""
    urgency: Urgency | None = None
    fate: Fate = Fate.RECORDED
    fate_note: str = ""
    kept_by: str | None = None
    due_at: datetime | None = None
    service_id: ServiceId | None = None
    flapping: bool = False
    orphan: bool = False
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    snoozed_until: datetime | None = None
    owner: str = ""
    tags: tuple[str, ...] = ()
    count: int = 1
    last_at: datetime | None = None

    @property
    def firing(self) -> bool:
        return self.ends_at is None

    @property
    def suppressed(self) -> bool:
        """Whether a window keeps it from calling anybody, or kept it until it ended. Once it has
        called somebody after all, `suppressed_by` alone tells of it."""
        return self.suppressed_by is not None and self.incident_id is None

    def ended(self, at: datetime, heard_at: datetime | None = None) -> Self:
        fate = Fate.PASSED if self.fate is Fate.HELD else self.fate
        return self._with(ends_at=at, fate=fate, due_at=None, last_at=heard_at or self.last_at)

    def suppressed_in(self, window: MaintenanceId) -> Self:
        """Recorded during that window."""
        return self.quieted(Fate.SUPPRESSED)._with(suppressed_by=window)

    def quieted(self, fate: Fate, kept_by: str | None = None, note: str = "") -> Self:
        """It calls nobody, for this reason in place of any other before."""
        return self._with(
            fate=fate, kept_by=kept_by, fate_note=note, suppressed_by=None, due_at=None
        )

    def joined(self, incident_id: IncidentId, fate: Fate = Fate.GROUPED, note: str = "") -> Self:
        return self._with(incident_id=incident_id, fate=fate, fate_note=note, due_at=None)

    def _with(self, **changes: Any) -> Self:
        """As `replace`, in a third of the time: in a flood every alert comes by here."""
        copy = object.__new__(type(self))
        for keep, value in zip(_KEEP.values(), _values(self), strict=True):
            keep(copy, value)
        for name, value in changes.items():
            _KEEP[name](copy, value)
        return copy


_KEEP: Mapping[str, Callable[[Episode, Any], None]] = {
    one.name: getattr(Episode, one.name).__set__ for one in fields(Episode)
}
"""How a fresh one gets each of its fields."""
_values = attrgetter(*_KEEP)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertGroup:
    """Which incident a group of alerts belongs to now, and since when; saved by
    compare-and-set."""

    integration_id: IntegrationId
    key: GroupKey
    incident_id: IncidentId | None = None
    opened_at: datetime | None = None
    version: int = 0
