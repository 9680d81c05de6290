"""conversations.*: creating channels and changing them."""

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model import gathering
from sandbox.model.channels import Channel
from sandbox.model.founding import SLACKBOT
from sandbox.model.naming import is_taken, name_problem
from sandbox.model.wire import channel_json, unread_json
from sandbox.web_api.call import Call
from sandbox.web_api.rooms import (
    find_channel,
    find_user,
    places,
    refuse_direct,
    require_member,
    require_open,
    require_scope_for,
)


def create(call: Call) -> Json:
    name = _proper_name(call)
    private = call.flag("is_private")
    require_scope_for(call, "groups" if private else "channels")
    _require_free(call, name)
    call.refuse_preferences("private" if private else "public")
    channel = gathering.create_channel(call.workspace, name, call.caller, private=private)
    return _answer(call, channel)


def rename(call: Call) -> Json:
    """Only who made a channel, or an admin, may give it another name."""
    name = _proper_name(call)
    channel = find_channel(call)
    refuse_direct(channel)
    require_member(call, channel)
    require_open(channel)
    admin = call.workspace.users[call.caller].is_admin
    if channel.creator != call.caller and not admin:
        raise SlackError("not_authorized")
    if name != channel.name:
        _require_free(call, name)
    call.refuse_preferences(*places(channel))
    if name != channel.name:
        channel = gathering.rename(call.workspace, channel, name, call.caller)
    return _answer(call, channel)


def archive(call: Call) -> Json:
    channel = find_channel(call)
    refuse_direct(channel)
    if channel.is_general:
        raise SlackError("cant_archive_general")
    require_member(call, channel)
    if channel.is_archived:
        raise SlackError("already_archived")
    call.refuse_preferences(*places(channel))
    gathering.archive(call.workspace, channel, call.caller)
    return {}


def unarchive(call: Call) -> Json:
    channel = find_channel(call)
    refuse_direct(channel)
    if not channel.is_archived:
        raise SlackError("not_archived")
    gathering.unarchive(call.workspace, channel, call.caller)
    return {}


def join(call: Call) -> Json:
    channel = find_channel(call)
    if channel.is_private:
        raise SlackError("method_not_supported_for_channel_type")
    require_open(channel)
    if call.caller in channel.members:
        warning = "already_in_channel"
        return _answer(call, channel) | {
            "warning": warning,
            "response_metadata": {"warnings": [warning]},
        }
    return _answer(call, gathering.join(call.workspace, channel, call.caller))


def leave(call: Call) -> Json:
    channel = find_channel(call)
    refuse_direct(channel)
    if channel.is_general:
        raise SlackError("cant_leave_general")
    require_open(channel)
    if call.workspace.users[call.caller].is_restricted:
        raise SlackError("user_is_restricted")
    if call.caller not in channel.members:
        return {"not_in_channel": True}
    if channel.is_private and len(channel.members) == 1:
        raise SlackError("last_member")
    gathering.leave(call.workspace, channel, call.caller)
    return {}


def set_topic(call: Call) -> Json:
    if len(call.text("topic")) > limits.TOPIC:
        raise SlackError("too_long")
    channel = _changeable(call)
    channel = gathering.set_topic(call.workspace, channel, call.text("topic"), call.caller)
    return _answer(call, channel)


def set_purpose(call: Call) -> Json:
    if len(call.text("purpose")) > limits.PURPOSE:
        raise SlackError("too_long")
    channel = _changeable(call)
    channel = gathering.set_purpose(call.workspace, channel, call.text("purpose"), call.caller)
    return _answer(call, channel) | {"purpose": channel.purpose.value}


def invite(call: Call) -> Json:
    """Invite all or nobody; with `force`, those who can be."""
    users = list(dict.fromkeys(call.names("users")))
    if not users:
        raise SlackError("no_user")
    if len(call.names("users")) > limits.INVITED_USERS:
        raise call.invalid(f"no more than {limits.INVITED_USERS} users may be invited at once")
    channel = find_channel(call)
    refuse_direct(channel)
    require_member(call, channel)
    require_open(channel)
    refused = {user: error for user in users if (error := _cannot_invite(call, channel, user))}
    errors = [{"user": user, "ok": False, "error": error} for user, error in refused.items()]
    if refused and not (call.flag("force") and len(refused) < len(users)):
        raise SlackError(next(iter(refused.values())), errors=errors)
    for user in users:
        if user not in refused:
            channel = gathering.join(call.workspace, channel, user, inviter=call.caller)
    return _answer(call, channel) | ({"errors": errors} if errors else {})


def kick(call: Call) -> Json:
    channel = find_channel(call)
    refuse_direct(channel)
    require_member(call, channel)
    user = find_user(call, call.text("user")).id
    if user == call.caller:
        raise SlackError("cant_kick_self")
    if channel.is_general:
        raise SlackError("cant_kick_from_general")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    require_open(channel, "not_supported")
    call.refuse_preferences(*places(channel))
    gathering.leave(call.workspace, channel, user)
    return {"errors": {}}


def _cannot_invite(call: Call, channel: Channel, user: str) -> str:
    if user == call.caller:
        return "cant_invite_self"
    known = call.workspace.users.get(user)
    if known is None or known.deleted:
        return "user_not_found"
    if user in channel.members:
        return "already_in_channel"
    if known.id == SLACKBOT:
        return "cant_invite"
    # Guests see only the channels an admin puts them in.
    return "user_is_restricted" if known.is_restricted else ""


def _changeable(call: Call) -> Channel:
    channel = find_channel(call)
    refuse_direct(channel)
    require_member(call, channel)
    require_open(channel)
    call.refuse_preferences(*places(channel))
    return channel


def _proper_name(call: Call) -> str:
    name = call.text("name")
    if problem := name_problem(name):
        raise SlackError(problem)
    return name


def _require_free(call: Call, name: str) -> None:
    if is_taken(call.workspace, name):
        raise SlackError("name_taken")


def _answer(call: Call, channel: Channel) -> Json:
    shown = channel_json(channel, call.workspace, viewer=call.caller)
    return {"channel": shown | unread_json(channel, call.workspace, viewer=call.caller)}
