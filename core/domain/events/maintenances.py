"""What happened to maintenance."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from core.domain.events.base import Fact
from core.domain.ids import MaintenanceId


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceEvent(Fact):
    maintenance_id: MaintenanceId
    reference: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceScheduled(MaintenanceEvent):
    scheduled_start_at: datetime
    scheduled_end_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceEdited(MaintenanceEvent):
    """Names what changed: title, description, services, audience, start, end."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceStarted(MaintenanceEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceCompleted(MaintenanceEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceCanceled(MaintenanceEvent):
    pass


MaintenanceFact: TypeAlias = (
    MaintenanceScheduled
    | MaintenanceEdited
    | MaintenanceStarted
    | MaintenanceCompleted
    | MaintenanceCanceled
)
