"""What people change in a channel: its topic, links and members."""

import re

from aiohttp import web

from sandbox.control.acts import Act, door
from sandbox.control.bounds import require_room
from sandbox.control.reading import Request
from sandbox.deliveries.typing import escape_typed
from sandbox.errors import Refusal
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model import gathering
from sandbox.model.channels import Bookmark, Channel
from sandbox.referee import note_typed
from sandbox.rights import require_full_member, require_voice
from sandbox.world import World

ADDRESS = re.compile(r"https?://\S+")


class Editing:
    def __init__(self, world: World) -> None:
        self._world = world
        self._workspace = world.workspace

    def register(self, app: web.Application) -> None:
        acts: dict[str, Act] = {
            "set_topic": self.set_topic,
            "set_purpose": self.set_purpose,
            "add_bookmark": self.add_bookmark,
            "remove_bookmark": self.remove_bookmark,
            "kick": self.kick,
        }
        for name, act in acts.items():
            app.router.add_post(f"/_sandbox/act/{name}", door(self._world, act))

    async def set_topic(self, request: Request) -> Json:
        channel, topic = _own_room(request), self._note(request, "topic")
        gathering.set_topic(self._workspace, channel, topic, request.user().id)
        return {"ok": True}

    async def set_purpose(self, request: Request) -> Json:
        channel, purpose = _own_room(request), self._note(request, "purpose")
        gathering.set_purpose(self._workspace, channel, purpose, request.user().id)
        return {"ok": True}

    def _note(self, request: Request, name: str) -> str:
        """A topic or purpose as Slack stores it: escaped, with mentions."""
        words, most = request.text(name), {"topic": limits.TOPIC, "purpose": limits.PURPOSE}[name]
        if len(words) > most:
            raise Refusal("too_long", f"A {name} has {most} characters at most.")
        note_typed(self._world, words)
        return escape_typed(self._workspace, words, labels=False)

    async def add_bookmark(self, request: Request) -> Json:
        channel, title, link = _own_channel(request), request.text("title"), request.text("link")
        if not title.strip() or len(title) > limits.BOOKMARK_TITLE:
            raise Refusal("invalid_title", f"A title has 1 to {limits.BOOKMARK_TITLE} characters.")
        if len(link) > limits.BOOKMARK_LINK or not ADDRESS.fullmatch(link):
            raise Refusal("invalid_link", "The link is an address that begins with http(s)://.")
        if len(channel.bookmarks) >= limits.BOOKMARKS:
            raise Refusal("too_many_bookmarks", "The channel has no room for another one.", 409)
        mark = Bookmark(
            id=self._workspace.ids.make("Bk"),
            title=title.strip(),
            link=link,
            created=self._workspace.seconds(),
            updated_by=request.user().id,
        )
        gathering.set_bookmarks(self._workspace, channel, (*channel.bookmarks, mark))
        return {"ok": True, "bookmark": mark.id}

    async def remove_bookmark(self, request: Request) -> Json:
        channel, gone = _own_channel(request), request.text("bookmark")
        rest = tuple(mark for mark in channel.bookmarks if mark.id != gone)
        if len(rest) == len(channel.bookmarks):
            raise Refusal("not_found", "That bookmark is not there any more.", 404)
        gathering.set_bookmarks(self._workspace, channel, rest)
        return {"ok": True}

    async def kick(self, request: Request) -> Json:
        channel, target = _own_room(request), request.person(request.text("who"))
        require_full_member(request.user(), "remove others")
        if target.id == request.user().id:
            raise Refusal("cant_kick_self", "To go oneself is to leave the channel.", 409)
        if channel.is_general and not target.is_bot:
            raise Refusal("cant_kick_from_general", "Nobody can be removed from there.", 409)
        if target.id in channel.members:
            gathering.leave(self._workspace, channel, target.id)
        return {"ok": True}


def _own_room(request: Request) -> Channel:
    channel = _own_channel(request)
    require_room(channel)
    return channel


def _own_channel(request: Request) -> Channel:
    channel = request.channel()
    require_voice(channel, request.user())
    return channel
