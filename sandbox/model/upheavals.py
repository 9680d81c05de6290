"""What seldom befalls a channel: deleted, converted, shared, or going on under another id."""

from dataclasses import replace

from sandbox.json_types import Json
from sandbox.model.belongings import drop_belongings, move_belongings
from sandbox.model.changes import Change
from sandbox.model.channels import Channel
from sandbox.model.posting import say
from sandbox.model.workspace import Workspace

FOREIGN_TEAM = "T0NEIGHBOR"


def delete_channel(workspace: Workspace, channel: Channel, user: str) -> None:
    """The channel and all that was said in it are gone."""
    kind = "group_deleted" if channel.is_private else "channel_deleted"
    event = {"type": kind, "channel": channel.id, "actor_id": user}
    # Told before it is gone: who sees it depends on who was in it.
    workspace.tell(Change(type="channel", channel=channel.id, event=event))
    del workspace.channels[channel.id]
    workspace.messages.pop(channel.id, None)
    _forget_threads(workspace, channel.id)
    drop_belongings(workspace, channel.id)


def change_id(workspace: Workspace, channel: Channel) -> Channel:
    """Give the channel a new id, as sharing it or merging organisations does."""
    moved = replace(channel, id=workspace.ids.make("C"))
    workspace.channels[moved.id] = moved
    room = workspace.messages.pop(channel.id)
    workspace.messages[moved.id] = {}
    _forget_threads(workspace, channel.id)
    for message in room.values():
        workspace.keep(replace(message, channel=moved.id))
    move_belongings(workspace, channel.id, moved.id)
    event: Json = {
        "type": "channel_id_changed",
        "old_channel_id": channel.id,
        "new_channel_id": moved.id,
    }
    workspace.tell(Change(type="channel", channel=moved.id, event=event))
    del workspace.channels[channel.id]
    return moved


def convert(workspace: Workspace, channel: Channel, user: str) -> Channel:
    """A public channel becomes a private one, or the other way; Slack says so in it only."""
    workspace.channels[channel.id] = converted = replace(channel, is_private=not channel.is_private)
    kind = "private" if converted.is_private else "public"
    subtype, text = f"channel_convert_to_{kind}", f"<@{user}> made this channel {kind}"
    workspace.tell(Change(type="channel", channel=channel.id))
    say(workspace, channel.id, user, subtype, text=text)
    return converted


def share(workspace: Workspace, channel: Channel, *, shared: bool) -> None:
    """Only told of: who comes in from another organisation is not modelled."""
    connected = {"connected_team_id": FOREIGN_TEAM}
    parted = {"previously_connected_team_id": FOREIGN_TEAM, "is_ext_shared": False}
    event: Json = {
        "type": "channel_shared" if shared else "channel_unshared",
        "channel": channel.id,
        **(connected if shared else parted),
    }
    workspace.tell(Change(type="channel", channel=channel.id, event=event))


def _forget_threads(workspace: Workspace, channel: str) -> None:
    for place in [place for place in workspace.threads if place[0] == channel]:
        del workspace.threads[place]
