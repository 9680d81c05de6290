"""What is due without anybody asking, in whatever organisation."""

from datetime import datetime
from typing import Protocol

from core.domain.ids import IncidentId, MaintenanceId, OrganizationId
from core.domain.integration import Integration
from core.domain.timer import TimerKind


class Chores(Protocol):
    async def forgotten_drafts(
        self, before: datetime, limit: int
    ) -> list[tuple[OrganizationId, IncidentId]]:
        """Drafts made of metrics, last touched then or earlier; longest forgotten first."""

    async def due_maintenances(
        self, now: datetime, limit: int
    ) -> list[tuple[OrganizationId, MaintenanceId]]:
        """Windows whose `next_at` has come; longest due first."""

    async def next_maintenance_at(self, *, after: datetime) -> datetime | None:
        """The earliest `next_at` later than `after`; None when nothing is ahead."""

    async def due_timers(
        self, now: datetime, limit: int
    ) -> list[tuple[OrganizationId, TimerKind, str]]:
        """Timers that are due, with their subjects: the patient ones after all others, and among
        themselves longest due first."""

    async def sources_to_ask(self) -> list[tuple[OrganizationId, Integration]]:
        """Alert sources that can be asked what fires: they have a `check_url`."""

    async def lifted_incidents(self, limit: int) -> list[tuple[OrganizationId, IncidentId]]:
        """Incidents that are over and inhibit alerts which still fire."""

    async def stranded_alerts(self, limit: int) -> list[tuple[OrganizationId, MaintenanceId]]:
        """Windows that are over and have suppressed alerts which still fire."""
