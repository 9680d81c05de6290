"""Files over their life: announced, received, shared, deleted."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import replace

from sandbox.json_types import Json
from sandbox.model.changes import Change
from sandbox.model.files import File, Share
from sandbox.model.messages import Draft, Message
from sandbox.model.posting import post
from sandbox.model.workspace import Workspace


def announce(workspace: Workspace, file: File) -> File:
    """Make room for a file whose content is still to come."""
    workspace.files[file.id] = file
    return file


def receive(workspace: Workspace, file: File, content: bytes) -> File:
    received = replace(file, ticket="", content=b64encode(content).decode())
    workspace.files[file.id] = received
    return received


def content_of(file: File) -> bytes:
    return b64decode(file.content)


def complete(workspace: Workspace, file: File, title: str) -> File:
    """The upload is over: the file exists from now on."""
    done = replace(file, title=title or file.title or file.name, is_complete=True)
    workspace.files[file.id] = done
    _tell(workspace, done, {"type": "file_created"})
    return done


def share(workspace: Workspace, draft: Draft) -> Message:
    """Post a message with files; it is one of theirs from then on."""
    message = post(workspace, replace(draft, subtype="file_share"))
    for file in _named(workspace, draft.files):
        place = Share(channel=message.channel, ts=message.ts, thread_ts=message.thread_ts)
        shared = replace(file, shares=(*file.shares, place))
        workspace.files[file.id] = shared
        _tell(workspace, shared, {"type": "file_shared", "channel_id": message.channel})
    return message


def upload(workspace: Workspace, draft: Draft, name: str, content: bytes) -> Message:
    """A person shares a file, all in one step."""
    file = File(
        id=workspace.ids.make("F"),
        name=name,
        user=draft.user,
        size=len(content),
        created=workspace.seconds(),
    )
    complete(workspace, receive(workspace, announce(workspace, file), content), name)
    return share(workspace, replace(draft, files=(file.id,)))


def delete(workspace: Workspace, file: File) -> None:
    """Forget the content; messages keep a tombstone."""
    gone = replace(file, content="", is_deleted=True)
    workspace.files[file.id] = gone
    event = {"type": "file_deleted", "file_id": file.id}
    workspace.tell(Change(type="file", user=file.user, event=event))


def is_visible(workspace: Workspace, file: File, user: str) -> bool:
    """A file is seen by who made it, and by those who see a message it was shared with."""
    rooms = [workspace.channels[share.channel] for share in file.shares]
    open_to = any(not room.is_private or user in room.members for room in rooms)
    return file.is_complete and (file.user == user or open_to)


def _named(workspace: Workspace, ids: Iterable[str]) -> list[File]:
    return [workspace.files[name] for name in ids]


def _tell(workspace: Workspace, file: File, event: Json) -> None:
    event = {**event, "file_id": file.id, "user_id": file.user, "file": {"id": file.id}}
    channel = str(event.get("channel_id", ""))
    workspace.tell(Change(type="file", channel=channel, user=file.user, event=event))
