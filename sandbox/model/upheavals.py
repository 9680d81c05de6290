"""What seldom befalls a channel: it is deleted, or goes on under another id."""

from dataclasses import replace

from sandbox.json_types import Json
from sandbox.model.belongings import drop_belongings, move_belongings
from sandbox.model.changes import Change
from sandbox.model.channels import Channel
from sandbox.model.workspace import Workspace


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


def _forget_threads(workspace: Workspace, channel: str) -> None:
    for place in [place for place in workspace.threads if place[0] == channel]:
        del workspace.threads[place]
