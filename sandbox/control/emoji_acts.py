"""The workspace's own emoji, added and removed below /_sandbox/act."""

import re

from aiohttp import web

from sandbox.control.acts import Act, door
from sandbox.control.reading import Request
from sandbox.errors import Refusal
from sandbox.facts.emoji import is_emoji
from sandbox.json_types import Json
from sandbox.model.changes import Change
from sandbox.world import World

NAME = re.compile(r"[a-z0-9_'-]{1,100}")


class EmojiActs:
    def __init__(self, world: World) -> None:
        self._world = world
        self._workspace = world.workspace

    def register(self, app: web.Application) -> None:
        acts: dict[str, Act] = {"add_emoji": self.add, "remove_emoji": self.remove}
        for name, act in acts.items():
            app.router.add_post(f"/_sandbox/act/{name}", door(self._world, act))

    async def add(self, request: Request) -> Json:
        """`url` is where its picture is, or `alias:` and the name of another."""
        name = request.text("name")
        if not NAME.fullmatch(name):
            raise Refusal("invalid_request", "An emoji's name has a-z, 0-9, _, - and ' only.")
        if is_emoji(name) or name in self._workspace.emoji:
            raise Refusal("name_taken", f"There is an emoji called {name} already.", 409)
        url = request.text("url", f"https://emoji.slack.example/{name}.png")
        self._workspace.emoji[name] = url
        self._tell({"subtype": "add", "name": name, "value": url})
        return {"ok": True}

    async def remove(self, request: Request) -> Json:
        name = request.text("name")
        if name not in self._workspace.emoji:
            raise Refusal("not_found", f"There is no emoji called {name} to remove.", 404)
        del self._workspace.emoji[name]
        self._tell({"subtype": "remove", "names": [name]})
        return {"ok": True}

    def _tell(self, parts: Json) -> None:
        event = {"type": "emoji_changed", **parts}
        self._workspace.tell(Change(type="emoji", event=event))
