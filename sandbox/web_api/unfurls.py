"""chat.unfurl: previews of links the app was told of."""

from typing import Any

from sandbox.errors import SlackError
from sandbox.json_types import Json
from sandbox.model.linking import attach
from sandbox.model.links import LinkShare
from sandbox.model.marking import with_ids
from sandbox.model.messages import Draft, Message
from sandbox.model.posting import edit, post
from sandbox.validation.blocks import message_problems
from sandbox.web_api.call import Call

SOURCES = ("composer", "conversations_history")
# Parts of a preview; one of them at least says something.
SHOWN_PARTS = frozenset(
    {
        "author_name", "blocks", "fallback", "fields", "footer", "image_url", "pretext", "text",
        "thumb_url", "title",
    }
)  # fmt: skip
PARTS = SHOWN_PARTS | {
    "actions", "attachment_type", "author_icon", "author_link", "callback_id", "color",
    "footer_icon", "hide_color", "image_height", "image_width", "mrkdwn_in", "preview",
    "thumb_height", "thumb_width", "title_link", "ts",
}  # fmt: skip


def unfurl(call: Call) -> Json:
    message, shares = _by_id(call) if call.text("unfurl_id") else _by_place(call)
    wanted = _previews(call)
    if not wanted:
        _invite(call, message)
        return {}
    known = {url for share in shares for url in share.urls}
    for url, preview in wanted.items():
        if url not in known:
            stands_there = url.replace("&", "&amp;") in message.text
            raise SlackError("cannot_unfurl_url" if stands_there else "cannot_unfurl_message")
        _check(preview)
    marked = {url: _marked(call, preview) for url, preview in wanted.items()}
    edit(call.workspace, message, attach(message, marked, call.workspace))
    return {}


def _by_id(call: Call) -> tuple[Message, list[LinkShare]]:
    if not call.text("source"):
        raise SlackError("missing_source")
    if call.text("source") not in SOURCES:
        raise SlackError("invalid_source")
    share = call.workspace.link_shares.get(call.text("unfurl_id"))
    # Nothing is announced while somebody still writes.
    if share is None or call.text("source") == "composer":
        raise SlackError("invalid_unfurl_id")
    message = call.workspace.message(share.channel, share.ts)
    if message is None:
        raise SlackError("cannot_find_message")
    return message, [share]


def _by_place(call: Call) -> tuple[Message, list[LinkShare]]:
    if call.text("source"):
        raise SlackError("missing_unfurl_id")
    for name in ("channel", "ts"):
        if not call.text(name):
            raise SlackError(f"missing_{name}")
    channel = call.workspace.channels.get(call.text("channel"))
    if channel is None or (channel.is_private and call.caller not in channel.members):
        raise SlackError("cannot_find_channel")
    message = call.workspace.message(channel.id, call.text("ts"))
    if message is None or message.ephemeral_to:
        raise SlackError("cannot_find_message")
    shares = call.workspace.link_shares.values()
    here = [one for one in shares if (one.channel, one.ts) == (channel.id, message.ts)]
    return message, here


def _previews(call: Call) -> Json:
    """What to show per link; nothing when a person is asked to sign in instead."""
    asks = any(call.text(name) for name in ("user_auth_message", "user_auth_url"))
    asks = asks or call.flag("user_auth_required") or bool(call.text("user_auth_blocks"))
    if not call.text("unfurls"):
        if asks:
            return {}
        raise SlackError("missing_unfurls")
    unfurls: Any = call.json("unfurls", "invalid_unfurls_format")
    if not isinstance(unfurls, dict):
        raise SlackError("invalid_unfurls_format")
    if not unfurls and not asks:
        raise SlackError("missing_unfurls")
    return unfurls


def _check(preview: Any) -> None:
    if not isinstance(preview, dict) or not SHOWN_PARTS & preview.keys():
        raise SlackError("cannot_parse_attachment")
    if preview.keys() - PARTS or _has_bad_blocks(preview):
        raise SlackError("cannot_parse_attachment")


def _has_bad_blocks(preview: Json) -> bool:
    if "blocks" not in preview:
        return False
    blocks = preview["blocks"]
    return not isinstance(blocks, list) or bool(list(message_problems(blocks)))


def _marked(call: Call, preview: Json) -> Json:
    if "blocks" not in preview:
        return preview
    return preview | {"blocks": with_ids(preview["blocks"], call.workspace.ids)}


def _invite(call: Call, message: Message) -> None:
    """Ask the person who shared the link, privately, to sign in to the app."""
    text = call.text("user_auth_message") or "To see previews of these links, sign in to the app."
    if call.text("user_auth_url"):
        text = f"{text} <{call.text('user_auth_url')}>"
    blocks = call.json("user_auth_blocks", "invalid_unfurls_format")
    if blocks and (not isinstance(blocks, list) or list(message_problems(blocks))):
        raise SlackError("cannot_prompt")
    post(
        call.workspace,
        Draft(
            channel=message.channel,
            user=call.caller,
            bot_id=call.workspace.team.bot_id,
            text=text,
            blocks=tuple(with_ids(blocks or [], call.workspace.ids)),
            thread_ts=message.thread_ts,
            ephemeral_to=message.user,
        ),
    )
