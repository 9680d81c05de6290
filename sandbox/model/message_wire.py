"""Messages as Slack writes them: in Web API answers, in events and on the page."""

from sandbox.json_types import Json
from sandbox.model.file_wire import file_json
from sandbox.model.messages import Message
from sandbox.model.workspace import Workspace


def message_json(message: Message, workspace: Workspace, *, with_metadata: bool = True) -> Json:
    wire: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    wire |= message.extra
    if message.client_msg_id:
        wire["client_msg_id"] = message.client_msg_id
    if message.subtype == "bot_message":
        # Under another name the app is no user.
        del wire["user"]
    if message.subtype:
        wire["subtype"] = message.subtype
    else:
        wire["team"] = workspace.team.id
    if message.bot_id:
        wire |= _bot_fields(message, workspace)
    wire |= _contents(message, workspace)
    if message.metadata and with_metadata:
        wire["metadata"] = message.metadata
    return wire | _thread_fields(message, workspace) | _marks(message, workspace)


def _contents(message: Message, workspace: Workspace) -> Json:
    files = [file_json(workspace.files[name], workspace) for name in message.files]
    parts: Json = {
        "blocks": list(message.blocks),
        "attachments": list(message.attachments),
        "files": files,
        "edited": message.edited,
    }
    shown = {name: part for name, part in parts.items() if part}
    return shown | ({"upload": False} if files else {})


def bot_profile(workspace: Workspace) -> Json:
    bot = workspace.users[workspace.team.bot_user_id]
    return {
        "id": workspace.team.bot_id,
        "deleted": bot.deleted,
        "name": bot.real_name,
        "updated": bot.updated,
        "app_id": workspace.team.app_id,
        "icons": {
            f"image_{size}": f"https://avatars.slack.example/bot_{size}.png"
            for size in (36, 48, 72)
        },
        "team_id": workspace.team.id,
    }


def _bot_fields(message: Message, workspace: Workspace) -> Json:
    fields: Json = {
        "bot_id": message.bot_id,
        "app_id": workspace.team.app_id,
        "bot_profile": bot_profile(workspace),
    }
    return fields | ({"username": message.username} if message.username else {})


def _thread_fields(message: Message, workspace: Workspace) -> Json:
    if message.is_reply:
        parent = workspace.message(message.channel, message.thread_ts)
        fields: Json = {"thread_ts": message.thread_ts}
        return fields | ({"parent_user_id": parent.user} if parent else {})
    replies = workspace.replies(message.channel, message.ts)
    if not replies:
        return {}
    authors = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(authors),
        "reply_users": authors,
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def _marks(message: Message, workspace: Workspace) -> Json:
    marks: Json = {}
    if message.reactions:
        marks["reactions"] = [
            {"name": reaction.name, "users": list(reaction.users), "count": len(reaction.users)}
            for reaction in message.reactions
        ]
    channel = workspace.channels[message.channel]
    if any(pin.ts == message.ts for pin in channel.pins):
        marks["pinned_to"] = [message.channel]
    return marks


def permalink(message: Message, workspace: Workspace) -> str:
    base = f"https://{workspace.team.domain}.slack.com/archives/{message.channel}"
    link = f"{base}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        return f"{link}?thread_ts={message.thread_ts}&cid={message.channel}"
    return link
