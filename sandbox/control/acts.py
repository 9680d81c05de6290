"""What people do with messages, commands and forms, below /_sandbox/act."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.control.bounds import (
    require_pinnable,
    require_reaction_of,
    require_reaction_to,
    require_shared,
)
from sandbox.control.reading import Request, read_request
from sandbox.deliveries.commands import Commands
from sandbox.deliveries.interactions import Interactions
from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.model import posting
from sandbox.rights import require_voice
from sandbox.world import World

Act = Callable[[Request], Awaitable[Json]]


class Acts:
    """One method per act; each takes the request and returns its answer."""

    def __init__(self, world: World, commands: Commands, interactions: Interactions) -> None:
        self._world = world
        self._workspace = world.workspace
        self._commands = commands
        self._interactions = interactions

    def register(self, app: web.Application) -> None:
        acts: dict[str, Act] = {
            "command": self.command,
            "shortcut": self.shortcut,
            "message_shortcut": self.message_shortcut,
            "click": self.click,
            "submit": self.submit,
            "close": self.close,
            "options": self.options,
            "react": self.react,
            "unreact": self.unreact,
            "pin": self.pin,
            "unpin": self.unpin,
        }
        for name, act in acts.items():
            app.router.add_post(f"/_sandbox/act/{name}", door(self._world, act))

    async def command(self, request: Request) -> Json:
        user, channel = request.user(), request.channel()
        text = request.text("text")
        if not text.startswith("/"):
            raise Refusal("invalid_request", "A command begins with a slash.")
        if request.body.get("thread_ts"):
            raise Refusal("invalid_request", "Slash commands cannot be used in threads.")
        return await self._commands.type(user, channel, text)

    async def shortcut(self, request: Request) -> Json:
        return await self._commands.use_shortcut(request.user(), request.text("callback_id"))

    async def message_shortcut(self, request: Request) -> Json:
        callback_id = request.text("callback_id")
        return await self._commands.use_on_message(request.user(), request.message(), callback_id)

    async def click(self, request: Request) -> Json:
        block_id = request.text("block_id", "")
        return await self._interactions.click(
            request.user(), request.place(), block_id, request.body | {"values": request.values()}
        )

    async def options(self, request: Request) -> Json:
        block_id = request.text("block_id", "")
        return await self._interactions.suggest(
            request.user(), request.place(), block_id, request.body
        )

    async def submit(self, request: Request) -> Json:
        return await self._interactions.submit(request.user(), request.top_view(), request.values())

    async def close(self, request: Request) -> Json:
        """The modal in front; with `all` the whole stack, whichever of its views is named."""
        whole = request.body.get("all") is True
        view = request.stacked_view() if whole else request.top_view()
        return await self._interactions.close(request.user(), view, whole=whole)

    async def react(self, request: Request) -> Json:
        user, message, name = request.user(), request.message("ts"), request.text("name")
        require_voice(request.channel(), user)
        require_shared(message)
        require_reaction_to(self._workspace, message, user, name)
        posting.react(self._workspace, message, user.id, name)
        return {"ok": True}

    async def unreact(self, request: Request) -> Json:
        user, message, name = request.user(), request.message("ts"), request.text("name")
        require_voice(request.channel(), user)
        require_reaction_of(message, user, name)
        posting.unreact(self._workspace, message, user.id, name)
        return {"ok": True}

    async def pin(self, request: Request) -> Json:
        channel, message = request.channel(), request.message("ts")
        require_voice(channel, request.user())
        require_pinnable(channel, message)
        posting.pin(self._workspace, channel, message, request.user().id)
        return {"ok": True}

    async def unpin(self, request: Request) -> Json:
        channel, message = request.channel(), request.message("ts")
        require_voice(channel, request.user())
        if not any(pin.ts == message.ts for pin in channel.pins):
            raise Refusal("not_pinned", "That message is not pinned.", 409)
        posting.unpin(self._workspace, channel, message, request.user().id)
        return {"ok": True}


def door(world: World, act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    """An act as a route."""

    async def handle(request: web.Request) -> web.Response:
        return web.json_response(await act(await read_request(world.workspace, request)))

    return handle
