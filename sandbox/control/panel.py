"""What the page's side panel shows beside the journal, below /_sandbox/panel."""

from aiohttp import web

from sandbox.deliveries.courier import Courier
from sandbox.facts.tiers import OFF, PROFILES
from sandbox.faults.announcing import announced
from sandbox.world import World


class PanelRoute:
    def __init__(self, world: World, courier: Courier) -> None:
        self._world = world
        self._courier = courier

    def register(self, app: web.Application) -> None:
        app.router.add_get("/_sandbox/panel", self.panel)

    async def panel(self, _request: web.Request) -> web.Response:
        world = self._world
        settings = {
            "rate_limits": world.limiter.profile,
            "rate_limit_profiles": [OFF, *PROFILES],
            "app_url": world.app_url,
            "restricted_actions": sorted(world.restricted_actions),
            "broadcasts_allowed": world.broadcasts_allowed,
            "socket_mode": world.transport.socket_mode,
            "socket_connected": self._courier.sockets.is_connected,
        }
        shown = {"settings": settings, "faults": world.faults.listed()}
        return web.json_response(shown | announced())
