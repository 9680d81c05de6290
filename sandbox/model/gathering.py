"""Channels over their life: created, renamed, joined, left, archived, given topics and links."""

from dataclasses import replace

from sandbox.json_types import Json
from sandbox.model.changes import Change
from sandbox.model.channels import Bookmark, Channel, Note
from sandbox.model.posting import say
from sandbox.model.wire import channel_json
from sandbox.model.workspace import Workspace


def create_channel(workspace: Workspace, name: str, creator: str, *, private: bool) -> Channel:
    channel = Channel(
        id=workspace.ids.make("C"),
        name=name,
        creator=creator,
        created=workspace.seconds(),
        is_private=private,
    )
    workspace.messages[channel.id] = {}
    _store(workspace, channel)
    shown = channel_json(channel, workspace, viewer=creator)
    if not private:
        _tell(workspace, channel, {"type": "channel_created", "channel": shown})
    return join(workspace, channel, creator)


def open_direct(workspace: Workspace, members: tuple[str, ...]) -> Channel:
    """The direct message of exactly these people, made when it does not exist."""
    for known in workspace.channels.values():
        if known.is_direct and sorted(known.members) == sorted(members):
            return known
    one_to_one = len(members) <= 2
    channel = Channel(
        id=workspace.ids.make("D" if one_to_one else "G"),
        name="" if one_to_one else "mpdm-" + workspace.ids.hex(8),
        creator=members[0],
        created=workspace.seconds(),
        is_private=True,
        is_im=one_to_one,
        is_mpim=not one_to_one,
        members=members,
    )
    workspace.messages[channel.id] = {}
    return _store(workspace, channel)


def join(workspace: Workspace, channel: Channel, user: str, *, inviter: str = "") -> Channel:
    channel = _store(workspace, replace(channel, members=(*channel.members, user)))
    parts: Json = {"inviter": inviter} if inviter else {}
    subtype = "group_join" if channel.is_private else "channel_join"
    noun = "group" if channel.is_private else "channel"
    text = f"<@{user}> has joined the {noun}"
    say(workspace, channel.id, user, subtype, text=text, **parts)
    event = _membership_event("member_joined_channel", workspace, channel, user)
    _tell(workspace, channel, event | parts)
    return channel


def leave(workspace: Workspace, channel: Channel, user: str) -> Channel:
    members = tuple(member for member in channel.members if member != user)
    subtype = "group_leave" if channel.is_private else "channel_leave"
    noun = "group" if channel.is_private else "channel"
    say(workspace, channel.id, user, subtype, text=f"<@{user}> has left the {noun}")
    event = _membership_event("member_left_channel", workspace, channel, user)
    _tell(workspace, channel, event)
    return _store(workspace, replace(channel, members=members))


def rename(workspace: Workspace, channel: Channel, name: str, user: str) -> Channel:
    before = channel.name
    renamed = replace(channel, name=name, previous_names=(before, *channel.previous_names))
    channel = _store(workspace, renamed)
    text = f'<@{user}> has renamed the channel from "{before}" to "{name}"'
    say(workspace, channel.id, user, "channel_name", text=text, old_name=before, name=name)
    shown = {
        "id": channel.id,
        "is_channel": not channel.is_private,
        "is_mpim": channel.is_mpim,
        "name": name,
        "name_normalized": name,
        "created": channel.created,
    }
    _tell(workspace, channel, {"type": f"{_noun(channel)}_rename", "channel": shown})
    return channel


def archive(workspace: Workspace, channel: Channel, user: str) -> Channel:
    text = f"<@{user}> archived the channel"
    say(workspace, channel.id, user, f"{_noun(channel)}_archive", text=text, members=[])
    channel = _store(workspace, replace(channel, is_archived=True))
    event = {"type": f"{_noun(channel)}_archive", "channel": channel.id, "user": user}
    _tell(workspace, channel, event | {"is_moved": 0})
    return channel


def unarchive(workspace: Workspace, channel: Channel, user: str) -> Channel:
    channel = _store(workspace, replace(channel, is_archived=False))
    text = f"<@{user}> un-archived the channel"
    say(workspace, channel.id, user, f"{_noun(channel)}_unarchive", text=text)
    event = {"type": f"{_noun(channel)}_unarchive", "channel": channel.id, "user": user}
    _tell(workspace, channel, event)
    return channel


def set_topic(workspace: Workspace, channel: Channel, topic: str, user: str) -> Channel:
    note = Note(value=topic, creator=user, last_set=workspace.seconds())
    channel = _store(workspace, replace(channel, topic=note))
    text = f"<@{user}> set the channel topic: {topic}"
    say(workspace, channel.id, user, f"{_noun(channel)}_topic", text=text, topic=topic)
    return channel


def set_purpose(workspace: Workspace, channel: Channel, purpose: str, user: str) -> Channel:
    note = Note(value=purpose, creator=user, last_set=workspace.seconds())
    channel = _store(workspace, replace(channel, purpose=note))
    text = f"<@{user}> set the channel purpose: {purpose}"
    say(workspace, channel.id, user, f"{_noun(channel)}_purpose", text=text, purpose=purpose)
    return channel


def set_bookmarks(
    workspace: Workspace, channel: Channel, bookmarks: tuple[Bookmark, ...]
) -> Channel:
    return _store(workspace, replace(channel, bookmarks=bookmarks))


def _noun(channel: Channel) -> str:
    return "group" if channel.is_private else "channel"


def _membership_event(kind: str, workspace: Workspace, channel: Channel, user: str) -> Json:
    return {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": workspace.team.id,
    }


def _store(workspace: Workspace, channel: Channel) -> Channel:
    workspace.channels[channel.id] = channel
    workspace.tell(Change(type="channel", channel=channel.id))
    return channel


def _tell(workspace: Workspace, channel: Channel, event: Json) -> None:
    workspace.tell(Change(type="channel", channel=channel.id, event=event))
