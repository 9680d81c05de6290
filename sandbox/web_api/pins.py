"""pins.*: messages kept at hand in a channel."""

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model.channels import Channel
from sandbox.model.messages import Message
from sandbox.model.posting import pin, pin_item, unpin
from sandbox.web_api.call import Call
from sandbox.web_api.rooms import (
    TS,
    find_channel,
    find_message,
    places,
    require_member,
    require_open,
)


def add(call: Call) -> Json:
    channel, message = _item(call)
    require_member(call, channel)
    require_open(channel, "not_pinnable")
    if message.is_notice:
        raise SlackError("not_pinnable")
    if any(mark.ts == message.ts for mark in channel.pins):
        raise SlackError("already_pinned")
    if len(channel.pins) >= limits.PINS:
        raise SlackError("too_many_pins")
    call.refuse_preferences(*places(channel))
    pin(call.workspace, channel, message, call.caller)
    return {}


def remove(call: Call) -> Json:
    channel, message = _item(call)
    require_member(call, channel, "restricted_action")
    require_open(channel, "restricted_action")
    if not any(mark.ts == message.ts for mark in channel.pins):
        raise SlackError("not_pinned")
    call.refuse_preferences(*places(channel))
    unpin(call.workspace, channel, message, call.caller)
    return {}


def list_pins(call: Call) -> Json:
    channel = find_channel(call)
    items = [
        pin_item(call.workspace, message, mark)
        for mark in reversed(channel.pins)
        if (message := call.workspace.message(channel.id, mark.ts))
    ]
    return {"items": items}


def _item(call: Call) -> tuple[Channel, Message]:
    if not call.text("timestamp"):
        raise SlackError("no_item_specified")
    if not TS.fullmatch(call.text("timestamp")):
        raise SlackError("bad_timestamp")
    channel = find_channel(call)
    return channel, find_message(call, channel, "timestamp")
