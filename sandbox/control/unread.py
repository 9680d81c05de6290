"""What a person has not read yet, counted from what they have, below /_sandbox/unread."""

import json
from collections.abc import Iterator

from aiohttp import web

from sandbox.control.reading import Request, read_request
from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.model.channels import Channel
from sandbox.model.messages import Message
from sandbox.world import World

EVERYBODY = ("<!here", "<!channel", "<!everyone")
# Comings and goings do not make a channel bold.
QUIET = ("_join", "_leave", "_topic", "_purpose", "_name", "_archive", "_unarchive", "pinned_item")


class UnreadRoute:
    def __init__(self, world: World) -> None:
        self._world = world

    def register(self, app: web.Application) -> None:
        app.router.add_post("/_sandbox/unread", self.unread)

    async def unread(self, given: web.Request) -> web.Response:
        """`read` holds the last message seen per channel, `since` counts where there is none."""
        workspace = self._world.workspace
        request = await read_request(workspace, given)
        user, since, read = request.user().id, request.text("since"), _read(request)
        shown: Json = {}
        for channel in workspace.channels.values():
            if user not in channel.members or channel.is_archived:
                continue
            fresh = list(self._fresh(channel, user, read.get(channel.id, since)))
            if fresh:
                mentions = sum(channel.is_direct or _mentions(one, user) for one in fresh)
                shown[channel.id] = {
                    "first": fresh[-1].ts,
                    "count": len(fresh),
                    "mentions": mentions,
                }
        return web.json_response({"ok": True, "channels": shown})

    def _fresh(self, channel: Channel, user: str, last: str) -> Iterator[Message]:
        """The channel's messages after the last one read, newest first."""
        for message in reversed(self._world.workspace.messages[channel.id].values()):
            if _order(message.ts) <= _order(last):
                return
            hidden = message.ephemeral_to not in ("", user) or message.user == user
            reply = message.is_reply and message.subtype != "thread_broadcast"
            if not hidden and not reply and not message.subtype.endswith(QUIET):
                yield message


def _mentions(message: Message, user: str) -> bool:
    blocks = json.dumps(message.blocks)
    words = message.text + blocks
    named = f"<@{user}" in words or f'"user_id": "{user}"' in blocks
    return named or any(call in words for call in EVERYBODY) or '"type": "broadcast"' in blocks


def _read(request: Request) -> dict[str, str]:
    read = request.body.get("read") or {}
    if not isinstance(read, dict) or not all(isinstance(ts, str) for ts in read.values()):
        raise Refusal("invalid_request", "`read` is {channel: the ts of the last message read}.")
    return read


def _order(ts: str) -> tuple[int, int]:
    whole, _, rest = ts.partition(".")
    if not (whole.isdecimal() and (rest or "0").isdecimal()):
        raise Refusal("invalid_request", f"{ts!r} is not the ts of a message.")
    return int(whole), int(rest.ljust(6, "0")[:6] or 0)
