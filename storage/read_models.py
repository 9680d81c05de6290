"""Questions of readers, answered from SQL outside any transaction."""

import re

from sqlalchemy import bindparam, select

from core.domain.account import ApiKey, User
from core.domain.ids import ChannelId, EntryId, IncidentId, OrganizationId, ServiceId, UserId
from core.domain.service import Service
from core.domain.update import StatusUpdate
from core.errors import NotFound
from core.views import IncidentCard, IncidentPage, IncidentQuery, IncidentRecord, TimelineEntry
from storage import incident_cards, incident_lists
from storage.accounts import API_KEY, USER
from storage.connection import Connection
from storage.readers import Readers
from storage.services import SERVICE
from storage.statements import Row, Statement
from storage.tables import api_keys, incidents, service_owners, services, updates, users
from storage.timeline import ENTRIES, ENTRY, entry_of
from storage.updates import COLUMNS as UPDATE_COLUMNS
from storage.updates import update_of

_REFERENCE = re.compile(r"inc-(\d{1,9})", re.IGNORECASE | re.ASCII)
_record = (
    select(*incident_lists.COLUMNS, incidents.c.created_by_name)
    .select_from(incident_lists.FROM)
    .where(*incident_lists.OURS)
)
_BY_ID = Statement(_record.where(incidents.c.id == bindparam("id")))
_BY_NUMBER = Statement(_record.where(incidents.c.number == bindparam("number")))
_updates = select(*UPDATE_COLUMNS).where(updates.c.organization_id == bindparam("organization"))
_UPDATES = Statement(
    _updates.where(updates.c.incident_id == bindparam("incident")).order_by(updates.c.sequence)
)
_UPDATE = Statement(_updates.where(updates.c.id == bindparam("id")))
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
_USERS = Statement(
    select(*USER.columns(users)).where(users.c.organization_id == bindparam("organization"))
)
_API_KEYS = Statement(
    select(*API_KEY.columns(api_keys))
    .where(api_keys.c.organization_id == bindparam("organization"))
    .order_by(api_keys.c.created_at.desc(), api_keys.c.id.desc())
)


class SqlReadModels:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers

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

    async def update(self, organization_id: OrganizationId, id: str) -> StatusUpdate:
        rows = await self._glance(_UPDATE, organization_id, id=id)
        if not rows:
            raise NotFound(f"There is no status update {id}.")
        return update_of(rows[0])

    async def services(self, organization_id: OrganizationId) -> list[Service]:
        async def question(connection: Connection) -> list[Service]:
            return await _services(connection, organization_id)

        return await self._readers.ask(question)

    async def users(self, organization_id: OrganizationId) -> list[User]:
        people = [USER.value(row) for row in await self._ask(_USERS, organization_id)]
        return sorted(people, key=lambda user: (user.name.casefold(), user.id))

    async def api_keys(self, organization_id: OrganizationId) -> list[ApiKey]:
        return [API_KEY.value(row) for row in await self._ask(_API_KEYS, organization_id)]

    async def _ask(
        self, statement: Statement, organization_id: OrganizationId, **values: object
    ) -> list[Row]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(statement, {"organization": organization_id, **values})

        return await self._readers.ask(question)

    async def _glance(
        self, statement: Statement, organization_id: OrganizationId, **values: object
    ) -> list[Row]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(statement, {"organization": organization_id, **values})

        return await self._readers.glance(question)


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
    id, created_by_name = rows[0][0], rows[0][-1]
    named = await incident_lists.services_of(connection, organization_id, [id])
    messages = await connection.fetch(_UPDATES, {**which, "incident": id})
    return IncidentRecord(
        row=incident_lists.row_of(rows[0], named.get(id, ())),
        created_by_name=created_by_name,
        updates=tuple(update_of(message) for message in messages),
    )


async def _services(connection: Connection, organization_id: OrganizationId) -> list[Service]:
    which = {"organization": organization_id}
    owners: dict[ServiceId, list[UserId]] = {}
    for service_id, user_id in await connection.fetch(_OWNERS, which):
        owners.setdefault(service_id, []).append(user_id)
    rows = await connection.fetch(_SERVICES, which)
    found = [SERVICE.value(row, owner_ids=tuple(owners.get(row[0], ()))) for row in rows]
    return sorted(found, key=lambda service: (service.name.casefold(), service.id))
