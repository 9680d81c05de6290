"""The first steps the page suggests, below /_sandbox/tour."""

from collections.abc import Sequence

from aiohttp import web

from sandbox.tour import Step


class TourRoute:
    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps

    def register(self, app: web.Application) -> None:
        app.router.add_get("/_sandbox/tour", self.tour)

    async def tour(self, _request: web.Request) -> web.Response:
        return web.json_response({"steps": [step.to_json() for step in self._steps]})
