"""files.completeUploadExternal: the last step of an upload, which shares the files."""

from typing import Any

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model import filing
from sandbox.model.channels import Channel
from sandbox.model.file_wire import file_json
from sandbox.model.files import File
from sandbox.model.gathering import plan_direct, settle
from sandbox.model.marking import with_ids
from sandbox.model.messages import Draft
from sandbox.validation.blocks import message_problems
from sandbox.web_api.call import Call
from sandbox.web_api.content import invalid_blocks
from sandbox.web_api.posts import appearance, find_thread


def complete_upload(call: Call) -> Json:
    titles = _titles(call)
    files = [_find(call, name) for name in titles]
    blocks = _blocks(call)
    rooms = _rooms(call)
    threads = [_thread(call, room, len(rooms)) for room in rooms]
    username, icons = appearance(call)
    for file in files:
        filing.complete(call.workspace, file, titles[file.id])
    for room, thread in zip(rooms, threads, strict=True):
        draft = Draft(
            channel=settle(call.workspace, room).id,
            user=call.caller,
            text=call.text("initial_comment"),
            blocks=blocks,
            thread_ts=thread,
            bot_id=call.workspace.team.bot_id if call.token.kind == "bot" else "",
            username=username,
            files=tuple(titles),
            extra=icons,
        )
        filing.share(call.workspace, draft)
    done = [call.workspace.files[name] for name in titles]
    return {"files": [file_json(file, call.workspace) for file in done]}


def _titles(call: Call) -> dict[str, str]:
    """The ids of the files with their titles."""
    given: Any = call.json("files", "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise call.invalid("files must be a list with at least one file")
    for item in given:
        if not isinstance(item, dict) or not isinstance(item.get("id"), str):
            raise call.invalid("every file needs an id")
        if len(str(item.get("highlight_type") or "")) > limits.FILE_HIGHLIGHT_TYPE:
            raise call.invalid("highlight_type is too long")
    return {item["id"]: str(item.get("title") or "") for item in given}


def _find(call: Call, name: str) -> File:
    """A file that was announced and sent, and is not shared yet."""
    file = call.workspace.files.get(name)
    if file is None or file.ticket or file.is_complete:
        raise SlackError("file_not_found")
    if file.user != call.caller:
        raise SlackError("access_denied")
    return file


def _blocks(call: Call) -> tuple[Json, ...]:
    """Blocks count only without a comment."""
    if call.text("initial_comment") or not call.text("blocks"):
        return ()
    blocks = call.json("blocks", "invalid_blocks")
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks")
    if problems := list(message_problems(blocks)):
        raise invalid_blocks(problems)
    return tuple(with_ids(blocks, call.workspace.ids))


def _rooms(call: Call) -> list[Channel]:
    wanted = {name: "invalid_channel" for name in call.names("channels")}
    if call.text("channel_id"):
        wanted[call.text("channel_id")] = "channel_not_found"
    if len(wanted) > limits.FILE_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    return [_room(call, name, error) for name, error in wanted.items()]


def _room(call: Call, name: str, error: str) -> Channel:
    user = call.workspace.users.get(name)
    if user and not user.deleted and not user.is_bot:
        return plan_direct(call.workspace, (call.caller, name))
    room = call.workspace.channels.get(name)
    if room is None or (room.is_private and call.caller not in room.members):
        raise SlackError(error)
    if call.caller not in room.members:
        raise SlackError("not_in_channel")
    if room.is_archived or _is_forbidden(call, room):
        raise SlackError("posting_to_channel_denied")
    return room


def _is_forbidden(call: Call, room: Channel) -> bool:
    """Whoever may not post in a channel may not share files there either."""
    places = ("", f":{room.id}", f":#{room.name}")
    return any(f"chat.postMessage{place}" in call.world.restricted_actions for place in places)


def _thread(call: Call, room: Channel, rooms: int) -> str:
    if call.text("thread_ts") and rooms > 1:
        raise call.invalid("thread_ts goes with one channel only")
    return find_thread(call, room)
