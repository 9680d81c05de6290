"""Observer's steps of incidents: publish, messages, resolve, delete, drafts from metrics."""

from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import no_content, tagged
from bot.api.dialects.observer import operations, wire
from bot.api.doors import Doors
from bot.api.entity_tags import expected_version
from bot.api.incident_shapes import NewMessage
from bot.api.operations import Call
from bot.api.renaming import renaming
from bot.api.responding.at_hand import record_shown
from core.commands import (
    DeleteIncident,
    DraftFromMetric,
    PostUpdate,
    PublishIncident,
    ResolveIncident,
)
from core.domain.ids import IncidentId
from core.domain.state import State
from core.errors import InvalidInput, NotFound
from core.views import IncidentRecord

TEXT = {"text": "description", "summary": "description"}


class IncidentSteps:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.DRAFT_FROM_METRIC, self.draft_from_metric)
        server.add(operations.PUBLISH, self.publish)
        server.add(operations.MESSAGES, self.messages)
        server.add(operations.POST_MESSAGE, self.post_message)
        server.add(operations.RESOLVE, self.resolve)
        server.add(operations.DELETE, self.delete)

    async def draft_from_metric(self, call: Call) -> web.Response:
        incident = await self._doors.bus.execute(
            DraftFromMetric(
                caller=call.client.caller, key=call.key, metric_id=call.params["metric_id"]
            )
        )
        return await self._shown(call, incident.id)

    async def publish(self, call: Call) -> web.Response:
        before = await self._read(call, call.params["id"])
        await self._doors.bus.execute(
            PublishIncident(
                caller=call.client.caller,
                key=call.key,
                incident_id=before.row.id,
                expected_version=expected_version(call.request, before.row.version),
            )
        )
        return await self._shown(call, before.row.id)

    async def messages(self, call: Call) -> web.Response:
        """There are few enough to page through them here."""
        paging = call.query.paging()
        if paging.after:
            raise InvalidInput("Messages have no cursor; use offset or page.", field="cursor")
        record = await self._read(call, call.params["id"])
        shown = record.updates[paging.offset : paging.offset + paging.limit]
        total = len(record.updates)
        body = wire_v1.many(wire.messages(shown), paging, total=total, next_cursor=None)
        return tagged(body, record.row.version)

    async def post_message(self, call: Call) -> web.Response:
        wish: NewMessage = call.body
        before = await self._read(call, call.params["id"])
        with renaming(TEXT):
            await self._doors.bus.execute(
                PostUpdate(
                    caller=call.client.caller,
                    key=call.key,
                    incident_id=before.row.id,
                    expected_version=expected_version(call.request, before.row.version),
                    phase=wish.phase,
                    text=wish.description,
                    next_update_at=wish.next_update_at,
                )
            )
        return await self._shown(call, before.row.id)

    async def resolve(self, call: Call) -> web.Response:
        before = await self._read(call, call.params["id"])
        if before.row.state is State.CLOSED:  # which Observer shows as resolved
            return record_shown(before, call.client)
        with renaming(TEXT):
            await self._doors.bus.execute(
                ResolveIncident(
                    caller=call.client.caller,
                    key=call.key,
                    incident_id=before.row.id,
                    expected_version=expected_version(call.request, before.row.version),
                    summary=call.body.description or "",
                    root_cause=call.body.root_cause or "",
                )
            )
        return await self._shown(call, before.row.id)

    async def delete(self, call: Call) -> web.Response:
        id, version = await self._to_delete(call)
        await self._doors.bus.execute(
            DeleteIncident(
                caller=call.client.caller, key=call.key, incident_id=id, expected_version=version
            )
        )
        return no_content()

    async def _to_delete(self, call: Call) -> tuple[IncidentId, int | None]:
        """What is gone already the core knows by the key of the request that did it, if it did."""
        try:
            before = await self._read(call, call.params["id"])
        except NotFound:
            return IncidentId(call.params["id"]), None
        return before.row.id, expected_version(call.request, before.row.version)

    async def _shown(self, call: Call, id: str) -> web.Response:
        return record_shown(await self._read(call, id), call.client)

    async def _read(self, call: Call, id: str) -> IncidentRecord:
        return await self._doors.seen_by(call.client).incident(call.client.organization_id, id)
