"""Commands on maintenance."""

from dataclasses import dataclass
from datetime import datetime

from core.commands.base import Command
from core.domain.ids import MaintenanceId, ServiceId
from core.domain.maintenance import Maintenance


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceCommand(Command[Maintenance]):
    """A change of one maintenance.

    `expected_version` refuses it with `Conflict` when the maintenance was changed
    since it was read.
    """

    maintenance_id: MaintenanceId
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleMaintenance(Command[Maintenance]):
    """The end follows the start; both may be past, for what was done already."""

    title: str
    scheduled_start_at: datetime
    scheduled_end_at: datetime
    description: str = ""
    service_ids: tuple[ServiceId, ...] = ()
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMaintenance(MaintenanceCommand):
    """Possible until it starts; what is None stays."""

    title: str | None = None
    description: str | None = None
    scheduled_start_at: datetime | None = None
    scheduled_end_at: datetime | None = None
    service_ids: tuple[ServiceId, ...] | None = None
    audience: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartMaintenance(MaintenanceCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteMaintenance(MaintenanceCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelMaintenance(MaintenanceCommand):
    pass
