"""Alerts as every monitoring tool means them, and the episodes they make up.

An alert is one statement of a source: "this fingerprint fires since then" or
"it has ended". An episode is what it speaks of: from one start to one end.
Source time decides, never the order in which statements arrive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType, Self, TypeAlias

from core.domain.ids import DeliveryId, EpisodeId, IncidentId, IntegrationId, MaintenanceId
from core.domain.severity import Severity
from core.domain.urgency import Urgency

Fingerprint = NewType("Fingerprint", str)
GroupKey = NewType("GroupKey", str)
Labels: TypeAlias = Mapping[str, str]


class AlertStatus(StrEnum):
    FIRING = "firing"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class Dating(StrEnum):
    """What the time of a statement says."""

    START = "start"
    """When the episode began, which tells it from others (Alertmanager)."""

    MOMENT = "moment"
    """When the statement was made: while an episode is open, any statement is about that one."""

    NONE = "none"
    """Nobody said when, so the order of arrival is all there is; likewise about the open one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One statement. `group` names those that belong into one incident; `links` are label → URL.

    Where nobody says when, `starts_at` is when it came.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDelivery:
    """What a source said at once; `id` is its row in the inbox."""

    id: DeliveryId
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """`suppressed_by` is the window in which it was recorded without calling anybody. The group
    and the urgency are kept for the day when it has to call somebody after all."""

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

    @property
    def firing(self) -> bool:
        return self.ends_at is None

    @property
    def suppressed(self) -> bool:
        """Whether a window keeps it from calling anybody, or kept it until it ended. Once it has
        called somebody after all, `suppressed_by` alone tells of it."""
        return self.suppressed_by is not None and self.incident_id is None

    def ended(self, at: datetime) -> Self:
        return replace(self, ends_at=at)

    def suppressed_in(self, window: MaintenanceId) -> Self:
        """Recorded during that window."""
        return replace(self, suppressed_by=window)

    def joined(self, incident_id: IncidentId) -> Self:
        return replace(self, incident_id=incident_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertGroup:
    """Which incident a group of alerts belongs to now; saved by compare-and-set."""

    integration_id: IntegrationId
    key: GroupKey
    incident_id: IncidentId | None = None
    version: int = 0
