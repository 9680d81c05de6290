"""From a call to a message about to be posted: content, place, thread, preferences."""

from sandbox.errors import SlackError
from sandbox.facts.methods import METHODS
from sandbox.json_types import Json
from sandbox.model.channels import Channel
from sandbox.model.gathering import plan_direct, settle
from sandbox.model.messages import Draft
from sandbox.web_api.call import Call
from sandbox.web_api.content import Content, read_content
from sandbox.web_api.rooms import (
    find_channel,
    places,
    refusal,
    require_member,
    require_open,
)


def prepare(call: Call) -> tuple[Channel, Draft]:
    """The checks of posting in Slack's order, and what is left to say."""
    if call.flag("as_user") and "as_user_not_supported" in METHODS[call.method].errors:
        raise SlackError("as_user_not_supported")
    content = read_content(call)
    channel = destination(call)
    _require_place(call, channel)
    thread = find_thread(call, channel)
    draft = draft_of(call, content, channel, thread)
    call.refuse_preferences(*places(channel))
    return settle(call.workspace, channel), draft


def destination(call: Call) -> Channel:
    """A channel id, a `#name`, or a user id, which means the direct message with them.

    That one may not exist yet: nothing is changed by a call that is refused.
    """
    wanted = call.text("channel")
    user = call.workspace.users.get(wanted)
    if user is not None:
        if user.deleted or user.is_bot:
            raise SlackError("channel_not_found")
        return plan_direct(call.workspace, (call.caller, wanted))
    named = call.workspace.channel_named(wanted.removeprefix("#"))
    if named and (not named.is_private or call.caller in named.members):
        return named
    return find_channel(call)


def find_thread(call: Call, channel: Channel) -> str:
    """The timestamp of the thread a message belongs to; a reply leads to its parent."""
    thread_ts = call.text("thread_ts")
    if not thread_ts:
        return ""
    parent = call.workspace.message(channel.id, thread_ts)
    if parent is None or parent.ephemeral_to:
        raise refusal(call, "cannot_reply_to_message", "thread_ts is no message of this channel")
    return parent.thread_ts or parent.ts


def draft_of(call: Call, content: Content, channel: Channel, thread: str) -> Draft:
    username, icons = appearance(call)
    return Draft(
        channel=channel.id,
        user=call.caller,
        text=content.text,
        blocks=content.blocks or (),
        attachments=content.attachments or (),
        thread_ts=thread,
        metadata=content.metadata or None,
        bot_id=call.workspace.team.bot_id if call.token.kind == "bot" else "",
        username=username,
        subtype="bot_message" if username or icons else "",
        broadcast=call.flag("reply_broadcast"),
        extra=icons,
    )


def appearance(call: Call) -> tuple[str, Json]:
    """Another name or another picture, for apps that may have one."""
    if not any(call.text(name) for name in ("username", "icon_url", "icon_emoji")):
        return "", {}
    if "chat:write.customize" not in call.token.scopes:
        provided = ",".join(sorted(call.token.scopes))
        raise SlackError("missing_scope", needed="chat:write.customize", provided=provided)
    icons: Json = {}
    if call.text("icon_emoji"):
        icons = {"icons": {"emoji": call.text("icon_emoji")}}
    elif call.text("icon_url"):
        icons = {"icons": {"image_48": call.text("icon_url")}}
    return call.text("username"), icons


def _require_place(call: Call, channel: Channel) -> None:
    public = not channel.is_private and "chat:write.public" in call.token.scopes
    if not public:
        require_member(call, channel)
    require_open(channel)
    if channel.is_im:
        _require_partner(call, channel)


def _require_partner(call: Call, channel: Channel) -> None:
    if call.workspace.users[channel.partner_of(call.caller)].deleted:
        raise SlackError("is_archived")
    if not call.world.app.messages_tab:
        raise refusal(call, "messages_tab_disabled", "the Messages tab of the app is off")
