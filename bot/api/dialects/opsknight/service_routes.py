"""`/api/services`: the services that incidents are opened for."""

from aiohttp import web

from bot.api.answers import answer
from bot.api.dialects.opsknight import operations, wire
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.api.service_status import in_maintenance
from core.errors import NotFound


class Services:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        self._doors.server.add(operations.LIST_SERVICES, self.list)
        self._doors.server.add(operations.SHOW_SERVICE, self.get)

    async def list(self, call: Call) -> web.Response:
        services = await self._doors.reads.services(call.client.organization_id)
        return answer(wire.services(services, await self._in_maintenance(call)))

    async def get(self, call: Call) -> web.Response:
        id = call.params["id"]
        services = await self._doors.reads.services(call.client.organization_id)
        for service in services:
            if service.id == id:
                shown = wire.service(service, await self._in_maintenance(call))
                return answer({"service": shown})
        raise NotFound(f"There is no service {id}.")

    async def _in_maintenance(self, call: Call) -> frozenset[str]:
        return await in_maintenance(self._doors.seen_by(call.client), call.client.organization_id)
