"""The workspace as the page and the tests see it."""

from dataclasses import asdict

from sandbox.json_types import Json
from sandbox.model.canvasing import standing_in
from sandbox.model.channels import Channel
from sandbox.model.file_wire import file_json
from sandbox.model.messages import Message
from sandbox.model.people import User
from sandbox.model.workspace import Workspace
from sandbox.world import World


def state_json(world: World, *, pending: int) -> Json:
    workspace, app = world.workspace, world.app
    team = workspace.team
    return {
        "team": {"id": team.id, "name": team.name, "domain": team.domain},
        "app": {
            "id": team.app_id,
            "name": app.name,
            "bot_user_id": team.bot_user_id,
            "commands": [
                {
                    "command": known.command,
                    "description": known.description,
                    "usage_hint": known.usage_hint,
                }
                for known in app.commands
            ],
            "shortcuts": [asdict(shortcut) for shortcut in app.shortcuts],
            "home_tab": app.home_tab,
            "messages_tab": app.messages_tab,
            "description": app.description,
        },
        "users": [_user(user) for user in workspace.users.values()],
        "channels": [_channel(channel, workspace) for channel in workspace.channels.values()],
        "clock": {"now": world.clock.now().isoformat(), "mode": world.clock.mode},
        "rate_limits": world.limiter.profile,
        "pending": pending,
    }


def _user(user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "email": user.email,
        "tz": user.tz,
        "is_bot": user.is_bot,
        "is_restricted": user.is_restricted,
        # They speak from old messages, and can be chosen for nothing new.
        "deleted": user.deleted,
        "title": user.title,
    }


def _channel(channel: Channel, workspace: Workspace) -> Json:
    bot = workspace.team.bot_user_id
    shown: Json = {
        "id": channel.id,
        "name": channel.name,
        "is_private": channel.is_private,
        "is_im": channel.is_im,
        "is_mpim": channel.is_mpim,
        "is_archived": channel.is_archived,
        "topic": channel.topic.value,
        "purpose": channel.purpose.value,
        "members": list(channel.members),
        "bookmarks": [
            {"id": mark.id, "title": mark.title, "link": mark.link, "emoji": mark.emoji}
            for mark in channel.bookmarks
        ],
        "pins": [pin.ts for pin in channel.pins],
        "canvases": [
            {"id": canvas.id, "title": canvas.title, "in_tab": canvas.channel == channel.id}
            for canvas in standing_in(workspace, channel.id)
        ],
        "created": channel.created,
        "creator": channel.creator,
    }
    # As Slack tells the app: the partner in a direct message is the one who is not the bot.
    return shown | ({"user": channel.partner_of(bot)} if channel.is_im else {})


def message_json(workspace: Workspace, message: Message) -> Json:
    channel = workspace.channels[message.channel]
    replies = [] if message.is_reply else workspace.replies(channel.id, message.ts)
    shown: Json = {
        "ts": message.ts,
        "channel": message.channel,
        "user": message.user,
        "text": message.text,
        "pinned": any(pin.ts == message.ts for pin in channel.pins),
        "ephemeral": bool(message.ephemeral_to),
        "reactions": [
            {"name": reaction.name, "users": list(reaction.users)} for reaction in message.reactions
        ],
    }
    optional = {
        "bot_id": message.bot_id,
        "username": message.username,
        "icons": message.extra.get("icons"),
        "blocks": list(message.blocks),
        "attachments": list(message.attachments),
        "thread_ts": message.thread_ts,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
        "latest_reply": replies[-1].ts if replies else "",
        "edited": message.edited,
        "subtype": message.subtype,
        "metadata": message.metadata,
        "files": [_file(workspace, name) for name in message.files],
    }
    return shown | {name: value for name, value in optional.items() if value}


def _file(workspace: Workspace, name: str) -> Json:
    """The page has no token: it fetches files where it fetches everything else."""
    shown = file_json(workspace.files[name], workspace)
    if "url_private" not in shown:
        return shown
    address = f"/_sandbox/files/{name}"
    return shown | {"url_private": address, "url_private_download": f"{address}?download"}


def visible_messages(
    workspace: Workspace, channel: Channel, viewer: str, thread_ts: str
) -> list[Json]:
    return [
        message_json(workspace, message)
        for message in messages_for(workspace, channel, viewer, thread_ts)
    ]


def messages_for(
    workspace: Workspace, channel: Channel, viewer: str, thread_ts: str
) -> list[Message]:
    """The channel, or one thread of it, as one person sees it, oldest first."""
    return [
        message
        for message in workspace.messages[channel.id].values()
        if message.ephemeral_to in ("", viewer) and _belongs(message, thread_ts)
    ]


def _belongs(message: Message, thread_ts: str) -> bool:
    if thread_ts:
        return thread_ts in (message.ts, message.thread_ts)
    return not message.is_reply or message.subtype == "thread_broadcast"
