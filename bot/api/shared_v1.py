"""`/api/v1/incidents`, which Overwatch and Observer share: one handler for both, per request."""

from typing import Any

from aiohttp import web

from bot.api import operations_v1 as operations
from bot.api import wire_v1 as wire
from bot.api.auth import Client
from bot.api.dialects.words import wanted
from bot.api.doors import Doors
from bot.api.entity_tags import expected_version
from bot.api.filters import incident_query
from bot.api.giving_up import record_after, record_to_change
from bot.api.incident_shapes import IncidentChange, NewIncident
from bot.api.operations import Call
from bot.api.paging import cursor_of
from bot.api.people import user_meant
from bot.api.renaming import renaming
from bot.api.responding.at_hand import record_shown
from core.commands import DeclareIncident, EditIncident
from core.domain.account import Dialect
from core.domain.ids import ServiceId, UserId
from core.domain.incident import Incident
from core.domain.state import State
from core.domain.update import FirstMessage
from core.views import IncidentRecord

CREATED = {Dialect.OBSERVER: 200}
"""What a creation answers where it is not 201."""

_FIELDS = {
    "service_ids": "affected_services",
    "assignee_id": "assignee",
    "text": "initial_message",
    "audience": "visible_to_customer_ids",
}


class Incidents:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST, self.list)
        server.add(operations.CREATE, self.create)
        server.add(operations.SHOW, self.get)
        server.add(operations.EDIT, self.edit)
        server.add(operations.REPLACE, self.edit)

    async def list(self, call: Call) -> web.Response:
        return await self._doors.pages.answered(call, self._list)

    async def create(self, call: Call) -> web.Response:
        wish: NewIncident = call.body
        client = call.client
        with renaming(_FIELDS):
            incident = await self._declare(wish, client, call.key)
        record = await self._made(incident, wish, client, call.key)
        return record_shown(record, client, status=CREATED.get(client.dialect, 201))

    async def get(self, call: Call) -> web.Response:
        return record_shown(await self._record(call), call.client)

    async def edit(self, call: Call) -> web.Response:
        wish: IncidentChange = call.body
        client = call.client
        before = await record_to_change(self._doors, client, call.key, call.params["id"])
        target = wanted(wish.status, wish.state)
        assignee = await self._assignee(wish.assignee, client)
        with renaming(_FIELDS):
            changed = await self._doors.bus.execute(
                EditIncident(
                    caller=client.caller,
                    key=call.key,
                    incident_id=before.row.id,
                    expected_version=expected_version(call.request, before.row.version),
                    title=wish.title,
                    description=wish.description,
                    severity=wish.severity,
                    assignee_id=assignee,
                    unassign=assignee is None and "assignee" in wish.model_fields_set,
                    state=target.state,
                    unless=target.unless,
                    postmortem_url=wish.postmortem_url,
                    resolution=wish.resolution,
                    root_cause=wish.root_cause,
                    **_lists(wish),
                )
            )
        return record_shown(await record_after(self._doors, client, changed), client)

    async def _list(self, call: Call) -> bytes:
        paging, client = call.query.paging(), call.client
        query = incident_query(call.query, client.dialect, paging)
        page = await self._doors.seen_by(client).incidents(client.organization_id, query)
        last = page.rows[-1] if page.rows and page.more else None
        return wire.many(
            [wire.incident_json(row, client.dialect) for row in page.rows],
            paging,
            total=page.total,
            next_cursor=cursor_of((last.created_at, last.id)) if last else None,
        )

    async def _declare(self, wish: NewIncident, client: Client, key: str | None) -> Incident:
        message = wish.initial_message
        published = not _drafts(client) if wish.publish is None else wish.publish
        return await self._doors.bus.execute(
            DeclareIncident(
                caller=client.caller,
                key=key,
                title=wish.title,
                severity=wish.severity,
                description=wish.description or "",
                service_ids=tuple(map(ServiceId, wish.affected_services or ())),
                assignee_id=await self._assignee(wish.assignee, client),
                state=State.OPEN if published else State.DRAFT,
                first_message=FirstMessage(phase=message.phase, text=message.description)
                if message
                else None,
                audience=tuple(wish.visible_to_customer_ids or ()),
                tags=tuple(wish.tags or ()),
                links=tuple(wish.links or ()),
                private=wish.private,
            )
        )

    async def _made(
        self, incident: Incident, wish: NewIncident, client: Client, key: str | None
    ) -> IncidentRecord:
        """What was made. Nothing is read again where nothing can differ."""
        if key or wish.initial_message or incident.service_ids or incident.assignee_id:
            return await self._read(client, incident.id)
        return wire.newborn(incident)

    async def _record(self, call: Call) -> IncidentRecord:
        return await self._read(call.client, call.params["id"])

    async def _read(self, client: Client, id: str) -> IncidentRecord:
        return await self._doors.seen_by(client).incident(client.organization_id, id)

    async def _assignee(self, word: str | None, client: Client) -> UserId | None:
        if not word or not word.strip():
            return None
        return await user_meant(word, client.organization_id, self._doors.reads)


def _lists(wish: IncidentChange) -> dict[str, Any]:
    """Those that were given."""
    given = {
        "service_ids": wish.affected_services,
        "audience": wish.visible_to_customer_ids,
        "tags": wish.tags,
        "links": wish.links,
    }
    return {name: tuple(entries) for name, entries in given.items() if entries is not None}


def _drafts(client: Client) -> bool:
    """Only Observer's incidents are drafts unless they say otherwise."""
    return client.dialect is Dialect.OBSERVER
