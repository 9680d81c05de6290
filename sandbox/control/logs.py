"""The log of an app in another process, for the referee: /_sandbox/log."""

from aiohttp import web

from sandbox.control.reading import read_object
from sandbox.errors import Refusal
from sandbox.referee.logs import review_lines
from sandbox.world import World


class LogRoute:
    def __init__(self, world: World) -> None:
        self._world = world

    def register(self, app: web.Application) -> None:
        app.router.add_post("/_sandbox/log", self.log)

    async def log(self, request: web.Request) -> web.Response:
        """`text` is a line or many; `name` says whose they are."""
        body = await read_object(request)
        name, text = body.get("name", "the app"), body.get("text")
        if not isinstance(name, str) or not isinstance(text, str):
            raise Refusal("invalid_request", "A log needs text, and perhaps name, both texts.")
        review_lines(self._world, name, text)
        return web.json_response({"ok": True})
