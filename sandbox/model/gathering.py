"""Channels over their life: created, renamed, joined, left, archived, given topics and links."""

from dataclasses import replace

from sandbox.facts import limits
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
    if not private:
        event = {"type": "channel_created", "channel": _new_channel(channel, workspace)}
        _tell(workspace, channel, event)
    return join(workspace, channel, creator)


def _new_channel(channel: Channel, workspace: Workspace) -> Json:
    """A channel as all are told of it: without what depends on who looks."""
    shown = channel_json(channel, workspace, viewer=channel.creator)
    for name in ("is_member", "is_frozen", "parent_conversation"):
        shown.pop(name, None)
    return shown | {"is_moved": 0, "internal_team_ids": [workspace.team.id]}


def open_direct(workspace: Workspace, members: tuple[str, ...]) -> Channel:
    """The direct message of exactly these people, made when it does not exist."""
    return settle(workspace, plan_direct(workspace, members))


def plan_direct(workspace: Workspace, members: tuple[str, ...]) -> Channel:
    """The direct message of exactly these people, which may not exist yet."""
    for known in workspace.channels.values():
        if known.is_direct and sorted(known.members) == sorted(members):
            return known
    one_to_one = len(members) <= 2
    return Channel(
        id=workspace.ids.make("D" if one_to_one else "G"),
        name="" if one_to_one else _names_of(members, workspace),
        creator=members[0],
        created=workspace.seconds(),
        is_private=True,
        is_im=one_to_one,
        is_mpim=not one_to_one,
        members=members,
    )


def settle(workspace: Workspace, channel: Channel) -> Channel:
    """Let a planned direct message exist; one that exists already stays as it is."""
    if channel.id in workspace.channels:
        return channel
    workspace.messages[channel.id] = {}
    _store(workspace, channel)
    if channel.is_im:
        shown = channel_json(channel, workspace, viewer=workspace.team.bot_user_id)
        event = {"type": "im_created", "user": channel.creator, "channel": shown}
        _tell(workspace, channel, event)
    return channel


def _names_of(members: tuple[str, ...], workspace: Workspace) -> str:
    """Group messages are named after those in them, as far as a name has room."""
    names = "--".join(workspace.users[member].name for member in members)
    return f"mpdm-{names}-1"[: limits.CHANNEL_NAME]


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
    if user == workspace.team.bot_user_id:
        _tell(workspace, channel, {"type": f"{noun}_left", "channel": channel.id})
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
    say(workspace, channel.id, user, f"{_noun(channel)}_archive", text=text, team=workspace.team.id)
    channel = _store(workspace, replace(channel, is_archived=True))
    event = {"type": f"{_noun(channel)}_archive", "channel": channel.id, "user": user}
    _tell(workspace, channel, event | {"is_moved": 0})
    return channel


def unarchive(workspace: Workspace, channel: Channel, user: str) -> Channel:
    channel = _store(workspace, replace(channel, is_archived=False))
    text = f"<@{user}> un-archived the channel"
    say(workspace, channel.id, user, f"{_noun(channel)}_unarchive", text=text)
    # Slack names whoever did it differently for private channels.
    who = "actor_id" if channel.is_private else "user"
    event = {"type": f"{_noun(channel)}_unarchive", "channel": channel.id, who: user}
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


def set_open(workspace: Workspace, channel: Channel, *, is_open: bool) -> Channel:
    """Take a direct message off the app's list, or put it back."""
    return _store(workspace, replace(channel, is_open=is_open))


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
