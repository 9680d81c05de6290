"""Questions of readers, answered from SQL outside any transaction."""

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Self

from sqlalchemy import bindparam, select

from core.domain.ids import ChannelId, IncidentId, OrganizationId, ServiceId, UserId
from core.domain.service import Service
from core.domain.viewer import EVERYTHING, Viewer
from core.errors import NotFound
from core.language import say
from core.ports import RecordPage, RecordQuery
from core.ports.records import K
from core.views import IncidentCard, IncidentPage, IncidentQuery, IncidentRecord
from storage import incident_cards, incident_lists, privacy, records
from storage.account_reads import SqlAccountReads
from storage.alert_lists import SqlAlertReads
from storage.connection import Connection
from storage.inbox_reads import SqlInboxReads
from storage.incident_neighbours import those_seen
from storage.incident_windows import windows_of
from storage.likeness_reads import SqlLikenessReads
from storage.maintenance_reads import SqlMaintenanceReads
from storage.message_reads import SqlMessageReads
from storage.privacy import Eyed
from storage.readers import Readers
from storage.services import SERVICE
from storage.statements import Row, Statement
from storage.tables import incidents, service_owners, services, updates
from storage.timeline_reads import SqlTimelineReads
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
_IN_CHANNEL = Eyed(
    select(incidents.c.id)
    .where(*incident_lists.OURS, incidents.c.channel_id == bindparam("channel"))
    .order_by(incidents.c.number.desc())
    .limit(1),
    incidents.c.id,
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
    SqlTimelineReads,
    SqlWebhookReads,
):
    """Of whoever sees everything, until it is `seen_by` somebody else."""

    def __init__(self, readers: Readers, viewer: Viewer = EVERYTHING) -> None:
        super().__init__(readers)
        self._viewer = viewer

    def seen_by(self, viewer: Viewer) -> Self:
        return type(self)(self._readers, viewer)

    async def hidden_among(
        self, organization_id: OrganizationId, ids: Collection[str]
    ) -> frozenset[str]:
        async def question(connection: Connection) -> frozenset[str]:
            return await privacy.hidden_among(connection, organization_id, self._viewer, ids)

        return await self._readers.glance(question)

    async def stamp(self) -> int | None:
        return await self._readers.stamp()

    async def incidents(
        self, organization_id: OrganizationId, query: IncidentQuery
    ) -> IncidentPage:
        async def question(connection: Connection) -> IncidentPage:
            seen = replace(query, viewer=self._viewer)
            return await incident_lists.page(connection, organization_id, seen)

        return await self._readers.ask(question)

    async def incident(
        self, organization_id: OrganizationId, id_or_reference: str
    ) -> IncidentRecord:
        async def question(connection: Connection) -> IncidentRecord:
            return await _incident(connection, organization_id, id_or_reference, self._viewer)

        return await self._readers.glance(question)

    async def card(self, organization_id: OrganizationId, id: IncidentId) -> IncidentCard:
        async def question(connection: Connection) -> IncidentCard:
            return await incident_cards.card(connection, organization_id, id, self._viewer)

        return await self._readers.glance(question)

    async def in_channel(
        self, organization_id: OrganizationId, channel_id: ChannelId
    ) -> IncidentId | None:
        values = {"organization": organization_id, "channel": channel_id}

        async def question(connection: Connection) -> list[Row]:
            return await _IN_CHANNEL.fetch(connection, self._viewer, values)

        rows = await self._readers.glance(question)
        return IncidentId(rows[0][0]) if rows else None

    async def services(self, organization_id: OrganizationId) -> list[Service]:
        async def question(connection: Connection) -> list[Service]:
            return await _services(connection, organization_id)

        return await self._readers.ask(question)

    async def record(self, organization_id: OrganizationId, kind: type[K], id: str) -> K:
        async def question(connection: Connection) -> K:
            return await records.one(connection, organization_id, kind, id, self._viewer)

        return await self._readers.glance(question)

    async def records(
        self, organization_id: OrganizationId, kind: type[K], query: RecordQuery
    ) -> RecordPage[K]:
        async def question(connection: Connection) -> RecordPage[K]:
            return await records.page(connection, organization_id, kind, query, self._viewer)

        return await self._readers.ask(question)


async def _incident(
    connection: Connection,
    organization_id: OrganizationId,
    id_or_reference: str,
    viewer: Viewer,
) -> IncidentRecord:
    which: dict[str, object] = {"organization": organization_id}
    if reference := _REFERENCE.fullmatch(id_or_reference.strip()):
        rows = await connection.fetch(_BY_NUMBER, {**which, "number": int(reference[1])})
    else:
        rows = await connection.fetch(_BY_ID, {**which, "id": id_or_reference})
    if not rows:
        raise NotFound(say("There is no incident {id}.", id=id_or_reference))
    id = rows[0][0]
    named = await incident_lists.services_of(connection, organization_id, [id])
    row = incident_lists.row_of(rows[0], named.get(id, ()))
    if not viewer.sees(row):
        raise NotFound(say("There is no incident {id}.", id=id_or_reference))
    messages = await connection.fetch(_UPDATES, {**which, "incident": id})
    service_ids = [service_id for service_id, _ in row.services]
    into = [row.merged_into] if row.merged_into else []
    near = await those_seen(connection, organization_id, into, viewer)
    return IncidentRecord(
        row=row,
        created_by_name=row.created_by_name,
        updates=tuple(update_of(message) for message in messages),
        windows=await windows_of(connection, organization_id, row, service_ids),
        merged_into=near.get(row.merged_into or ""),
    )


async def _services(connection: Connection, organization_id: OrganizationId) -> list[Service]:
    which = {"organization": organization_id}
    owners: dict[ServiceId, list[UserId]] = {}
    for service_id, user_id in await connection.fetch(_OWNERS, which):
        owners.setdefault(service_id, []).append(user_id)
    rows = await connection.fetch(_SERVICES, which)
    found = [SERVICE.value(row, owner_ids=tuple(owners.get(row[0], ()))) for row in rows]
    return sorted(found, key=lambda service: (service.name.casefold(), service.id))
