"""reactions.*: emoji on messages."""

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.facts.emoji import is_emoji
from sandbox.json_types import Json
from sandbox.model.channels import Channel
from sandbox.model.file_wire import file_json
from sandbox.model.filing import is_visible
from sandbox.model.message_wire import message_json, permalink
from sandbox.model.messages import Message
from sandbox.model.posting import react, unreact
from sandbox.web_api.call import PAGE, Call
from sandbox.web_api.paging import paged
from sandbox.web_api.rooms import (
    TS,
    find_channel,
    find_message,
    find_user,
    refusal,
    require_member,
    require_open,
)


def add(call: Call) -> Json:
    name = _name(call)
    channel, message = _item(call)
    require_member(call, channel, "no_access")
    require_open(channel)
    users = _users(message)
    if call.caller in users.get(name, ()):
        raise SlackError("already_reacted")
    if name not in users and len(users) >= limits.EMOJI_PER_MESSAGE:
        raise SlackError("too_many_emoji")
    if sum(call.caller in who for who in users.values()) >= limits.REACTIONS_PER_USER:
        raise SlackError("too_many_reactions")
    react(call.workspace, message, call.caller, name)
    return {}


def remove(call: Call) -> Json:
    name = _name(call)
    _refuse_files(call)
    channel, message = _item(call)
    require_member(call, channel, "no_access")
    require_open(channel, "no_access")
    if call.caller not in _users(message).get(name, ()):
        raise SlackError("no_reaction")
    unreact(call.workspace, message, call.caller, name)
    return {}


def get(call: Call) -> Json:
    if call.text("file"):
        file = call.workspace.files.get(call.text("file"))
        if file is None or not is_visible(call.workspace, file, call.caller):
            raise SlackError("file_not_found")
        return {"type": "file", "file": file_json(file, call.workspace)}
    _refuse_files(call)
    channel, message = _item(call)
    return {"type": "message", "channel": channel.id, "message": _linked(call, message)}


def list_reactions(call: Call) -> Json:
    """What somebody has reacted to, newest first, as far as the caller may see it."""
    user = find_user(call, call.text("user") or call.caller).id
    rows = [
        message
        for channel in call.workspace.channels.values()
        if not channel.is_private or call.caller in channel.members
        for message in call.workspace.messages[channel.id].values()
        if any(user in reaction.users for reaction in message.reactions)
    ]
    rows.sort(key=lambda message: float(message.ts), reverse=True)
    if call.text("cursor") or call.number("limit", 0):
        limit = call.number("limit", PAGE) or PAGE
        if limit < 1:
            raise call.invalid("limit must be positive")
        page, metadata = call.page(rows, limit)
    else:
        page, paging = paged(call, rows, PAGE)
        metadata = {"paging": paging, "response_metadata": {"next_cursor": ""}}
    items = [
        {"type": "message", "channel": row.channel, "message": _linked(call, row)} for row in page
    ]
    return {"items": items, **metadata}


def _linked(call: Call, message: Message) -> Json:
    link = {"permalink": permalink(message, call.workspace)}
    return message_json(message, call.workspace) | link


def _users(message: Message) -> dict[str, tuple[str, ...]]:
    return {reaction.name: reaction.users for reaction in message.reactions}


def _name(call: Call) -> str:
    """The emoji, one of Slack's or of the workspace's own; colons are forgiven."""
    name = call.text("name").strip(":")
    if not is_emoji(name) and name not in call.workspace.emoji:
        raise SlackError("invalid_name")
    return name


def _refuse_files(call: Call) -> None:
    for kind in ("file", "file_comment"):
        if call.text(kind):
            raise refusal(call, f"{kind}_not_found", f"reactions to a {kind} are not kept here")


def _item(call: Call) -> tuple[Channel, Message]:
    if not call.text("channel") or not call.text("timestamp"):
        raise SlackError("no_item_specified")
    if not TS.fullmatch(call.text("timestamp")):
        raise SlackError("bad_timestamp")
    channel = find_channel(call)
    return channel, find_message(call, channel, "timestamp")
