"""Commands on maintenance."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.commands.base import Command
from core.domain.ids import MaintenanceId, ServiceId, UserId
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
    """The end follows the start. A start in the past is refused, in favour of `start_now` (which
    needs no start), unless the end is past as well: that writes down what was done already.

    `reminders` None means what the installation's policy says; the other fields are those of
    `Maintenance`.
    """

    title: str
    scheduled_end_at: datetime
    scheduled_start_at: datetime | None = None
    start_now: bool = False
    description: str = ""
    service_ids: tuple[ServiceId, ...] = ()
    audience: tuple[str, ...] = ()
    timezone: str = "UTC"
    notify_channels: tuple[str, ...] = ()
    notify_user_ids: tuple[UserId, ...] = ()
    customer_visible: bool = True
    runbook_url: str = ""
    owner_id: UserId | None = None
    auto_start: bool = True
    auto_complete: bool = True
    reminders: tuple[int, ...] | None = None
    matchers: tuple[str, ...] = ()
    recurrence: str = ""
    exceptions: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMaintenance(MaintenanceCommand):
    """Possible until it starts; what is None stays. An `owner_id` of "" takes the owner away,
    a `recurrence` of "" ends the series with this occurrence, another one - or the same with
    other times - begins it anew here; without one, other times move this occurrence alone."""

    title: str | None = None
    description: str | None = None
    scheduled_start_at: datetime | None = None
    scheduled_end_at: datetime | None = None
    service_ids: tuple[ServiceId, ...] | None = None
    audience: tuple[str, ...] | None = None
    timezone: str | None = None
    notify_channels: tuple[str, ...] | None = None
    notify_user_ids: tuple[UserId, ...] | None = None
    customer_visible: bool | None = None
    runbook_url: str | None = None
    owner_id: UserId | None = None
    auto_start: bool | None = None
    auto_complete: bool | None = None
    reminders: tuple[int, ...] | None = None
    matchers: tuple[str, ...] | None = None
    recurrence: str | None = None
    exceptions: tuple[datetime, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartMaintenance(MaintenanceCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendMaintenance(MaintenanceCommand):
    """Its end moves by a time, or to another: exactly one of the two is given. It may be
    scheduled or running."""

    by: timedelta | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteMaintenance(MaintenanceCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelMaintenance(MaintenanceCommand):
    """Of a recurring one all that would follow is canceled too; `SkipOccurrence` is for one."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipOccurrence(MaintenanceCommand):
    """One occurrence of a recurring window will not take place: this one, or the later one that
    the rule starts at `occurrence_at`."""

    occurrence_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostProgress(MaintenanceCommand):
    """What the people in its thread are to know."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceMaintenance(MaintenanceCommand):
    """Do what is due for it by now, if anything is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseSuppressedAlerts(MaintenanceCommand):
    """Alerts of a window that is over and that still fire become incidents, `limit` at a time."""

    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMaintenanceBurial(MaintenanceCommand):
    """An effect could not be delivered; the reason is a sentence for a person."""

    effect: str
    reason: str
