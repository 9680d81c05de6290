"""conversations.*: looking at channels, their members and their messages; opening direct ones."""

import re

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model.channels import Channel
from sandbox.model.gathering import plan_direct, set_open, settle
from sandbox.model.message_wire import message_json
from sandbox.model.messages import Message
from sandbox.model.wire import channel_json, unread_json
from sandbox.web_api.call import PAGE, Call
from sandbox.web_api.rooms import FAMILIES, find_channel, find_user, require_member

FAMILY_OF_TYPE = {
    "public_channel": "channels",
    "private_channel": "groups",
    "im": "im",
    "mpim": "mpim",
}


def info(call: Call) -> Json:
    channel = find_channel(call)
    shown = channel_json(channel, call.workspace, viewer=call.caller)
    if channel.is_im:
        shown |= unread_json(channel, call.workspace, viewer=call.caller)
    if call.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    if call.flag("include_locale"):
        shown["locale"] = "en-US"
    return {"channel": shown}


def list_channels(call: Call) -> Json:
    rows = [
        channel
        for channel in _of_types(call, "public_channel")
        if not channel.is_private or call.caller in channel.members
    ]
    return _listed(call, rows, with_count=True)


def of_user(call: Call) -> Json:
    """users.conversations: the channels of one user, as far as the caller may see them."""
    user = call.text("user") or call.caller
    if user not in call.workspace.users:
        raise call.invalid("user is nobody of this workspace")
    rows = [
        channel
        for channel in _of_types(call, "public_channel")
        if user in channel.members and (not channel.is_private or call.caller in channel.members)
    ]
    return _listed(call, rows, with_count=False)


def _of_types(call: Call, default: str) -> list[Channel]:
    types = call.names("types") or [default]
    if any(kind not in FAMILY_OF_TYPE for kind in types):
        raise SlackError("invalid_types")
    families = {FAMILY_OF_TYPE[kind] for kind in types}
    lacking = [f"{family}:read" for family in FAMILIES if family in families]
    lacking = [scope for scope in lacking if scope not in call.token.scopes]
    if lacking:
        provided = ",".join(sorted(call.token.scopes))
        raise SlackError("missing_scope", needed=",".join(lacking), provided=provided)
    hide_archived = call.flag("exclude_archived")
    return [
        channel
        for channel in call.workspace.channels.values()
        if channel.family in families and not (hide_archived and channel.is_archived)
    ]


def _listed(call: Call, rows: list[Channel], *, with_count: bool) -> Json:
    limit = call.number("limit", PAGE, "invalid_limit")
    if not 1 <= limit <= limits.LIST_LIMIT:
        raise SlackError("invalid_limit")
    page, metadata = call.page(rows, limit)
    channels = [channel_json(channel, call.workspace, viewer=call.caller) for channel in page]
    if with_count:
        for shown, channel in zip(channels, page, strict=True):
            shown["num_members"] = len(channel.members)
    return {"channels": channels, **metadata}


def members(call: Call) -> Json:
    channel = find_channel(call)
    limit = call.number("limit", PAGE, "invalid_limit")
    if not 1 <= limit <= limits.LIST_LIMIT:
        raise SlackError("invalid_limit")
    page, metadata = call.page(channel.members, limit)
    return {"members": page, **metadata}


def history(call: Call) -> Json:
    channel = find_channel(call)
    if channel.is_private or call.token.kind != "user":
        require_member(call, channel)
    rows = [
        message
        for message in reversed(call.workspace.messages[channel.id].values())
        if not message.ephemeral_to
        and (not message.is_reply or message.subtype == "thread_broadcast")
        and _in_window(call, message)
    ]
    limit = call.number("limit", PAGE)
    # Slack names the largest page, and not what becomes of a larger one.
    if not 1 <= limit <= limits.HISTORY_LIMIT:
        raise call.invalid(f"limit must be between 1 and {limits.HISTORY_LIMIT}")
    page, metadata = call.page(rows, limit)
    more = bool(metadata["response_metadata"]["next_cursor"])
    answer: Json = {
        "messages": _shown(call, page),
        "has_more": more,
        "pin_count": len(channel.pins),
    }
    return answer | (metadata if more else {})


def replies(call: Call) -> Json:
    channel = find_channel(call)
    if channel.is_private or call.token.kind != "user":
        require_member(call, channel, "channel_not_found")
    parent = call.workspace.message(channel.id, call.text("ts"))
    if parent is None or parent.ephemeral_to:
        raise SlackError("thread_not_found")
    root = call.workspace.message(channel.id, parent.thread_ts) or parent
    thread = call.workspace.replies(channel.id, root.ts)
    rows = [root, *(message for message in thread if _in_window(call, message))]
    limit = call.number("limit", limits.REPLIES_LIMIT)
    if not 1 <= limit <= limits.REPLIES_LIMIT:
        raise call.invalid(f"limit must be between 1 and {limits.REPLIES_LIMIT}")
    page, metadata = call.page(rows, limit)
    more = bool(metadata["response_metadata"]["next_cursor"])
    return {"messages": _shown(call, page), "has_more": more, **(metadata if more else {})}


def _shown(call: Call, rows: list[Message]) -> list[Json]:
    full = call.flag("include_all_metadata")
    return [message_json(row, call.workspace, with_metadata=full) for row in rows]


def _in_window(call: Call, message: Message) -> bool:
    oldest = _moment(call, "oldest", 0.0)
    latest = _moment(call, "latest", float("inf"))
    ts = float(message.ts)
    return oldest <= ts <= latest if call.flag("inclusive") else oldest < ts < latest


def _moment(call: Call, name: str, default: float) -> float:
    value = call.text(name)
    if not value:
        return default
    if not re.fullmatch(r"\d{1,10}(\.\d{1,6})?", value):
        raise SlackError(f"invalid_ts_{name}")
    return float(value)


def open_conversation(call: Call) -> Json:
    if call.has("channel"):
        channel, is_new = _known(call), False
    else:
        channel, is_new = _opened(call)
    if not channel.is_open:
        channel, is_new = set_open(call.workspace, channel, is_open=True), True
    if call.flag("return_im"):
        shown = channel_json(channel, call.workspace, viewer=call.caller)
        shown |= unread_json(channel, call.workspace, viewer=call.caller)
    else:
        shown = {"id": channel.id}
    return {"channel": shown} | ({} if is_new else {"no_op": True, "already_open": True})


def _known(call: Call) -> Channel:
    channel = find_channel(call)
    if not channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")
    return channel


def _opened(call: Call) -> tuple[Channel, bool]:
    users = [user for user in dict.fromkeys(call.names("users")) if user != call.caller]
    if not users:
        raise SlackError("not_enough_users" if call.names("users") else "users_list_not_supplied")
    if len(users) > limits.OPENED_USERS:
        raise SlackError("too_many_users")
    family = "im" if len(users) == 1 else "mpim"
    if f"{family}:write" not in call.token.scopes:
        provided = ",".join(sorted(call.token.scopes))
        raise SlackError("missing_scope", needed=f"{family}:write", provided=provided)
    for user in users:
        if find_user(call, user).deleted:
            raise SlackError("user_disabled")
    channel = plan_direct(call.workspace, (call.caller, *users))
    is_new = channel.id not in call.workspace.channels
    if is_new and call.flag("prevent_creation"):
        raise SlackError("channel_not_found")
    return settle(call.workspace, channel), is_new
