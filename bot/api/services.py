"""`/api/v1/services`: the services that incidents affect."""

from aiohttp import web

from bot.api import wire_v1 as wire
from bot.api.auth import Client, Gate
from bot.api.pages import Pages
from bot.api.paging import paging_of
from bot.api.people import require_users
from bot.api.requests import NewService, idempotency_key
from bot.web.bodies import Reading, parsed, read_body, require_json
from bot.web.validation import checked
from core.bus import CommandBus
from core.commands import AddService
from core.domain.actor import Permission
from core.domain.ids import UserId
from core.errors import InvalidInput
from core.ports import ReadModels


class Services:
    def __init__(
        self, gate: Gate, bus: CommandBus, reads: ReadModels, pages: Pages, reading: Reading
    ) -> None:
        self._gate = gate
        self._bus = bus
        self._reads = reads
        self._pages = pages
        self._reading = reading

    def register(self, app: web.Application) -> None:
        app.router.add_get("/api/v1/services", self.list)
        app.router.add_post("/api/v1/services", self.create)

    async def list(self, request: web.Request) -> web.Response:
        client = await self._gate.admit(request, Permission.READ_SERVICES)

        async def page() -> bytes:
            return await self._list(request, client)

        key = ("services", client.caller.organization_id, request.rel_url.raw_query_string)
        return wire.answer(await self._pages.page(key, page))

    async def create(self, request: web.Request) -> web.Response:
        client = await self._gate.admit(request, Permission.WRITE_SERVICES)
        require_json(request)
        body = await read_body(request, self._reading)
        wish = await parsed(body, lambda value: checked(NewService, value))
        service = await self._bus.execute(
            AddService(
                caller=client.caller,
                key=idempotency_key(request, client),
                name=wish.name,
                description=wish.description or "",
                owner_ids=await self._owners(wish, client),
            )
        )
        return wire.answer(wire.one(wire.service_json(service)), status=201)

    async def _list(self, request: web.Request, client: Client) -> bytes:
        """By name; there are few enough to page through them here."""
        paging = paging_of(request.query)
        if paging.after:
            raise InvalidInput("Services have no cursor; use offset or page.", field="cursor")
        services = await self._reads.services(client.caller.organization_id)
        shown = services[paging.offset : paging.offset + paging.limit]
        entries = [wire.service_json(service) for service in shown]
        return wire.many(entries, paging, total=len(services), next_cursor=None)

    async def _owners(self, wish: NewService, client: Client) -> tuple[UserId, ...]:
        if not wish.owner_ids:
            return ()
        users = await self._reads.users(client.caller.organization_id)
        return require_users(wish.owner_ids, users, field="owner_ids")
