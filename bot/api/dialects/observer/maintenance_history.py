"""What happened to maintenance, and the alerts that it kept from calling anybody."""

import orjson
from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer
from bot.api.dialects.observer import maintenance_operations as operations
from bot.api.dialects.observer import maintenance_wire as wire
from bot.api.dialects.observer.maintenance_shapes import SuppressedQuery
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.api.renaming import renaming
from core.domain.ids import EpisodeId, MaintenanceId
from core.errors import InvalidInput
from core.ports import AlertQuery


class MaintenanceHistory:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        self._doors.server.add(operations.TIMELINE, self.timeline)
        self._doors.server.add(operations.ALERTS, self.alerts)

    async def timeline(self, call: Call) -> web.Response:
        """There is little enough to page through it here."""
        paging = call.query.paging()
        if paging.after:
            raise InvalidInput("A timeline has no cursor; use offset or page.", field="cursor")
        id = await self._meant(call)
        entries = await self._doors.reads.maintenance_timeline(call.client.organization_id, id)
        page = entries[paging.offset : paging.offset + paging.limit]
        lines = [wire.history(entry) for entry in page]
        return answer(wire_v1.many(lines, paging, total=len(entries), next_cursor=None))

    async def alerts(self, call: Call) -> web.Response:
        query: SuppressedQuery = call.query
        reads, organization_id = self._doors.seen_by(call.client), call.client.organization_id
        id = await self._meant(call)
        card = await reads.maintenance_card(organization_id, id)
        with renaming({"after": "cursor"}):
            page = await reads.alerts(
                organization_id,
                AlertQuery(
                    suppressed_by=id,
                    limit=query.limit,
                    after=EpisodeId(query.cursor) if query.cursor else None,
                ),
            )
        lines = [wire.suppressed(row) for row in page.rows]
        body = {
            "data": lines,
            "items": lines,
            "meta": {"total": card.suppressed, "limit": query.limit},
            "next_cursor": page.rows[-1].episode.id if page.more else None,
        }
        return answer(orjson.dumps(body))

    async def _meant(self, call: Call) -> MaintenanceId:
        reads = self._doors.reads
        row = await reads.maintenance(call.client.organization_id, call.params["id"])
        return row.maintenance.id
