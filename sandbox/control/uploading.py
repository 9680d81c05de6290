"""Files people share with a channel, below /_sandbox/act/upload."""

import binascii
from base64 import b64decode

from aiohttp import web

from sandbox.control.acts import door
from sandbox.control.bounds import require_words
from sandbox.control.reading import Request
from sandbox.control.showing import message_json
from sandbox.deliveries.typing import escape_typed
from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.model.filing import upload
from sandbox.model.messages import Draft
from sandbox.referee import note_typed
from sandbox.rights import require_voice
from sandbox.world import World


class Uploading:
    def __init__(self, world: World) -> None:
        self._world = world

    def register(self, app: web.Application) -> None:
        app.router.add_post("/_sandbox/act/upload", door(self._world, self.upload))

    async def upload(self, request: Request) -> Json:
        """A message with a file: `name`, `content` in Base64, and perhaps a `comment`."""
        user, channel, name = request.user(), request.channel(), request.text("name").strip()
        require_voice(channel, user)
        if not name:
            raise Refusal("invalid_request", "The request needs name, the name of a file.")
        comment = request.text("comment", "")
        require_words(comment)
        note_typed(self._world, [name, comment])
        comment = escape_typed(self._world.workspace, comment, labels=False)
        thread = request.message("thread_ts").ts if request.body.get("thread_ts") else ""
        draft = Draft(channel=channel.id, user=user.id, text=comment, thread_ts=thread)
        message = upload(self._world.workspace, draft, name, _content(request))
        return {"ok": True, "message": message_json(self._world.workspace, message)}


def _content(request: Request) -> bytes:
    try:
        return b64decode(request.text("content"), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise Refusal("invalid_request", "The content of the file is text in Base64.") from problem
