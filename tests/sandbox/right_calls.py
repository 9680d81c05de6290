"""For every method of the Web API, a call that succeeds on the stage."""

from collections.abc import Callable, Mapping

from sandbox.json_types import Json
from tests.sandbox.asking import modal, plain, text_input
from tests.sandbox.stage import LINK, Stage

DIVIDER: list[Json] = [{"type": "divider"}]
ATTACHMENT: Json = {"text": "Attached", "fallback": "Attached"}
WORDS: Json = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello", "verbatim": True}}
SECTION: Json = {
    "type": "section",
    "text": plain("Hello"),
    "accessory": {"type": "button", "action_id": "go", "text": plain("Go")},
}
DOCUMENT: Json = {"type": "markdown", "markdown": "# Notes"}
HOME: Json = {"type": "home", "blocks": [WORDS]}

RIGHT_CALLS: Mapping[str, Callable[[Stage], Json]] = {
    "api.test": lambda _: {"foo": "bar"},
    "apps.connections.open": lambda _: {},
    "apps.uninstall": lambda at: {
        "client_id": at.sandbox.world.credentials.client_id,
        "client_secret": at.sandbox.world.credentials.client_secret,
    },
    "auth.revoke": lambda _: {},
    "auth.test": lambda _: {},
    "blocks.validate": lambda _: {"blocks": DIVIDER},
    "bookmarks.add": lambda at: {
        "channel_id": at["room"],
        "title": "Dashboard",
        "type": "link",
        "link": LINK,
        "emoji": ":eyes:",
    },
    "bookmarks.edit": lambda at: {
        "channel_id": at["room"],
        "bookmark_id": at["bookmark"],
        "title": "Other",
    },
    "bookmarks.list": lambda at: {"channel_id": at["room"]},
    "bookmarks.remove": lambda at: {"channel_id": at["room"], "bookmark_id": at["bookmark"]},
    "bots.info": lambda at: {"bot": at.sandbox.world.workspace.team.bot_id},
    "canvases.access.set": lambda at: {
        "canvas_id": at["canvas"],
        "access_level": "read",
        "channel_ids": at["room"],
    },
    "canvases.create": lambda _: {"title": "Notes", "document_content": DOCUMENT},
    "canvases.delete": lambda at: {"canvas_id": at["canvas"]},
    "canvases.edit": lambda at: {
        "canvas_id": at["canvas"],
        "changes": [{"operation": "replace", "document_content": DOCUMENT}],
    },
    "chat.delete": lambda at: {"channel": at["room"], "ts": at["reply"]},
    "chat.deleteScheduledMessage": lambda at: {
        "channel": at["room"],
        "scheduled_message_id": at["scheduled"],
    },
    "chat.getPermalink": lambda at: {"channel": at["room"], "message_ts": at["ts"]},
    "chat.meMessage": lambda at: {"channel": at["room"], "text": "waves"},
    "chat.postEphemeral": lambda at: {"channel": at["room"], "user": at["alice"], "text": "Psst"},
    "chat.postMessage": lambda at: {
        "channel": at["room"],
        "text": "Hello",
        "username": "Greeter",
        "attachments": [ATTACHMENT],
    },
    "chat.scheduleMessage": lambda at: {
        "channel": at["room"],
        "text": "Later",
        "post_at": at["later"],
        "attachments": [ATTACHMENT],
    },
    "chat.scheduledMessages.list": lambda _: {},
    "chat.unfurl": lambda at: {
        "channel": at["room"],
        "ts": at["shared"],
        "unfurls": {LINK: {"title": "Runbook", "text": "How to"}},
    },
    "chat.update": lambda at: {"channel": at["room"], "ts": at["ts"], "text": "Better"},
    "conversations.archive": lambda at: {"channel": at["room"]},
    "conversations.canvases.create": lambda at: {
        "channel_id": at["room"],
        "document_content": DOCUMENT,
    },
    "conversations.close": lambda at: {"channel": at["dm"]},
    "conversations.create": lambda _: {"name": "another"},
    "conversations.history": lambda at: {"channel": at["room"], "limit": "1"},
    "conversations.info": lambda at: {"channel": at["room"]},
    "conversations.invite": lambda at: {"channel": at["room"], "users": at["bob"]},
    "conversations.join": lambda at: {"channel": at["room"]},
    "conversations.kick": lambda at: {"channel": at["room"], "user": at["alice"]},
    "conversations.leave": lambda at: {"channel": at["room"]},
    "conversations.list": lambda _: {},
    "conversations.mark": lambda at: {"channel": at["room"], "ts": at["ts"]},
    "conversations.members": lambda at: {"channel": at["room"]},
    "conversations.open": lambda at: {"users": f"{at['alice']},{at['bob']}", "return_im": True},
    "conversations.rename": lambda at: {"channel": at["room"], "name": "renamed"},
    "conversations.replies": lambda at: {"channel": at["room"], "ts": at["ts"], "limit": "1"},
    "conversations.setPurpose": lambda at: {"channel": at["room"], "purpose": "To test"},
    "conversations.setTopic": lambda at: {"channel": at["room"], "topic": "Tests"},
    "conversations.unarchive": lambda at: {"channel": at["old"]},
    "emoji.list": lambda _: {},
    "files.completeUploadExternal": lambda at: {
        "files": [{"id": at["waiting"]}],
        "channel_id": at["room"],
    },
    "files.delete": lambda at: {"file": at["file"]},
    "files.getUploadURLExternal": lambda _: {"filename": "a.txt", "length": "3"},
    "files.info": lambda at: {"file": at["file"]},
    "files.list": lambda _: {},
    "oauth.v2.access": lambda at: {
        "client_id": at.sandbox.world.credentials.client_id,
        "client_secret": at.sandbox.world.credentials.client_secret,
        "code": at["code"],
    },
    "pins.add": lambda at: {"channel": at["room"], "timestamp": at["reply"]},
    "pins.list": lambda at: {"channel": at["room"]},
    "pins.remove": lambda at: {"channel": at["room"], "timestamp": at["ts"]},
    "reactions.add": lambda at: {
        "channel": at["room"],
        "timestamp": at["ts"],
        "name": "tada",
    },
    "reactions.get": lambda at: {"channel": at["room"], "timestamp": at["ts"]},
    "reactions.list": lambda _: {},
    "reactions.remove": lambda at: {
        "channel": at["room"],
        "timestamp": at["ts"],
        "name": "eyes",
    },
    "team.info": lambda _: {},
    "usergroups.create": lambda _: {"name": "Watchers", "handle": "watchers"},
    "usergroups.disable": lambda at: {"usergroup": at["group"]},
    "usergroups.enable": lambda at: {"usergroup": at["group"]},
    "usergroups.list": lambda _: {},
    "usergroups.update": lambda at: {"usergroup": at["group"], "name": "Rescuers"},
    "usergroups.users.list": lambda at: {"usergroup": at["group"]},
    "usergroups.users.update": lambda at: {"usergroup": at["group"], "users": at["alice"]},
    "users.conversations": lambda _: {},
    "users.getPresence": lambda at: {"user": at["alice"]},
    "users.info": lambda at: {"user": at["alice"]},
    "users.list": lambda _: {},
    "users.lookupByEmail": lambda _: {"email": "bob@example.com"},
    "users.profile.get": lambda at: {"user": at["alice"]},
    "views.open": lambda at: {"trigger_id": at.trigger(), "view": modal(text_input())},
    "views.publish": lambda at: {"user_id": at["bob"], "view": HOME},
    "views.push": lambda at: {
        "trigger_id": at.trigger_in_view(),
        "view": modal(text_input(), close=plain("Close")),
    },
    "views.update": lambda at: {
        "view_id": at["view"],
        "view": modal(text_input(), SECTION, close=plain("Close")),
    },
}
# Answered with a refusal whatever it is sent.
NEVER_RIGHT = frozenset({"files.upload"})
