"""Maintenance inside a transaction, and as readers see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.events import Event
from core.domain.ids import MaintenanceId, ServiceId
from core.domain.maintenance import Maintenance, MaintenanceState


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceRow:
    """A maintenance as shown: `services` are (id, name), in their order."""

    maintenance: Maintenance
    services: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceQuery:
    """Which maintenance, newest first. No states means any.

    With `over_by`, what nobody started and what was to end by then counts as completed.
    `since` is the earliest creation; `after` is the (created_at, id) of the last row seen and
    wins over `offset`.
    """

    states: frozenset[MaintenanceState] = frozenset()
    over_by: datetime | None = None
    service_id: str | None = None
    since: datetime | None = None
    limit: int = 25
    offset: int = 0
    after: tuple[datetime, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenancePage:
    """`total` counts all that match; `more` says whether rows follow these."""

    rows: tuple[MaintenanceRow, ...]
    total: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaQuery:
    """Windows that are neither canceled nor over before `since` nor begin at `until` or later,
    in the order of their scheduled starts; those of `service_ids` only, where any are given."""

    since: datetime
    until: datetime
    service_ids: frozenset[ServiceId] = frozenset()
    completed: bool = True
    limit: int = 200


class Maintenances(Protocol):
    async def running(self) -> list[Maintenance]:
        """Every window in progress."""

    async def in_series(self, series_id: MaintenanceId) -> list[Maintenance]:
        """Its occurrences that are neither completed nor canceled, in the order of their
        numbers."""

    async def next_number(self) -> int:
        """The n of the next `MNT-n`: gapless, never given twice, taken back on rollback."""

    async def get(self, id: MaintenanceId) -> Maintenance:
        """The maintenance, or `NotFound`."""

    async def save(self, maintenance: Maintenance, *, because: Event | None) -> Maintenance:
        """Store it and the reason; `because=None` stores nothing and returns it unchanged.

        Raises `Conflict` if another version was stored first.
        """
