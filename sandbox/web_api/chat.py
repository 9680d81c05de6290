"""chat.*: posting, editing and deleting messages."""

from dataclasses import replace

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model.gathering import settle
from sandbox.model.message_wire import message_json, permalink
from sandbox.model.messages import Draft
from sandbox.model.posting import delete, post
from sandbox.web_api.call import Call
from sandbox.web_api.content import read_content
from sandbox.web_api.posts import destination, draft_of, find_thread, prepare
from sandbox.web_api.rooms import (
    find_channel,
    find_message,
    places,
    require_member,
    require_open,
)


def post_message(call: Call) -> Json:
    channel, draft = prepare(call)
    message = post(call.workspace, draft)
    shown = message_json(message, call.workspace)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(call: Call) -> Json:
    content = read_content(call)
    channel = find_channel(call)
    require_member(call, channel)
    require_open(channel)
    if call.text("user") not in channel.members:
        raise SlackError("user_not_in_channel")
    thread = find_thread(call, channel)
    draft = draft_of(call, content, channel, thread)
    call.refuse_preferences(*places(channel))
    if thread and not call.workspace.replies(channel.id, thread):
        return {"message_ts": _hidden(call)}
    # Nobody can look a private message up again, so it has no metadata and is no broadcast.
    private = replace(draft, ephemeral_to=call.text("user"), metadata=None, broadcast=False)
    return {"message_ts": post(call.workspace, private).ts}


def _hidden(call: Call) -> str:
    """Slack takes a private message for a thread nobody has answered in, and shows it nowhere."""
    call.world.journal.finding(
        "unseen_ephemeral",
        "chat.postEphemeral into a thread without replies: nobody will see the message.",
        where=call.method,
    )
    return call.workspace.next_ts()


def me_message(call: Call) -> Json:
    """What is said of oneself: text only, shown in italics."""
    text = call.text("text")
    if not text:
        raise SlackError("no_text")
    if len(text) > limits.UPDATE_TEXT:
        raise SlackError("msg_too_long")
    channel = destination(call)
    require_member(call, channel)
    require_open(channel)
    settle(call.workspace, channel)
    bot_id = call.workspace.team.bot_id if call.token.kind == "bot" else ""
    draft = Draft(
        channel=channel.id, user=call.caller, text=text, bot_id=bot_id, subtype="me_message"
    )
    return {"channel": channel.id, "ts": post(call.workspace, draft).ts}


def delete_message(call: Call) -> Json:
    channel = find_channel(call)
    message = find_message(call, channel, "ts")
    if message.user != call.caller or channel.is_archived or message.is_notice:
        raise SlackError("cant_delete_message")
    delete(call.workspace, message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    channel = find_channel(call)
    message = find_message(call, channel, "message_ts")
    return {"channel": channel.id, "permalink": permalink(message, call.workspace)}
