"""Writing, editing and deleting messages, and marking them with reactions and pins."""

from dataclasses import replace

from sandbox.json_types import Json
from sandbox.model.changes import Change
from sandbox.model.channels import Channel, Pin
from sandbox.model.linking import note_links
from sandbox.model.message_wire import message_json, permalink
from sandbox.model.messages import Draft, Message, Reaction
from sandbox.model.workspace import Workspace

TOMBSTONE = "tombstone"


def post(workspace: Workspace, draft: Draft) -> Message:
    message = Message(
        ts=workspace.next_ts(),
        channel=draft.channel,
        user=draft.user,
        text=draft.text,
        blocks=draft.blocks,
        attachments=draft.attachments,
        thread_ts=draft.thread_ts,
        metadata=draft.metadata,
        bot_id=draft.bot_id,
        username=draft.username,
        ephemeral_to=draft.ephemeral_to,
        client_msg_id=draft.client_msg_id,
        subtype="thread_broadcast" if draft.broadcast and draft.thread_ts else draft.subtype,
        files=draft.files,
        extra=dict(draft.extra),
    )
    _store(workspace, message)
    note_links(workspace, message)
    return message


def say(workspace: Workspace, channel: str, user: str, subtype: str, **parts: object) -> Message:
    """A system message, such as the one that somebody has joined; `text` is among the parts."""
    text = str(parts.pop("text"))
    ts = workspace.next_ts()
    return _store(
        workspace,
        Message(ts=ts, channel=channel, user=user, text=text, subtype=subtype, extra=dict(parts)),
    )


def _store(workspace: Workspace, message: Message) -> Message:
    workspace.keep(message)
    if message.ephemeral_to:
        workspace.tell(
            Change(
                type="ephemeral",
                channel=message.channel,
                ts=message.ts,
                user=message.ephemeral_to,
            )
        )
        return message
    event = message_json(message, workspace) | _place(workspace, message)
    workspace.tell(_change("message", message, event))
    return message


def edit(workspace: Workspace, before: Message, after: Message) -> Message:
    """Replace a message by its edited self and tell everybody."""
    workspace.keep(after)
    if after.ephemeral_to:
        change = Change(
            type="ephemeral", channel=after.channel, ts=after.ts, user=after.ephemeral_to
        )
        workspace.tell(change)
        return after
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": message_json(after, workspace),
        "previous_message": message_json(before, workspace),
        **_place(workspace, after),
        "ts": workspace.next_ts(),
    }
    workspace.tell(_change("message_changed", after, event))
    return after


def delete(workspace: Workspace, message: Message) -> None:
    """Take a message away; where people have answered, a tombstone keeps its place."""
    if not message.ephemeral_to and workspace.replies(message.channel, message.ts):
        _bury(workspace, message)
        return
    _remove(workspace, message)
    parent = workspace.message(message.channel, message.thread_ts)
    if parent and parent.subtype == TOMBSTONE and not workspace.replies(parent.channel, parent.ts):
        _remove(workspace, parent)


def _bury(workspace: Workspace, message: Message) -> None:
    _unpin_silently(workspace, message)
    stone = Message(
        ts=message.ts,
        channel=message.channel,
        thread_ts=message.thread_ts,
        user="USLACKBOT",
        text="This message was deleted.",
        subtype=TOMBSTONE,
        extra={"hidden": True},
    )
    edit(workspace, message, stone)


def _unpin_silently(workspace: Workspace, message: Message) -> None:
    channel = workspace.channels[message.channel]
    pins = tuple(pin for pin in channel.pins if pin.ts != message.ts)
    workspace.channels[channel.id] = replace(channel, pins=pins)


def _remove(workspace: Workspace, message: Message) -> None:
    previous = message_json(message, workspace)
    del workspace.messages[message.channel][message.ts]
    _unpin_silently(workspace, message)
    if message.ephemeral_to:
        workspace.tell(Change(type="ephemeral", channel=message.channel, user=message.ephemeral_to))
        return
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": message.ts,
        "previous_message": previous,
        **_place(workspace, message),
        "ts": workspace.next_ts(),
    }
    workspace.tell(_change("message_deleted", message, event))


def react(workspace: Workspace, message: Message, user: str, name: str) -> None:
    others = {reaction.name: reaction.users for reaction in message.reactions}
    others[name] = (*others.get(name, ()), user)
    _set_reactions(workspace, message, others)
    workspace.tell(_reaction_change("reaction_added", message, user, name))


def unreact(workspace: Workspace, message: Message, user: str, name: str) -> None:
    others = {reaction.name: reaction.users for reaction in message.reactions}
    others[name] = tuple(other for other in others.get(name, ()) if other != user)
    _set_reactions(workspace, message, others)
    workspace.tell(_reaction_change("reaction_removed", message, user, name))


def _set_reactions(
    workspace: Workspace, message: Message, users: dict[str, tuple[str, ...]]
) -> None:
    reactions = tuple(Reaction(name=name, users=who) for name, who in users.items() if who)
    workspace.keep(replace(message, reactions=reactions))


def _reaction_change(kind: str, message: Message, user: str, name: str) -> Change:
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": item,
        "item_user": message.user,
    }
    return _change("message_changed", message, event)


def pin(workspace: Workspace, channel: Channel, message: Message, user: str) -> None:
    mark = Pin(ts=message.ts, by=user, created=workspace.seconds())
    workspace.channels[channel.id] = replace(channel, pins=(*channel.pins, mark))
    workspace.tell(_change("message_changed", message, _pin_event(workspace, message, user, mark)))
    item = {"type": "C", "channel": channel.id, "ts": message.ts}
    text = f"<@{user}> pinned a message to this channel."
    say(workspace, channel.id, user, "pinned_item", text=text, item_type="C", item=item)


def unpin(workspace: Workspace, channel: Channel, message: Message, user: str) -> None:
    mark = next(pin for pin in channel.pins if pin.ts == message.ts)
    rest = tuple(pin for pin in channel.pins if pin.ts != message.ts)
    workspace.channels[channel.id] = replace(channel, pins=rest)
    event = _pin_event(workspace, message, user, mark)
    event |= {"type": "pin_removed", "has_pins": bool(rest)}
    workspace.tell(_change("message_changed", message, event))


def _pin_event(workspace: Workspace, message: Message, user: str, mark: Pin) -> Json:
    return {
        "type": "pin_added",
        "user": user,
        "channel_id": message.channel,
        "item": pin_item(workspace, message, mark),
        "item_user": message.user,
        "pin_count": len(workspace.channels[message.channel].pins),
        "pinned_info": {
            "channel": message.channel,
            "pinned_by": mark.by,
            "pinned_ts": mark.created,
        },
    }


def pin_item(workspace: Workspace, message: Message, mark: Pin) -> Json:
    content = message_json(message, workspace) | {"permalink": permalink(message, workspace)}
    return {
        "type": "message",
        "created": mark.created,
        "created_by": mark.by,
        "channel": message.channel,
        "message": content,
    }


def _place(workspace: Workspace, message: Message) -> Json:
    family = workspace.channels[message.channel].family
    kind = {"channels": "channel", "groups": "group"}.get(family, family)
    return {"channel": message.channel, "channel_type": kind}


def _change(kind: str, message: Message, event: Json) -> Change:
    return Change(type=kind, channel=message.channel, ts=message.ts, user=message.user, event=event)
