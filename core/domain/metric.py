"""A metric: how one thing that is watched is doing, as somebody last said."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Self

from core.domain.ids import IncidentId, ServiceId
from core.domain.record import Record
from core.errors import IllegalTransition, InvalidInput

MAX_NAME = 200
MAX_TEXT = 10_000
WINDOW = timedelta(minutes=30)
"""How long whoever asks for a draft gets the one that was made last."""


class MetricStatus(StrEnum):
    HEALTHY = "healthy"
    DEGRADED = "degraded"
    UNHEALTHY = "unhealthy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric(Record):
    """`probed` where a probe decides the status, and nobody else."""

    NOUN: ClassVar[str] = "metric"
    PREFIX: ClassVar[str] = "met"

    name: str
    description: str = ""
    service_ids: tuple[ServiceId, ...] = ()
    status: MetricStatus = MetricStatus.HEALTHY
    note: str = ""
    probed: bool = False
    status_at: datetime | None = None
    last_draft_incident_id: IncidentId | None = None
    last_drafted_at: datetime | None = None

    @property
    def label(self) -> str:
        return self.name

    @property
    def unique_key(self) -> str | None:
        return self.name

    @property
    def search_text(self) -> str:
        return f"{self.name}\n{self.description}"

    @property
    def spoken(self) -> str:
        """How it is, in one sentence for people."""
        said = f"{self.name} is {self.status}"
        return f"{said}: {self.note}" if self.note else f"{said}."

    def set_status(self, status: MetricStatus, note: str, *, at: datetime) -> Self:
        if self.probed:
            raise IllegalTransition(
                f"The metric {self.name} is probed; its status follows the probe and cannot be set."
            )
        if (status, note) == (self.status, self.note):
            return self
        return replace(self, status=status, note=note, status_at=at)

    def drafted(self, incident_id: IncidentId, *, at: datetime) -> Self:
        return replace(self, last_draft_incident_id=incident_id, last_drafted_at=at)

    def fresh_draft(self, at: datetime) -> IncidentId | None:
        """The incident drafted from it within the window."""
        drafted_at = self.last_drafted_at
        fresh = drafted_at is not None and at - drafted_at <= WINDOW
        return self.last_draft_incident_id if fresh else None


def metric_status_named(word: str) -> MetricStatus:
    try:
        return MetricStatus(word.strip().lower())
    except ValueError:
        raise InvalidInput(
            f"“{word}” is not a status of a metric; use {', '.join(MetricStatus)}.", field="status"
        ) from None
