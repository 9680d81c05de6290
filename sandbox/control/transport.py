"""How the app is reached just now, and the switch an administrator has for its events."""

from aiohttp import web

from sandbox.control.reading import read_object
from sandbox.deliveries.courier import Courier
from sandbox.world import World


class TransportRoutes:
    def __init__(self, world: World, courier: Courier) -> None:
        self._world = world
        self._courier = courier

    def register(self, app: web.Application) -> None:
        app.router.add_get("/_sandbox/transport", self.show)
        app.router.add_post("/_sandbox/subscriptions/enable", self.enable)
        app.router.add_post("/_sandbox/sockets/disconnect", self.disconnect)

    async def show(self, _request: web.Request) -> web.Response:
        transport = self._world.transport
        return web.json_response(
            {
                "mode": "socket" if transport.socket_mode else "http",
                "sockets": self._courier.sockets.listed(),
                "subscriptions": self._courier.subscriptions.listed(),
            }
        )

    async def enable(self, _request: web.Request) -> web.Response:
        self._courier.subscriptions.enable()
        return web.json_response({"ok": True})

    async def disconnect(self, request: web.Request) -> web.Response:
        reason = (await read_object(request)).get("reason", "refresh_requested")
        await self._courier.sockets.disconnect(str(reason))
        return web.json_response({"ok": True})
