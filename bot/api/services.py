"""`/api/v1/services`: the services that incidents affect."""

from aiohttp import web

from bot.api import wire_v1 as wire
from bot.api.answers import answer
from bot.api.auth import Client
from bot.api.doors import Doors
from bot.api.lists_v1 import Many
from bot.api.operations import Call, Tag
from bot.api.paging import PageQuery
from bot.api.people import require_users
from bot.api.resources import Resource
from bot.api.service_shapes import NewService, ServiceAnswer, ServiceChange, ServiceLine
from bot.api.service_status import in_maintenance
from core.commands import AddService
from core.commands.alerting import SetDependencies
from core.domain.actor import Permission
from core.domain.ids import ServiceId, UserId
from core.domain.service import Service
from core.errors import InvalidInput, NotFound

SERVICES = Resource(
    path="/api/v1/services",
    one="service",
    many="services",
    tag=Tag.TOCSIN,
    see=Permission.READ_SERVICES,
    change=Permission.WRITE_SERVICES,
    lines=Many[ServiceLine],
    answer=ServiceAnswer,
)

LIST = SERVICES.list("List services by name", query=PageQuery)
CREATE = SERVICES.add(
    "Add a service",
    body=NewService,
    example={"name": "Checkout", "description": "Takes payments."},
)
SHOW = SERVICES.show("One service")
EDIT = SERVICES.edit(
    "Say what a service depends on",
    description="Nothing may depend on itself, however many services lie between.",
    body=ServiceChange,
    example={"depends_on": []},
)


class Services:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        self._doors.server.add(LIST, self.list)
        self._doors.server.add(CREATE, self.create)
        self._doors.server.add(SHOW, self.show)
        self._doors.server.add(EDIT, self.edit)

    async def list(self, call: Call) -> web.Response:
        return await self._doors.pages.answered(call, self._list)

    async def create(self, call: Call) -> web.Response:
        wish: NewService = call.body
        service = await self._doors.bus.execute(
            AddService(
                caller=call.client.caller,
                key=call.key,
                name=wish.name,
                description=wish.description or "",
                owner_ids=await self._owners(wish, call.client),
            )
        )
        return answer(wire.one(wire.service_json(service)), status=201)

    async def show(self, call: Call) -> web.Response:
        return await self._shown(call, await self._service(call))

    async def edit(self, call: Call) -> web.Response:
        wish: ServiceChange = call.body
        if wish.depends_on is None:
            return await self.show(call)
        service = await self._doors.bus.execute(
            SetDependencies(
                caller=call.client.caller,
                key=call.key,
                service_id=ServiceId(call.params["id"]),
                depends_on=tuple(map(ServiceId, wish.depends_on)),
            )
        )
        return await self._shown(call, service)

    async def _service(self, call: Call) -> Service:
        for service in await self._doors.reads.services(call.client.organization_id):
            if service.id == call.params["id"]:
                return service
        raise NotFound(f"There is no service {call.params['id']}.")

    async def _shown(self, call: Call, service: Service) -> web.Response:
        busy = await in_maintenance(self._doors.seen_by(call.client), call.client.organization_id)
        return answer(wire.one(wire.service_json(service, busy)))

    async def _list(self, call: Call) -> bytes:
        """By name; there are few enough to page through them here."""
        paging = call.query.paging()
        if paging.after:
            raise InvalidInput("Services have no cursor; use offset or page.", field="cursor")
        services = await self._doors.reads.services(call.client.organization_id)
        shown = services[paging.offset : paging.offset + paging.limit]
        busy = await in_maintenance(self._doors.seen_by(call.client), call.client.organization_id)
        entries = [wire.service_json(service, busy) for service in shown]
        return wire.many(entries, paging, total=len(services), next_cursor=None)

    async def _owners(self, wish: NewService, client: Client) -> tuple[UserId, ...]:
        if not wish.owner_ids:
            return ()
        users = await self._doors.reads.users(client.organization_id)
        return require_users(wish.owner_ids, users, field="owner_ids")
