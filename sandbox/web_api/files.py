"""files.*: uploads in three steps, and looking at what was uploaded."""

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.facts.file_types import BINARY, FAMILIES, FILE_TYPES, SNIPPET_TYPES
from sandbox.json_types import Json
from sandbox.model import filing
from sandbox.model.file_wire import file_json
from sandbox.model.files import File
from sandbox.web_api.call import PAGE, Call
from sandbox.web_api.paging import paged
from sandbox.web_api.rooms import find_user


def get_upload_url(call: Call) -> Json:
    size = call.number("length", 0)
    if size < 1:
        raise SlackError("missing_argument")
    name, snippet = call.text("filename"), call.text("snippet_type")
    _check_kind(call, name, snippet)
    if len(call.text("alt_txt")) > limits.FILE_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    if snippet and size > limits.SNIPPET_BYTES:
        raise SlackError("snippet_too_large")
    if size > limits.FILE_BYTES:
        raise SlackError("file_upload_size_restricted")
    file = File(
        id=call.workspace.ids.make("F"),
        name=name,
        user=call.caller,
        size=size,
        created=call.workspace.seconds(),
        alt_txt=call.text("alt_txt"),
        snippet_type=snippet,
        ticket=call.workspace.ids.hex(64),
    )
    filing.announce(call.workspace, file)
    return {"upload_url": f"{call.world.url}/upload/v1/{file.ticket}", "file_id": file.id}


def _check_kind(call: Call, name: str, snippet: str) -> None:
    if snippet and snippet not in SNIPPET_TYPES:
        raise SlackError("unknown_snippet_type")
    uploads = call.world.preferences.uploads
    if uploads == "none":
        raise SlackError("file_uploads_disabled")
    kind = FILE_TYPES.get(name.rpartition(".")[2].lower(), BINARY)
    if uploads == "images" and kind.family != "images":
        raise SlackError("file_uploads_except_images_disabled")


def info(call: Call) -> Json:
    file = _find(call)
    answer: Json = {"file": file_json(file, call.workspace), "comments": []}
    return answer | {"response_metadata": {"next_cursor": ""}}


def list_files(call: Call) -> Json:
    wanted = set(call.names("types")) or {"all"}
    if wanted - FAMILIES:
        raise SlackError("unknown_type")
    if call.text("user"):
        find_user(call, call.text("user"))
    rows = [
        file
        for file in reversed(call.workspace.files.values())
        if not file.is_deleted
        and filing.is_visible(call.workspace, file, call.caller)
        and call.text("user") in ("", file.user)
        and _is_of(file, wanted)
        and _is_asked_for(call, file)
    ]
    page, paging = paged(call, rows, PAGE)
    files = [file_json(file, call.workspace) for file in page]
    return {"files": files, "paging": paging}


def _is_of(file: File, wanted: set[str]) -> bool:
    family = "snippets" if file.snippet_type else FILE_TYPES.get(file.extension, BINARY).family
    return "all" in wanted or family in wanted


def _is_asked_for(call: Call, file: File) -> bool:
    channel = call.text("channel")
    if channel and channel not in {share.channel for share in file.shares}:
        return False
    oldest, latest = call.number("ts_from", 0), call.number("ts_to", file.created)
    return oldest <= file.created <= latest


def delete(call: Call) -> Json:
    file = _find(call)
    if file.user != call.caller:
        raise SlackError("cant_delete_file")
    filing.delete(call.workspace, file)
    return {}


def upload(_call: Call) -> Json:
    """The old way in one step, which Slack has switched off."""
    raise SlackError("method_deprecated")


def _find(call: Call) -> File:
    """The file, if the caller may know of it; one that is gone is said to be gone."""
    file = call.workspace.files.get(call.text("file"))
    if file is None or not filing.is_visible(call.workspace, file, call.caller):
        raise SlackError("file_not_found")
    if file.is_deleted:
        raise SlackError("file_deleted")
    return file
