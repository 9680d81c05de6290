"""The addresses files are sent to and fetched from."""

from aiohttp import web

from sandbox.bodies import form_of
from sandbox.errors import Refusal
from sandbox.facts.file_types import BINARY, FILE_TYPES
from sandbox.model.files import File
from sandbox.model.filing import content_of, is_visible, receive
from sandbox.world import World

# What a browser may show by itself; anything else is only handed over.
SHOWN_TYPES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp", "text/plain"})
FILE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


class FileDoors:
    def __init__(self, world: World) -> None:
        self._world = world

    def register(self, app: web.Application) -> None:
        app.router.add_post("/upload/v1/{ticket}", self.upload)
        app.router.add_get("/files-pri/{file}/{name}", self.fetch)
        app.router.add_get("/files-pri/{file}/download/{name}", self.fetch)
        app.router.add_get("/_sandbox/files/{file}", self.show)

    async def upload(self, request: web.Request) -> web.Response:
        """Take the content of an announced file, once, and no other number of bytes."""
        # Read first: of two that come at the same time only one may find the ticket.
        try:
            content = await _content(request)
        except ValueError:
            return web.Response(status=400, text="invalid_form_data")
        ticket = request.match_info["ticket"]
        files = self._world.workspace.files.values()
        file = next((one for one in files if one.ticket == ticket), None)
        if file is None:
            return web.Response(status=404, text="The upload URL is not known, or was used before.")
        if len(content) != file.size:
            text = f"{file.size} bytes were announced, but {len(content)} came."
            return web.Response(status=400, text=text)
        receive(self._world.workspace, file, content)
        return web.Response(text=f"OK - {len(content)}")

    async def fetch(self, request: web.Request) -> web.Response:
        """Hand a file to the app; without a token Slack would show its login page."""
        _, _, name = request.match_info["file"].rpartition("-")
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        token = self._world.credentials.find(secret.strip()) if secret else None
        if scheme.lower() != "bearer" or token is None or "files:read" not in token.scopes:
            return web.Response(
                status=403, text="A token with the scope files:read is needed to fetch a file."
            )
        file = self._found(name, token.user)
        if file is None:
            return web.Response(status=404, text="There is no such file.")
        return _served(file, download="download" in request.path)

    async def show(self, request: web.Request) -> web.Response:
        """Hand a file to the page."""
        file = self._world.workspace.files.get(request.match_info["file"])
        if file is None or file.is_deleted or not file.is_complete:
            raise Refusal("file_not_found", "There is no such file.", 404)
        return _served(file, download="download" in request.query)

    def _found(self, name: str, user: str) -> File | None:
        workspace = self._world.workspace
        file = workspace.files.get(name)
        if file is None or file.is_deleted or not is_visible(workspace, file, user):
            return None
        return file


async def _content(request: web.Request) -> bytes:
    """The raw body, or the first file of a form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await form_of(request)
    for value in form.values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""


def _served(file: File, *, download: bool) -> web.Response:
    mimetype = FILE_TYPES.get(file.extension, BINARY).mimetype
    headers = dict(FILE_HEADERS)
    if download or mimetype not in SHOWN_TYPES:
        headers["Content-Disposition"] = "attachment"
    return web.Response(body=content_of(file), content_type=mimetype, headers=headers)
