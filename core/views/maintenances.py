"""Everything one window shows in its channels, and the people it is told to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance
from core.views.cards import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Another window at the same time on some of the same services, by their names."""

    id: MaintenanceId
    reference: str
    title: str
    scheduled_start_at: datetime
    scheduled_end_at: datetime
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceCard:
    """`services` are id → name; `suppressed` counts the alerts it kept quiet, `firing` those of
    them that still fire; `progress` is what was posted last."""

    maintenance: Maintenance
    services: Mapping[str, str] = field(default_factory=dict)
    owner: Person | None = None
    creator: Person | None = None
    people: tuple[Person, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    suppressed: int = 0
    firing: int = 0
    progress: str = ""
