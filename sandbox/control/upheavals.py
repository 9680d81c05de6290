"""What rarely happens to a workspace and its app, below /_sandbox/act."""

from aiohttp import web

from sandbox.control.acts import Act, door
from sandbox.control.reading import Request
from sandbox.deliveries.verifying import Verifying
from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.model import upheavals
from sandbox.model.channels import Channel
from sandbox.rights import require_full_member
from sandbox.world import World


class Upheavals:
    def __init__(self, world: World, verifying: Verifying) -> None:
        self._world = world
        self._workspace = world.workspace
        self._verifying = verifying

    def register(self, app: web.Application) -> None:
        acts: dict[str, Act] = {
            "delete_channel": self.delete_channel,
            "change_channel_id": self.change_channel_id,
            "convert_channel": self.convert_channel,
            "share_channel": self.share_channel,
            "unshare_channel": self.unshare_channel,
            "verify_url": self.verify_url,
            "check_ssl": self.check_ssl,
        }
        for name, act in acts.items():
            app.router.add_post(f"/_sandbox/act/{name}", door(self._world, act))

    async def delete_channel(self, request: Request) -> Json:
        user, channel = request.user(), _ordinary(request)
        require_full_member(user, "delete channels")
        upheavals.delete_channel(self._workspace, channel, user.id)
        return {"ok": True}

    async def change_channel_id(self, request: Request) -> Json:
        return {"ok": True, "channel": upheavals.change_id(self._workspace, _ordinary(request)).id}

    async def convert_channel(self, request: Request) -> Json:
        user, channel = request.user(), _ordinary(request)
        require_full_member(user, "convert channels")
        upheavals.convert(self._workspace, channel, user.id)
        return {"ok": True}

    async def share_channel(self, request: Request) -> Json:
        upheavals.share(self._workspace, _ordinary(request), shared=True)
        return {"ok": True}

    async def unshare_channel(self, request: Request) -> Json:
        upheavals.share(self._workspace, _ordinary(request), shared=False)
        return {"ok": True}

    async def verify_url(self, _request: Request) -> Json:
        """What Slack does before it accepts a request URL for events."""
        return await self._verifying.verify_url()

    async def check_ssl(self, _request: Request) -> Json:
        """What Slack does now and then with the address of a command."""
        return await self._verifying.check_ssl()


def _ordinary(request: Request) -> Channel:
    channel = request.channel()
    if channel.is_general or channel.is_direct:
        raise Refusal("not_allowed", "Neither #general nor direct messages can change so.", 409)
    return channel
