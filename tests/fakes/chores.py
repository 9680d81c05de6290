"""What is due, looked for in the rows of every organisation."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import IncidentId, OrganizationId
from core.domain.incident import Incident
from core.domain.state import State
from tests.fakes.rows import Rows


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


def _drafted(incident: Incident) -> bool:
    draft = incident.state is State.DRAFT and not incident.deleted_at
    return draft and incident.metric_id is not None
