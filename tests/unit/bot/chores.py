"""A table in which nothing is due: a test says what is."""

from datetime import datetime

from core.domain.ids import IncidentId, MaintenanceId, OrganizationId
from core.domain.integration import Integration
from core.domain.timer import TimerKind


class NothingDue:
    async def forgotten_drafts(
        self, before: datetime, limit: int
    ) -> list[tuple[OrganizationId, IncidentId]]:
        return []

    async def due_maintenances(
        self, now: datetime, limit: int
    ) -> list[tuple[OrganizationId, MaintenanceId]]:
        return []

    async def next_maintenance_at(self, *, after: datetime) -> datetime | None:
        return None

    async def due_timers(
        self, now: datetime, limit: int
    ) -> list[tuple[OrganizationId, TimerKind, str]]:
        return []

    async def sources_to_ask(self) -> list[tuple[OrganizationId, Integration]]:
        return []

    async def lifted_incidents(self, limit: int) -> list[tuple[OrganizationId, IncidentId]]:
        return []

    async def stranded_alerts(self, limit: int) -> list[tuple[OrganizationId, MaintenanceId]]:
        return []
