"""Questions on maintenance, answered from SQL outside any transaction."""

from core.domain.ids import MaintenanceId, OrganizationId
from core.domain.viewer import EVERYTHING, Viewer
from core.ports import AgendaQuery, MaintenancePage, MaintenanceQuery, MaintenanceRow
from core.views import MaintenanceCard, TimelineEntry
from storage import agenda, maintenance_cards, maintenance_lists
from storage.connection import Connection
from storage.privacy import as_seen
from storage.readers import Readers
from storage.timeline import OF_MAINTENANCE, entry_of


class SqlMaintenanceReads:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._viewer: Viewer = EVERYTHING

    async def maintenance(
        self, organization_id: OrganizationId, id_or_reference: str
    ) -> MaintenanceRow:
        async def question(connection: Connection) -> MaintenanceRow:
            return await maintenance_lists.one(connection, organization_id, id_or_reference)

        return await self._readers.glance(question)

    async def maintenances(
        self, organization_id: OrganizationId, query: MaintenanceQuery
    ) -> MaintenancePage:
        async def question(connection: Connection) -> MaintenancePage:
            return await maintenance_lists.page(connection, organization_id, query)

        return await self._readers.ask(question)

    async def maintenance_card(
        self, organization_id: OrganizationId, id: MaintenanceId
    ) -> MaintenanceCard:
        async def question(connection: Connection) -> MaintenanceCard:
            return await maintenance_cards.card(connection, organization_id, id)

        return await self._readers.glance(question)

    async def maintenance_timeline(
        self, organization_id: OrganizationId, id: MaintenanceId
    ) -> list[TimelineEntry]:
        values = {"organization": organization_id, "maintenance": id}

        async def question(connection: Connection) -> list[TimelineEntry]:
            rows = await connection.fetch(OF_MAINTENANCE, values)
            entries = [entry_of(row) for row in rows]
            return await as_seen(connection, organization_id, self._viewer, entries)

        return await self._readers.ask(question)

    async def agenda(
        self, organization_id: OrganizationId, query: AgendaQuery
    ) -> list[MaintenanceRow]:
        async def question(connection: Connection) -> list[MaintenanceRow]:
            return await agenda.agenda(connection, organization_id, query)

        return await self._readers.ask(question)
