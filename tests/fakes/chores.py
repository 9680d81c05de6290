"""What is due, looked for in the rows of every organisation."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.alert import Episode, Fate
from core.domain.ids import IncidentId, MaintenanceId, OrganizationId
from core.domain.incident import Incident
from core.domain.integration import Integration
from core.domain.maintenance import Maintenance
from core.domain.state import State
from core.domain.timer import PATIENT, TimerKind
from tests.fakes.alerts import suppressed_in
from tests.fakes.rows import OrganizationRows, Rows


@dataclass(frozen=True, slots=True)
class FakeChores:
    rows: Rows

    async def forgotten_drafts(
        self, before: datetime, limit: int
    ) -> list[tuple[OrganizationId, IncidentId]]:
        found = [
            (incident.updated_at, incident.id, organization_id)
            for organization_id, rows in self.rows.of_organization.items()
            for incident in rows.incidents.values()
            if _drafted(incident) and incident.updated_at <= before
        ]
        return [(organization_id, id) for _, id, organization_id in sorted(found)[:limit]]

    async def due_maintenances(
        self, now: datetime, limit: int
    ) -> list[tuple[OrganizationId, MaintenanceId]]:
        due = [one for one in self._ahead() if one[0] <= now]
        return [(organization_id, id) for _, id, organization_id in due[:limit]]

    async def next_maintenance_at(self, *, after: datetime) -> datetime | None:
        return next((at for at, _, _ in self._ahead() if at > after), None)

    async def due_timers(
        self, now: datetime, limit: int
    ) -> list[tuple[OrganizationId, TimerKind, str]]:
        due = sorted(
            (timer.kind in PATIENT, timer.due_at, timer.subject_id, timer.kind, organization_id)
            for organization_id, rows in self.rows.of_organization.items()
            for timer in rows.timers.values()
            if timer.due_at <= now
        )
        return [(organization_id, kind, subject) for _, _, subject, kind, organization_id in due][
            :limit
        ]

    async def sources_to_ask(self) -> list[tuple[OrganizationId, Integration]]:
        return [
            (organization_id, source)
            for organization_id, rows in self.rows.of_organization.items()
            for source in sorted(rows.integrations.values(), key=lambda one: one.id)
            if source.settings.check_url and source.deleted_at is None
        ]

    async def lifted_incidents(self, limit: int) -> list[tuple[OrganizationId, IncidentId]]:
        found = {
            (IncidentId(episode.kept_by), organization_id)
            for organization_id, rows in self.rows.of_organization.items()
            for episode in rows.episodes.values()
            if _inhibited(episode) and episode.kept_by and _lifted(rows, episode.kept_by)
        }
        return [(organization_id, id) for id, organization_id in sorted(found)[:limit]]

    async def stranded_alerts(self, limit: int) -> list[tuple[OrganizationId, MaintenanceId]]:
        found = [
            (window.id, organization_id)
            for organization_id, rows in self.rows.of_organization.items()
            for window in rows.maintenances.values()
            if _over(window) and suppressed_in(rows, window.id).firing
        ]
        return [(organization_id, id) for id, organization_id in sorted(found)[:limit]]

    def _ahead(self) -> list[tuple[datetime, MaintenanceId, OrganizationId]]:
        """What the clock has to look at, and when."""
        return sorted(
            (window.next_at, window.id, organization_id)
            for organization_id, rows in self.rows.of_organization.items()
            for window in rows.maintenances.values()
            if window.next_at
        )


def _inhibited(episode: Episode) -> bool:
    quiet = episode.fate is Fate.INHIBITED and episode.incident_id is None
    return quiet and episode.firing


def _lifted(rows: OrganizationRows, id: str) -> bool:
    incident = rows.incidents.get(IncidentId(id))
    return incident is not None and (not incident.active or incident.deleted_at is not None)


def _over(window: Maintenance) -> bool:
    return bool(window.actual_end_at or window.canceled_at)


def _drafted(incident: Incident) -> bool:
    draft = incident.state is State.DRAFT and not incident.deleted_at
    return draft and incident.metric_id is not None
