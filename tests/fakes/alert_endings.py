"""What is asked of alerts when they come and go, answered from dicts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.alert import AlertGroup, Episode, Fingerprint
from core.domain.ids import IncidentId, IntegrationId
from core.domain.severity import Severity
from tests.fakes.rows import OrganizationRows


@dataclass(frozen=True, slots=True)
class FakeAlertEndings:
    rows: OrganizationRows

    async def begun_since(
        self, integration_id: IntegrationId, fingerprints: Sequence[Fingerprint], since: datetime
    ) -> list[Episode]:
        wanted = frozenset(fingerprints)
        known = (e for e in self._in_order() if e.integration_id == integration_id)
        return [e for e in known if e.fingerprint in wanted and e.starts_at >= since]

    async def worst_in(self, incident_id: IncidentId) -> Severity | None:
        members = [e.severity for e in self._in_order() if e.incident_id == incident_id]
        return max(members, key=lambda one: one.rank, default=None)

    async def flapping_in(self, incident_id: IncidentId) -> list[Episode]:
        return [e for e in self._in_order() if e.incident_id == incident_id and e.flapping]

    async def firing_within(self, incident_id: IncidentId) -> list[Episode]:
        return [e for e in self._in_order() if e.incident_id == incident_id and e.firing]

    async def groups_of(self, incident_id: IncidentId) -> list[AlertGroup]:
        mine = (one for one in self.rows.groups.values() if one.incident_id == incident_id)
        return sorted(mine, key=lambda one: (one.integration_id, one.key))

    async def sources_of(self, incident_id: IncidentId) -> list[IntegrationId]:
        members = (e for e in self.rows.episodes.values() if e.incident_id == incident_id)
        return sorted({e.integration_id for e in members})

    async def firing_of(self, integration_id: IntegrationId, limit: int) -> list[Episode]:
        mine = (e for e in self._in_order() if e.integration_id == integration_id)
        return [e for e in mine if e.firing][:limit]

    def _in_order(self) -> Iterator[Episode]:
        """First started first."""
        yield from sorted(self.rows.episodes.values(), key=lambda e: (e.starts_at, e.id))
