"""Files people put into a form, below /_sandbox/act: held for the app, shared with no channel."""

import binascii
from base64 import b64decode

from aiohttp import web

from sandbox.control.acts import door
from sandbox.control.reading import Request
from sandbox.deliveries.choosing import find_element
from sandbox.errors import Refusal
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model import filing
from sandbox.model.file_wire import file_json
from sandbox.model.files import File
from sandbox.world import World


class Attaching:
    def __init__(self, world: World) -> None:
        self._world = world
        self._workspace = world.workspace

    def register(self, app: web.Application) -> None:
        app.router.add_post("/_sandbox/act/attach", door(self._world, self.attach))

    async def attach(self, request: Request) -> Json:
        """Hold a file for one element of a form; the form names it when it is submitted."""
        workspace, view, content = self._workspace, request.view(), _content(request)
        action = request.text("action_id")
        _, element = find_element(view.blocks, request.text("block_id", ""), action)
        file = File(
            id=workspace.ids.make("F"),
            name=request.text("name"),
            user=request.user().id,
            size=len(content),
            created=workspace.seconds(),
        )
        _require_fitting(element, file)
        received = filing.receive(workspace, filing.announce(workspace, file), content)
        held = filing.complete(workspace, received, file.name)
        return {"ok": True, "file": file_json(held, workspace)}


def _require_fitting(element: Json, file: File) -> None:
    if element["type"] != "file_input":
        raise Refusal("invalid_request", f"{element['action_id']} takes no files.")
    types = element.get("filetypes")
    if types and file.extension not in types:
        raise Refusal("invalid_request", f"Only files of these types fit here: {', '.join(types)}.")


def _content(request: Request) -> bytes:
    try:
        content = b64decode(request.text("content"), validate=True)
    except binascii.Error as problem:
        raise Refusal("invalid_request", "The content of a file is sent as Base64.") from problem
    if len(content) > limits.FILE_BYTES:
        raise Refusal("too_large", f"A file holds at most {limits.FILE_BYTES} bytes here.")
    return content
