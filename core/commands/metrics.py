"""Commands on metrics."""

from dataclasses import dataclass

from core.commands.base import Command
from core.domain.ids import ServiceId
from core.domain.incident import Incident
from core.domain.metric import Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMetric(Command[Metric]):
    name: str
    description: str = ""
    service_ids: tuple[ServiceId, ...] = ()
    status: str = "healthy"
    note: str = ""
    probed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMetric(Command[Metric]):
    """What is None stays as it is."""

    metric_id: str
    name: str | None = None
    description: str | None = None
    service_ids: tuple[ServiceId, ...] | None = None
    probed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteMetric(Command[Metric]):
    metric_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMetricStatus(Command[Metric]):
    """Say how it is doing, where no probe does."""

    metric_id: str
    status: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFromMetric(Command[Incident]):
    """A draft about this metric, or the one that was made of it within half an hour."""

    metric_id: str
