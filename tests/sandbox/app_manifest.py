"""The manifest of the small app these tests install in the sandbox."""

from sandbox.facts.subscribable import SUBSCRIBABLE
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
    "emoji:read",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "links:read",
    "links:write",
    "mpim:read",
    "mpim:write",
    "pins:read",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "usergroups:write",
    "users.profile:read",
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
    "file_shared",
    "link_shared",
    "member_joined_channel",
    "message.channels",
    "message.im",
    "pin_added",
    "reaction_added",
    "subteam_updated",
    "team_join",
    "tokens_revoked",
    "user_change",
]


def manifest(
    *,
    scopes: list[str] | None = None,
    events: list[str] | None = None,
    socket_mode: bool = False,
) -> Json:
    """The whole manifest; with fewer scopes, without what needs the others."""
    granted = SCOPES if scopes is None else scopes
    if events is None:
        events = [event for event in EVENTS if _is_allowed(event, granted)]
    description = _description(granted, events)
    if "commands" not in granted:
        del description["features"]["slash_commands"]
    description["settings"]["socket_mode_enabled"] = socket_mode
    return description


def _is_allowed(event: str, scopes: list[str]) -> bool:
    needed = SUBSCRIBABLE[event]
    return not needed or bool(needed.intersection(scopes))


def _description(scopes: list[str], events: list[str]) -> Json:
    return {
        "display_information": {"name": "Greeter"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "greeter"},
            "unfurl_domains": ["example.com"],
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
            "scopes": {"bot": scopes},
        },
        "settings": {
            "event_subscriptions": {"bot_events": events},
            "interactivity": {"is_enabled": True},
        },
    }
