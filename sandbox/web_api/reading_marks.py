"""conversations.mark and close: what the caller has read, and what they put out of sight."""

from sandbox.errors import SlackError
from sandbox.json_types import Json
from sandbox.model.changes import Change
from sandbox.model.gathering import set_open
from sandbox.web_api.call import Call
from sandbox.web_api.rooms import TS, find_channel, require_member


def mark(call: Call) -> Json:
    if not TS.fullmatch(call.text("ts")):
        raise SlackError("invalid_timestamp")
    channel = find_channel(call)
    require_member(call, channel)
    call.workspace.read_marks[channel.id, call.caller] = call.text("ts")
    call.workspace.tell(Change(type="read", channel=channel.id, user=call.caller))
    return {}


def close(call: Call) -> Json:
    """Only direct messages are closed; all else one leaves."""
    channel = find_channel(call)
    if not channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")
    if not channel.is_open:
        return {"no_op": True, "already_closed": True}
    set_open(call.workspace, channel, is_open=False)
    return {}
