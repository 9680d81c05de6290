"""The rules by which things go wrong: listed, added, taken back, below /_sandbox/faults."""

from aiohttp import web

from sandbox.control.reading import read_json
from sandbox.errors import Refusal
from sandbox.faults.checking import read_rule, require_transport
from sandbox.world import World


class FaultRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def register(self, app: web.Application) -> None:
        app.router.add_get("/_sandbox/faults", self.listed)
        app.router.add_post("/_sandbox/faults", self.add)
        app.router.add_delete("/_sandbox/faults", self.clear)
        app.router.add_delete("/_sandbox/faults/{id}", self.remove)

    async def listed(self, _request: web.Request) -> web.Response:
        return web.json_response({"faults": self._world.faults.listed()})

    async def add(self, request: web.Request) -> web.Response:
        """All of the rules, or none when one of them makes no sense."""
        given = await read_json(request)
        if not isinstance(given, list) or not all(isinstance(rule, dict) for rule in given):
            raise Refusal("invalid_request", "Faults are a list of rules.")
        rules = [read_rule(rule) for rule in given]
        for rule in rules:
            require_transport(rule, socket_mode=self._world.transport.socket_mode)
        for rule in rules:
            self._world.faults.add(rule)
        return web.json_response({"ok": True})

    async def clear(self, _request: web.Request) -> web.Response:
        self._world.faults.clear()
        return web.json_response({"ok": True})

    async def remove(self, request: web.Request) -> web.Response:
        if not self._world.faults.remove(request.match_info["id"]):
            raise Refusal("not_found", "There is no such fault any more.", 404)
        return web.json_response({"ok": True})
