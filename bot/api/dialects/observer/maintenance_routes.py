"""`/api/v1/maintenances`: Observer's planned work on services."""

from typing import TypeAlias

from aiohttp import hdrs, web

from bot.api import wire_v1
from bot.api.answers import answer
from bot.api.dialects.observer import operations, wire
from bot.api.dialects.observer.shapes import MaintenanceChange, MaintenancesQuery, NewMaintenance
from bot.api.dialects.observer.words import maintenance_state_named
from bot.api.doors import Doors
from bot.api.entity_tags import entity_tag, expected_version
from bot.api.operations import Call, Handler
from bot.api.paging import cursor_of
from bot.api.renaming import renaming
from core.commands import (
    CancelMaintenance,
    CompleteMaintenance,
    EditMaintenance,
    ScheduleMaintenance,
    StartMaintenance,
)
from core.domain.ids import ServiceId
from core.domain.maintenance import MaintenanceState
from core.ports import MaintenanceQuery, MaintenanceRow

Step: TypeAlias = type[StartMaintenance] | type[CompleteMaintenance] | type[CancelMaintenance]

FIELDS = {"service_ids": "affected_services", "audience": "visible_to_customer_ids"}


class Maintenances:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST_MAINTENANCES, self.list)
        server.add(operations.SCHEDULE, self.schedule)
        server.add(operations.SHOW_MAINTENANCE, self.get)
        server.add(operations.EDIT_MAINTENANCE, self.edit)
        server.add(operations.START, self._step(StartMaintenance))
        server.add(operations.COMPLETE, self._step(CompleteMaintenance))
        server.add(operations.CANCEL, self._step(CancelMaintenance))

    async def list(self, call: Call) -> web.Response:
        async def page() -> bytes:
            return await self._list(call)

        query = call.request.rel_url.raw_query_string
        key = ("maintenances", call.client.organization_id, query)
        return answer(await self._doors.pages.page(key, page))

    async def schedule(self, call: Call) -> web.Response:
        wish: NewMaintenance = call.body
        with renaming(FIELDS):
            made = await self._doors.bus.execute(
                ScheduleMaintenance(
                    caller=call.client.caller,
                    key=call.key,
                    title=wish.title,
                    description=wish.description or "",
                    scheduled_start_at=wish.scheduled_start_at,
                    scheduled_end_at=wish.scheduled_end_at,
                    service_ids=tuple(map(ServiceId, wish.affected_services or ())),
                    audience=tuple(wish.visible_to_customer_ids or ()),
                )
            )
        return _shown(await self._read(call, made.id))

    async def get(self, call: Call) -> web.Response:
        return _shown(await self._read(call, call.params["id"]))

    async def edit(self, call: Call) -> web.Response:
        wish: MaintenanceChange = call.body
        before = (await self._read(call, call.params["id"])).maintenance
        services, customers = wish.affected_services, wish.visible_to_customer_ids
        with renaming(FIELDS):
            await self._doors.bus.execute(
                EditMaintenance(
                    caller=call.client.caller,
                    key=call.key,
                    maintenance_id=before.id,
                    expected_version=expected_version(call.request, before.version),
                    title=wish.title,
                    description=wish.description,
                    scheduled_start_at=wish.scheduled_start_at,
                    scheduled_end_at=wish.scheduled_end_at,
                    service_ids=None if services is None else tuple(map(ServiceId, services)),
                    audience=None if customers is None else tuple(customers),
                )
            )
        return _shown(await self._read(call, before.id))

    def _step(self, command: Step) -> Handler:
        async def step(call: Call) -> web.Response:
            before = (await self._read(call, call.params["id"])).maintenance
            await self._doors.bus.execute(
                command(
                    caller=call.client.caller,
                    key=call.key,
                    maintenance_id=before.id,
                    expected_version=expected_version(call.request, before.version),
                )
            )
            return _shown(await self._read(call, before.id))

        return step

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
            [wire.maintenance(row) for row in page.rows],
            paging,
            total=page.total,
            next_cursor=cursor_of((last.created_at, last.id)) if last else None,
        )

    async def _read(self, call: Call, id: str) -> MaintenanceRow:
        return await self._doors.reads.maintenance(call.client.organization_id, id)


def _states(query: MaintenancesQuery) -> frozenset[MaintenanceState]:
    """`a,b` and `state=a&state=b` alike."""
    return frozenset(
        maintenance_state_named(word, field=field)
        for field, values in (("state", query.state), ("status", query.status))
        for value in values
        for word in value.split(",")
        if word.strip()
    )


def _shown(row: MaintenanceRow) -> web.Response:
    body = wire_v1.one(wire.maintenance(row))
    return answer(body, headers={hdrs.ETAG: entity_tag(row.maintenance.version, body)})
