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
    """`follows` is the reference of the occurrence before it. `missed` counts the occurrences
    in between that passed while Tocsin was not running. `past`: it was over already."""

    scheduled_start_at: datetime
    scheduled_end_at: datetime
    follows: str = ""
    missed: int = 0
    past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceEdited(MaintenanceEvent):
    """Names what changed: title, description, services, audience, start, end … The times are
    those it has now, None where they stayed."""

    fields: tuple[str, ...]
    scheduled_start_at: datetime | None = None
    scheduled_end_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceStartingSoon(MaintenanceEvent):
    scheduled_start_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceDue(MaintenanceEvent):
    """Its start has come, and somebody has to start it."""

    scheduled_start_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceLapsed(MaintenanceEvent):
    """Its end has come, and nobody started it."""

    scheduled_end_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceStarted(MaintenanceEvent):
    """`missed`: its end had passed as well, so it is completed with the same breath."""

    scheduled_start_at: datetime | None = None
    missed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceExtended(MaintenanceEvent):
    scheduled_end_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceEndingSoon(MaintenanceEvent):
    scheduled_end_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceOverran(MaintenanceEvent):
    """Its end has passed, and somebody has to complete it."""

    scheduled_end_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceCompleted(MaintenanceEvent):
    """`suppressed` counts the alerts that were recorded and called nobody, `firing` those of
    them that still fire, and `handed` those of these that other windows in progress keep
    suppressed; the rest is raised now. `names` are some of those that have ended."""

    scheduled_start_at: datetime | None = None
    scheduled_end_at: datetime | None = None
    missed: bool = False
    suppressed: int = 0
    firing: int = 0
    handed: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceCanceled(MaintenanceEvent):
    """`skipped`: only this occurrence of a recurring one. The rest is as when completed."""

    reason: str = ""
    skipped: bool = False
    suppressed: int = 0
    firing: int = 0
    handed: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceSkipped(MaintenanceEvent):
    """A later occurrence of the series will not take place."""

    occurrence_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPosted(MaintenanceEvent):
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressedAlertsRaised(MaintenanceEvent):
    """Alerts that outlived the window, and the incidents they became or joined; `handed` counts
    those that other windows, which still run, keep suppressed: `handed_to`."""

    count: int
    incidents: tuple[str, ...]
    handed: int = 0
    handed_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceEffectBuried(MaintenanceEvent):
    """Something could not be shown, and why, in words for a person."""

    effect: str
    reason: str


MaintenanceFact: TypeAlias = (
    MaintenanceScheduled
    | MaintenanceEdited
    | MaintenanceStartingSoon
    | MaintenanceDue
    | MaintenanceLapsed
    | MaintenanceStarted
    | MaintenanceExtended
    | MaintenanceEndingSoon
    | MaintenanceOverran
    | MaintenanceCompleted
    | MaintenanceCanceled
    | OccurrenceSkipped
    | ProgressPosted
    | SuppressedAlertsRaised
    | MaintenanceEffectBuried
)
