"""`/api/v1/maintenances`: planned work on services, scheduled, listed, read and changed."""

from aiohttp import hdrs, web

from bot.api import wire_v1
from bot.api.answers import answer
from bot.api.dialects.observer import maintenance_operations as operations
from bot.api.dialects.observer import maintenance_wire as wire
from bot.api.dialects.observer.maintenance_shapes import (
    MaintenanceChange,
    MaintenancesQuery,
    NewMaintenance,
)
from bot.api.dialects.observer.maintenance_wishes import FIELDS, details_of
from bot.api.dialects.observer.words import maintenance_state_named
from bot.api.doors import Doors
from bot.api.entity_tags import entity_tag, expected_version
from bot.api.operations import Call
from bot.api.paging import cursor_of
from bot.api.renaming import renaming
from core.commands import EditMaintenance, ScheduleMaintenance
from core.domain.ids import MaintenanceId, OrganizationId
from core.domain.maintenance import MaintenanceState
from core.ports import MaintenanceQuery, ReadModels


class Maintenances:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST, self.list)
        server.add(operations.SCHEDULE, self.schedule)
        server.add(operations.SHOW, self.get)
        server.add(operations.EDIT, self.edit)

    async def list(self, call: Call) -> web.Response:
        return await self._doors.pages.answered(call, self._list)

    async def schedule(self, call: Call) -> web.Response:
        wish: NewMaintenance = call.body
        with renaming(FIELDS):
            made = await self._doors.bus.execute(
                ScheduleMaintenance(
                    caller=call.client.caller,
                    key=call.key,
                    title=wish.title,
                    start_now=wish.start_now,
                    scheduled_start_at=wish.scheduled_start_at,
                    scheduled_end_at=wish.scheduled_end_at,
                    **details_of(wish),
                )
            )
        return await shown(self._doors.seen_by(call.client), call.client.organization_id, made.id)

    async def get(self, call: Call) -> web.Response:
        reads, organization_id = self._doors.seen_by(call.client), call.client.organization_id
        row = await reads.maintenance(organization_id, call.params["id"])
        return await shown(reads, organization_id, row.maintenance.id)

    async def edit(self, call: Call) -> web.Response:
        wish: MaintenanceChange = call.body
        reads, organization_id = self._doors.seen_by(call.client), call.client.organization_id
        before = (await reads.maintenance(organization_id, call.params["id"])).maintenance
        with renaming(FIELDS):
            await self._doors.bus.execute(
                EditMaintenance(
                    caller=call.client.caller,
                    key=call.key,
                    maintenance_id=before.id,
                    expected_version=expected_version(call.request, before.version),
                    title=wish.title,
                    scheduled_start_at=wish.scheduled_start_at,
                    scheduled_end_at=wish.scheduled_end_at,
                    **details_of(wish),
                )
            )
        return await shown(reads, organization_id, before.id)

    async def _list(self, call: Call) -> bytes:
        query: MaintenancesQuery = call.query
        paging = query.paging()
        page = await self._doors.reads.maintenances(
            call.client.organization_id,
            MaintenanceQuery(
                states=_states(query),
                service_id=query.service_id,
                since=query.since,
                limit=paging.limit,
                offset=paging.offset,
                after=paging.after,
            ),
        )
        last = page.rows[-1].maintenance if page.rows and page.more else None
        return wire_v1.many(
            [wire.line(row.maintenance, row.services) for row in page.rows],
            paging,
            total=page.total,
            next_cursor=cursor_of((last.created_at, last.id)) if last else None,
        )


async def shown(
    reads: ReadModels, organization_id: OrganizationId, id: MaintenanceId
) -> web.Response:
    """All of it, as every request about one is answered."""
    card = await reads.maintenance_card(organization_id, id)
    entries = await reads.maintenance_timeline(organization_id, id)
    body = wire_v1.one(wire.whole(card, entries))
    return answer(body, headers={hdrs.ETAG: entity_tag(card.maintenance.version, body)})


def _states(query: MaintenancesQuery) -> frozenset[MaintenanceState]:
    """`a,b` and `state=a&state=b` alike."""
    return frozenset(
        maintenance_state_named(word, field=field)
        for field, values in (("state", query.state), ("status", query.status))
        for value in values
        for word in value.split(",")
        if word.strip()
    )
