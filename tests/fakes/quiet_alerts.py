"""What is asked of alerts that call nobody for now, answered from dicts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.domain.alert import Episode, Fate
from core.domain.ids import IncidentId, IntegrationId
from tests.fakes.alert_endings import FakeAlertEndings


@dataclass(frozen=True, slots=True)
class FakeQuietAlerts(FakeAlertEndings):
    async def waiting(self, kept_by: str, fate: Fate, limit: int) -> list[Episode]:
        found = [
            one
            for one in self.rows.episodes.values()
            if (one.kept_by, one.fate) == (kept_by, fate) and one.firing and one.incident_id is None
        ]
        return sorted(found, key=lambda e: (e.starts_at, e.id))[:limit]

    async def held_until(
        self, integration_id: IntegrationId, at: datetime, limit: int
    ) -> list[Episode]:
        due = sorted((when, one.id, one) for when, one in self._held(integration_id) if when <= at)
        return [one for _, _, one in due[:limit]]

    async def next_due(self, integration_id: IntegrationId) -> datetime | None:
        return min((when for when, _ in self._held(integration_id)), default=None)

    async def count_in(self, incident_id: IncidentId) -> int:
        return sum(one.incident_id == incident_id for one in self.rows.episodes.values())

    async def opened_since(self, integration_id: IntegrationId, since: datetime) -> int:
        return sum(
            group.opened_at is not None and group.opened_at > since
            for group in self.rows.groups.values()
            if group.integration_id == integration_id
        )

    def _held(self, integration_id: IntegrationId) -> Iterator[tuple[datetime, Episode]]:
        for one in self.rows.episodes.values():
            if one.integration_id == integration_id and one.due_at is not None:
                yield one.due_at, one
