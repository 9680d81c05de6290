"""chat.*: posting, editing and deleting messages."""

from dataclasses import replace

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model.channels import Channel
from sandbox.model.gathering import open_direct
from sandbox.model.message_wire import message_json, permalink
from sandbox.model.messages import Message
from sandbox.model.posting import Draft, delete, edit, post
from sandbox.referee import review_message
from sandbox.web_api.call import Call
from sandbox.web_api.content import Content, read_content
from sandbox.web_api.rooms import find_channel, find_message, require_member, require_open


def post_message(call: Call) -> Json:
    content = read_content(call)
    channel = _destination(call)
    _require_place(call, channel)
    thread = _thread(call, channel)
    call.refuse_preferences()
    _review(call, content)
    message = post(
        call.workspace,
        replace(
            _draft(call, content, channel, thread),
            broadcast=call.flag("reply_broadcast"),
            metadata=content.metadata or None,
        ),
    )
    shown = message_json(message, call.workspace)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(call: Call) -> Json:
    content = read_content(call)
    channel = find_channel(call)
    require_member(call, channel)
    if call.text("user") not in channel.members:
        raise SlackError("user_not_in_channel")
    require_open(channel)
    thread = _thread(call, channel)
    call.refuse_preferences()
    _review(call, content)
    draft = _draft(call, content, channel, thread)
    message = post(call.workspace, replace(draft, ephemeral_to=call.text("user")))
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    _require_short(call)
    content = read_content(call)
    channel = find_channel(call)
    before = find_message(call, channel, "ts")
    if before.user != call.caller or before.subtype not in ("", "thread_broadcast"):
        raise SlackError("cant_update_message")
    require_open(channel, "is_inactive")
    require_member(call, channel, "cant_update_message")
    _review(call, content)
    if content.blocks is None and before.blocks:
        call.world.journal.finding(
            "blocks_kept",
            "chat.update without blocks keeps the old ones: the message shows stale content.",
            where=call.method,
        )
    message = edit(call.workspace, before, _edited(call, before, content))
    shown = message_json(message, call.workspace)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete_message(call: Call) -> Json:
    channel = find_channel(call)
    message = find_message(call, channel, "ts")
    if message.user != call.caller:
        raise SlackError("cant_delete_message")
    delete(call.workspace, message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    channel = find_channel(call)
    message = find_message(call, channel, "message_ts")
    return {"channel": channel.id, "permalink": permalink(message, call.workspace)}


def _destination(call: Call) -> Channel:
    """A channel id, a `#name`, or a user id, which means the direct message with them."""
    wanted = call.text("channel")
    if wanted in call.workspace.users:
        return open_direct(call.workspace, (call.caller, wanted))
    named = call.workspace.channel_named(wanted.removeprefix("#"))
    if named and (not named.is_private or call.caller in named.members):
        return named
    return find_channel(call)


def _require_place(call: Call, channel: Channel) -> None:
    public = not channel.is_private and "chat:write.public" in call.token.scopes
    if not public:
        require_member(call, channel)
    require_open(channel)
    if channel.is_im and not call.world.app.messages_tab:
        raise SlackError("messages_tab_disabled")


def _thread(call: Call, channel: Channel) -> str:
    thread_ts = call.text("thread_ts")
    if not thread_ts:
        return ""
    parent = call.workspace.message(channel.id, thread_ts)
    if parent is None or parent.ephemeral_to:
        raise SlackError("cannot_reply_to_message")
    return parent.thread_ts or parent.ts


def _draft(call: Call, content: Content, channel: Channel, thread: str) -> Draft:
    return Draft(
        channel=channel.id,
        user=call.caller,
        text=content.text,
        blocks=content.blocks or (),
        attachments=content.attachments or (),
        thread_ts=thread,
        bot_id=call.workspace.team.bot_id if call.token.kind == "bot" else "",
        username=_username(call),
    )


def _username(call: Call) -> str:
    if not any(call.has(name) for name in ("username", "icon_url", "icon_emoji")):
        return ""
    if "chat:write.customize" not in call.token.scopes:
        provided = ",".join(sorted(call.token.scopes))
        raise SlackError("missing_scope", needed="chat:write.customize", provided=provided)
    return call.text("username")


def _require_short(call: Call) -> None:
    if len(call.text("text")) > limits.UPDATE_TEXT:
        raise SlackError("msg_too_long")


def _edited(call: Call, before: Message, content: Content) -> Message:
    metadata = before.metadata if content.metadata is None else content.metadata or None
    return replace(
        before,
        text=content.text,
        blocks=before.blocks if content.blocks is None else content.blocks,
        attachments=(before.attachments if content.attachments is None else content.attachments),
        metadata=metadata,
        edited={"user": call.caller, "ts": call.workspace.next_ts()},
    )


def _review(call: Call, content: Content) -> None:
    message: Json = {
        "text": call.text("text") or content.text,
        "blocks": list(content.blocks or ()),
        "link_names": call.flag("link_names"),
        "parse": call.text("parse"),
    }
    review_message(call.world, call.method, message)
