"""The manifest of the small app these tests install in the sandbox."""

from sandbox.json_types import Json

SCOPES = [
    "app_mentions:read",
    "bookmarks:read",
    "bookmarks:write",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "mpim:read",
    "mpim:write",
    "pins:read",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users:read",
    "users:read.email",
]
EVENTS = [
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_rename",
    "channel_unarchive",
    "member_joined_channel",
    "message.channels",
    "message.im",
    "pin_added",
    "reaction_added",
    "team_join",
    "user_change",
]


def manifest(*, scopes: list[str] | None = None, events: list[str] | None = None) -> Json:
    return {
        "display_information": {"name": "Greeter"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "greeter"},
            "slash_commands": [
                {"command": "/hello", "description": "Says hello", "usage_hint": "[name]"},
                {"command": "/escaped", "description": "Escapes", "should_escape": True},
            ],
            "shortcuts": [
                {
                    "name": "Greet",
                    "type": "global",
                    "callback_id": "greet",
                    "description": "Greets",
                },
                {
                    "name": "Greet back",
                    "type": "message",
                    "callback_id": "greet_back",
                    "description": "Greets the author",
                },
            ],
        },
        "oauth_config": {
            "redirect_urls": ["http://127.0.0.1:9/slack/oauth_redirect"],
            "scopes": {"bot": SCOPES if scopes is None else scopes},
        },
        "settings": {
            "event_subscriptions": {"bot_events": EVENTS if events is None else events},
            "interactivity": {"is_enabled": True},
        },
    }
