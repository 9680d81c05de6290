"""What an organisation decided about its incidents, for whoever only reads."""

from datetime import UTC, datetime

from core.domain.ids import OrganizationId
from core.domain.incident_settings import IncidentSettings, usual_settings
from core.ports import ReadModels, RecordQuery

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""Settings that nobody ever changed have no moment of their own."""


async def settings_of(reads: ReadModels, organization_id: OrganizationId) -> IncidentSettings:
    page = await reads.records(organization_id, IncidentSettings, RecordQuery(limit=1))
    return page.rows[0] if page.rows else usual_settings(LONG_AGO)
