"""Questions of readers, answered from SQL outside any transaction."""

import re

from sqlalchemy import bindparam, select

from core.domain.ids import ChannelId, EntryId, IncidentId, OrganizationId, ServiceId, UserId
from core.domain.service import Service
from core.errors import NotFound
from core.ports import RecordPage, RecordQuery
from core.ports.records import K
from core.views import IncidentCard, IncidentPage, IncidentQuery, IncidentRecord, TimelineEntry
from storage import incident_cards, incident_lists, records
from storage.account_reads import SqlAccountReads
from storage.alert_lists import SqlAlertReads
from storage.connection import Connection
from storage.inbox_reads import SqlInboxReads
from storage.incident_windows import windows_of
from storage.likeness_reads import SqlLikenessReads
from storage.maintenance_reads import SqlMaintenanceReads
from storage.message_reads import SqlMessageReads
from storage.services import SERVICE
from storage.statements import Statement
from storage.tables import incidents, service_owners, services, updates
from storage.timeline import ENTRIES, ENTRY, entry_of
from storage.updates import COLUMNS as UPDATE_COLUMNS
from storage.updates import update_of
from storage.webhook_reads import SqlWebhookReads

_REFERENCE = re.compile(r"inc-(\d{1,9})", re.IGNORECASE | re.ASCII)
_record = (
    select(*incident_lists.COLUMNS).select_from(incident_lists.FROM).where(*incident_lists.OURS)
)
_BY_ID = Statement(_record.where(incidents.c.id == bindparam("id")))
_BY_NUMBER = Statement(_record.where(incidents.c.number == bindparam("number")))
_UPDATES = Statement(
    select(*UPDATE_COLUMNS)
    .where(
        updates.c.organization_id == bindparam("organization"),
        updates.c.incident_id == bindparam("incident"),
    )
    .order_by(updates.c.sequence)
)
_IN_CHANNEL = Statement(
    select(incidents.c.id)
    .where(*incident_lists.OURS, incidents.c.channel_id == bindparam("channel"))
    .order_by(incidents.c.number.desc())
    .limit(1)
)
_OWNERS = Statement(
    select(service_owners.c.service_id, service_owners.c.user_id)
    .where(service_owners.c.organization_id == bindparam("organization"))
    .order_by(service_owners.c.service_id, service_owners.c.position)
)
_SERVICES = Statement(
    select(*SERVICE.columns(services)).where(
        services.c.organization_id == bindparam("organization")
    )
)


class SqlReadModels(
    SqlAccountReads,
    SqlAlertReads,
    SqlInboxReads,
    SqlLikenessReads,
    SqlMaintenanceReads,
    SqlMessageReads,
    SqlWebhookReads,
):
    async def stamp(self) -> int | None:
        return await self._readers.stamp()

    async def incidents(
        self, organization_id: OrganizationId, query: IncidentQuery
    ) -> IncidentPage:
        async def question(connection: Connection) -> IncidentPage:
            return await incident_lists.page(connection, organization_id, query)

        return await self._readers.ask(question)

    async def incident(
        self, organization_id: OrganizationId, id_or_reference: str
    ) -> IncidentRecord:
        async def question(connection: Connection) -> IncidentRecord:
            return await _incident(connection, organization_id, id_or_reference)

        return await self._readers.glance(question)

    async def card(self, organization_id: OrganizationId, id: IncidentId) -> IncidentCard:
        async def question(connection: Connection) -> IncidentCard:
            return await incident_cards.card(connection, organization_id, id)

        return await self._readers.glance(question)

    async def in_channel(
        self, organization_id: OrganizationId, channel_id: ChannelId
    ) -> IncidentId | None:
        rows = await self._glance(_IN_CHANNEL, organization_id, channel=channel_id)
        return IncidentId(rows[0][0]) if rows else None

    async def timeline(
        self, organization_id: OrganizationId, id: IncidentId
    ) -> list[TimelineEntry]:
        rows = await self._ask(ENTRIES, organization_id, incident=id)
        return [entry_of(row) for row in rows]

    async def entry(self, organization_id: OrganizationId, id: EntryId) -> TimelineEntry:
        rows = await self._glance(ENTRY, organization_id, id=id)
        if not rows:
            raise NotFound(f"There is no timeline entry {id}.")
        return entry_of(rows[0])

    async def services(self, organization_id: OrganizationId) -> list[Service]:
        async def question(connection: Connection) -> list[Service]:
            return await _services(connection, organization_id)

        return await self._readers.ask(question)

    async def record(self, organization_id: OrganizationId, kind: type[K], id: str) -> K:
        async def question(connection: Connection) -> K:
            return await records.one(connection, organization_id, kind, id)

        return await self._readers.glance(question)

    async def records(
        self, organization_id: OrganizationId, kind: type[K], query: RecordQuery
    ) -> RecordPage[K]:
        async def question(connection: Connection) -> RecordPage[K]:
            return await records.page(connection, organization_id, kind, query)

        return await self._readers.ask(question)


async def _incident(
    connection: Connection, organization_id: OrganizationId, id_or_reference: str
) -> IncidentRecord:
    which: dict[str, object] = {"organization": organization_id}
    if reference := _REFERENCE.fullmatch(id_or_reference.strip()):
        rows = await connection.fetch(_BY_NUMBER, {**which, "number": int(reference[1])})
    else:
        rows = await connection.fetch(_BY_ID, {**which, "id": id_or_reference})
    if not rows:
        raise NotFound(f"There is no incident {id_or_reference}.")
    id = rows[0][0]
    named = await incident_lists.services_of(connection, organization_id, [id])
    messages = await connection.fetch(_UPDATES, {**which, "incident": id})
    services = named.get(id, ())
    row = incident_lists.row_of(rows[0], services)
    service_ids = [service_id for service_id, _ in services]
    return IncidentRecord(
        row=row,
        created_by_name=row.created_by_name,
        updates=tuple(update_of(message) for message in messages),
        windows=await windows_of(connection, organization_id, row, service_ids),
    )


async def _services(connection: Connection, organization_id: OrganizationId) -> list[Service]:
    which = {"organization": organization_id}
    owners: dict[ServiceId, list[UserId]] = {}
    for service_id, user_id in await connection.fetch(_OWNERS, which):
        owners.setdefault(service_id, []).append(user_id)
    rows = await connection.fetch(_SERVICES, which)
    found = [SERVICE.value(row, owner_ids=tuple(owners.get(row[0], ()))) for row in rows]
    return sorted(found, key=lambda service: (service.name.casefold(), service.id))
