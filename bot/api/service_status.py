"""How a service is: in maintenance while a window that affects it is in progress."""

from dataclasses import replace

from core.domain.ids import OrganizationId
from core.domain.maintenance import MaintenanceState
from core.ports import MaintenanceQuery, ReadModels

GOING_ON = MaintenanceQuery(states=frozenset({MaintenanceState.IN_PROGRESS}), limit=500)


async def in_maintenance(reads: ReadModels, organization_id: OrganizationId) -> frozenset[str]:
    """The ids of the services that are in maintenance now, however many windows there are."""
    found: set[str] = set()
    query = GOING_ON
    while True:
        page = await reads.maintenances(organization_id, query)
        found.update(id for row in page.rows for id, _ in row.services)
        if not page.more:
            return frozenset(found)
        last = page.rows[-1].maintenance
        query = replace(query, after=(last.created_at, last.id))
