"""reactions.*: emoji on messages."""

import re

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model.channels import Channel
from sandbox.model.messages import Message
from sandbox.model.posting import react, unreact
from sandbox.web_api.call import Call
from sandbox.web_api.rooms import TS, find_channel, find_message, require_member, require_open

NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")


def add(call: Call) -> Json:
    channel, message = _item(call)
    require_member(call, channel, "no_access")
    require_open(channel)
    name = call.text("name")
    users = {reaction.name: reaction.users for reaction in message.reactions}
    if call.caller in users.get(name, ()):
        raise SlackError("already_reacted")
    if name not in users and len(users) >= limits.EMOJI_PER_MESSAGE:
        raise SlackError("too_many_emoji")
    react(call.workspace, message, call.caller, name)
    return {}


def remove(call: Call) -> Json:
    _, message = _item(call)
    name = call.text("name")
    users = {reaction.name: reaction.users for reaction in message.reactions}
    if call.caller not in users.get(name, ()):
        raise SlackError("no_reaction")
    unreact(call.workspace, message, call.caller, name)
    return {}


def _item(call: Call) -> tuple[Channel, Message]:
    if not NAME.fullmatch(call.text("name")):
        raise SlackError("invalid_name")
    if not call.text("channel") or not call.text("timestamp"):
        raise SlackError("no_item_specified")
    if not TS.fullmatch(call.text("timestamp")):
        raise SlackError("bad_timestamp")
    channel = find_channel(call)
    return channel, find_message(call, channel, "timestamp")
