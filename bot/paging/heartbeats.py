"""Opsgenie's ping of a heartbeat: the name says which, and the key of an alert source whose."""

from aiohttp import web

from bot.paging import genie
from bot.paging.switchboard import Switchboard
from core.bus import CommandBus
from core.commands.alerting import PingHeartbeat
from core.domain.actor import Actor, Caller, Surface
from core.permissions import INGEST

PING = "/opsgenie/v2/heartbeats/{name}/ping"
METHODS = ("GET", "POST", "PUT", "PATCH")
PONG = "PONG - Heartbeat received"


class Heartbeats:
    def __init__(self, switchboard: Switchboard, bus: CommandBus) -> None:
        self._switchboard = switchboard
        self._bus = bus

    def register(self, app: web.Application) -> None:
        for method in METHODS:
            app.router.add_route(method, PING, self.ping)

    async def ping(self, request: web.Request) -> web.Response:
        ringing = await genie.ringing(request, self._switchboard)
        name = request.match_info["name"]
        if not name.isprintable():
            raise web.HTTPNotFound
        await self._bus.execute(
            PingHeartbeat(
                caller=Caller(
                    organization_id=ringing.organization_id,
                    actor=Actor(surface=Surface.WEBHOOK, name=ringing.integration.name),
                    permissions=INGEST,
                ),
                heartbeat_id=name,
            )
        )
        return genie.accepted(genie.new_request(), PONG)
