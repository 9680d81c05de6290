"""chat.update: changing what a message says."""

from dataclasses import replace

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model.message_wire import message_json
from sandbox.model.messages import Message
from sandbox.model.posting import edit
from sandbox.web_api.call import Call
from sandbox.web_api.content import Content, read_content
from sandbox.web_api.rooms import (
    find_channel,
    find_message,
    refusal,
    require_member,
    require_open,
)

CONTENT = ("text", "blocks", "attachments", "markdown_text", "file_ids")


def update(call: Call) -> Json:
    if call.flag("as_user"):
        raise SlackError("as_user_not_supported")
    if call.flag("reply_broadcast"):
        return _broadcast(call)
    if len(call.text("text")) > limits.UPDATE_TEXT:
        raise SlackError("msg_too_long")
    content = read_content(call, without_words=call.has("file_ids"))
    before = _editable(call)
    after = _edited(call, before, content)
    if content.blocks is None and before.blocks:
        call.world.journal.finding(
            "blocks_kept",
            "chat.update without blocks keeps the old ones: the message shows stale content.",
            where=call.method,
        )
    return _answer(call, edit(call.workspace, before, after))


def _editable(call: Call) -> Message:
    """The message, if it is the caller's own and may still be changed."""
    channel = find_channel(call)
    before = find_message(call, channel, "ts")
    if before.user != call.caller or before.is_notice or before.subtype == "me_message":
        raise SlackError("cant_update_message")
    if channel.is_private or "chat:write.public" not in call.token.scopes:
        require_member(call, channel, "cant_update_message")
    require_open(channel, "is_inactive")
    window = call.world.preferences.edit_window_seconds
    age = call.workspace.clock.seconds() - float(before.ts)
    if window is not None and age > window:
        raise SlackError("edit_window_closed")
    return before


def _broadcast(call: Call) -> Json:
    """Show an old reply in the channel, too; its words stay as they are."""
    if any(call.text(name) for name in CONTENT):
        raise SlackError("no_dual_broadcast_content_update")
    before = _editable(call)
    if not before.is_reply or before.subtype != "":
        raise SlackError("cant_broadcast_message")
    after = replace(before, subtype="thread_broadcast")
    return _answer(call, edit(call.workspace, before, after))


def _edited(call: Call, before: Message, content: Content) -> Message:
    metadata = before.metadata if content.metadata is None else content.metadata or None
    return replace(
        before,
        text=content.text,
        blocks=before.blocks if content.blocks is None else content.blocks,
        attachments=(before.attachments if content.attachments is None else content.attachments),
        files=_files(call, before),
        metadata=metadata,
        edited={"user": call.caller, "ts": call.workspace.next_ts()},
    )


def _files(call: Call, before: Message) -> tuple[str, ...]:
    if not call.has("file_ids"):
        return before.files
    wanted = call.names("file_ids")
    for name in wanted:
        file = call.workspace.files.get(name)
        if file is None or not file.is_complete or file.user != call.caller:
            raise refusal(call, "file_not_found", f"there is no file {name}")
        if file.is_deleted:
            raise refusal(call, "file_is_deleted", f"the file {name} is deleted")
    return tuple(wanted)


def _answer(call: Call, message: Message) -> Json:
    shown = message_json(message, call.workspace)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}
