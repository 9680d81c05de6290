"""chat.scheduleMessage and its companions: messages for later."""

import re

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model.changes import Change
from sandbox.model.scheduled import Scheduled
from sandbox.web_api.call import PAGE, Call
from sandbox.web_api.posts import prepare

DAY = 86_400


def schedule(call: Call) -> Json:
    post_at = _post_at(call)
    _, draft = prepare(call)
    _refuse_crowd(call, draft.channel, post_at)
    scheduled = Scheduled(
        id=f"Q{call.workspace.ids.number()}",
        post_at=post_at,
        created=call.workspace.seconds(),
        draft=draft,
    )
    call.workspace.scheduled[scheduled.id] = scheduled
    call.workspace.tell(Change(type="scheduled", channel=draft.channel))
    return {
        "scheduled_message_id": scheduled.id,
        "channel": draft.channel,
        "post_at": post_at,
        "message": _shown(call, scheduled),
    }


def list_scheduled(call: Call) -> Json:
    channel = call.text("channel")
    if channel and channel not in call.workspace.channels:
        raise SlackError("invalid_channel")
    oldest, latest = _moment(call, "oldest", 0), _moment(call, "latest", float("inf"))
    rows = [
        scheduled
        for scheduled in sorted(call.workspace.scheduled.values(), key=lambda row: row.post_at)
        if scheduled.draft.user == call.caller
        and channel in ("", scheduled.draft.channel)
        and oldest <= scheduled.post_at <= latest
    ]
    limit = call.number("limit", PAGE)
    if limit < 1:
        raise call.invalid("limit must be positive")
    page, metadata = call.page(rows, limit)
    return {"scheduled_messages": [_row(scheduled) for scheduled in page], **metadata}


def delete_scheduled(call: Call) -> Json:
    if call.text("channel") not in call.workspace.channels:
        raise SlackError("channel_not_found")
    scheduled = call.workspace.scheduled.get(call.text("scheduled_message_id"))
    if (
        scheduled is None
        or scheduled.draft.user != call.caller
        or scheduled.draft.channel != call.text("channel")
        or scheduled.post_at - call.workspace.seconds() < limits.SCHEDULED_LOCK_SECONDS
    ):
        raise SlackError("invalid_scheduled_message_id")
    del call.workspace.scheduled[scheduled.id]
    call.workspace.tell(Change(type="scheduled", channel=scheduled.draft.channel))
    return {}


def _post_at(call: Call) -> int:
    if not re.fullmatch(r"\d{1,10}", call.text("post_at")):
        raise SlackError("invalid_time")
    post_at = int(call.text("post_at"))
    ahead = post_at - call.workspace.clock.seconds()
    if ahead <= 0:
        raise SlackError("time_in_past")
    if ahead > limits.SCHEDULED_DAYS * DAY:
        raise SlackError("time_too_far")
    return post_at


def _refuse_crowd(call: Call, channel: str, post_at: int) -> None:
    """Whatever five minutes one looks at, there may be only so many messages in them."""
    window = limits.SCHEDULED_WINDOW_SECONDS
    near = [
        scheduled.post_at
        for scheduled in call.workspace.scheduled.values()
        if scheduled.draft.channel == channel and abs(scheduled.post_at - post_at) < window
    ]
    starts = [start for start in (*near, post_at) if start <= post_at]
    crowds = (sum(start <= other < start + window for other in near) for start in starts)
    if max(crowds) >= limits.SCHEDULED_MESSAGES:
        raise SlackError("restricted_too_many")


def _shown(call: Call, scheduled: Scheduled) -> Json:
    """The message as it will be, but for a timestamp it does not have yet."""
    draft = scheduled.draft
    shown: Json = {"text": draft.text, "type": "delayed_message", "user": draft.user}
    parts: Json = {
        "subtype": "bot_message" if draft.bot_id else "",
        "bot_id": draft.bot_id,
        "username": draft.username,
        "app_id": call.workspace.team.app_id,
        "team": call.workspace.team.id,
        "blocks": list(draft.blocks),
        "attachments": list(draft.attachments),
        "metadata": draft.metadata,
        "thread_ts": draft.thread_ts,
    }
    return shown | {name: part for name, part in parts.items() if part}


def _row(scheduled: Scheduled) -> Json:
    return {
        "id": scheduled.id,
        "channel_id": scheduled.draft.channel,
        "post_at": scheduled.post_at,
        "date_created": scheduled.created,
        "text": scheduled.draft.text,
    }


def _moment(call: Call, name: str, default: float) -> float:
    value = call.text(name)
    if not value:
        return default
    if not re.fullmatch(r"\d{1,10}(\.\d{1,6})?", value):
        raise call.invalid(f"{name} must be a Unix timestamp")
    return float(value)
