"""Every Web API method Tocsin calls: how often it may, and which scopes of the bot allow it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.slack.events import EVENTS

TIER_2, TIER_3, TIER_4 = 20, 50, 100
SPECIAL = 60
"""Calls a minute where Slack publishes no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """`scopes` are all that Tocsin uses the method with; `posts` also counts per channel. With a
    `ceiling` no minute may have more calls than that, whenever it begins: there is no burst."""

    per_minute: int
    scopes: tuple[str, ...] = ()
    posts: bool = False
    ceiling: bool = False


_MANAGE = ("channels:manage", "groups:write")
_SEE = ("channels:read", "groups:read")
_HISTORY = ("channels:history", "groups:history", "im:history")

METHODS: Mapping[str, Method] = {
    "auth.test": Method(per_minute=SPECIAL),
    "bookmarks.add": Method(per_minute=TIER_2, scopes=("bookmarks:write",)),
    "bookmarks.list": Method(per_minute=TIER_3, scopes=("bookmarks:read",)),
    "bookmarks.remove": Method(per_minute=TIER_2, scopes=("bookmarks:write",)),
    "canvases.access.set": Method(per_minute=TIER_3, scopes=("canvases:write",)),
    "canvases.create": Method(per_minute=TIER_2, scopes=("canvases:write",)),
    "canvases.edit": Method(per_minute=TIER_3, scopes=("canvases:write",)),
    "chat.getPermalink": Method(per_minute=SPECIAL),
    "chat.postEphemeral": Method(per_minute=TIER_4, scopes=("chat:write",)),
    "chat.postMessage": Method(per_minute=TIER_4, scopes=("chat:write",), posts=True),
    "chat.unfurl": Method(per_minute=TIER_3, scopes=("links:write",)),
    "chat.update": Method(per_minute=TIER_3, scopes=("chat:write",)),
    "conversations.archive": Method(per_minute=TIER_2, scopes=_MANAGE),
    "conversations.canvases.create": Method(per_minute=TIER_2, scopes=("canvases:write",)),
    "conversations.create": Method(per_minute=TIER_2, scopes=_MANAGE, ceiling=True),
    "conversations.history": Method(per_minute=TIER_3, scopes=_HISTORY),
    "conversations.info": Method(per_minute=TIER_3, scopes=_SEE),
    "conversations.invite": Method(per_minute=TIER_3, scopes=_MANAGE),
    "conversations.join": Method(per_minute=TIER_3, scopes=("channels:join",)),
    "conversations.kick": Method(per_minute=TIER_3, scopes=_MANAGE),
    "conversations.list": Method(per_minute=TIER_2, scopes=_SEE),
    "conversations.open": Method(per_minute=TIER_3, scopes=("im:write",)),
    "conversations.rename": Method(per_minute=TIER_2, scopes=_MANAGE),
    "conversations.replies": Method(per_minute=TIER_3, scopes=_HISTORY),
    "conversations.setTopic": Method(per_minute=TIER_2, scopes=_MANAGE),
    "conversations.unarchive": Method(per_minute=TIER_2, scopes=_MANAGE),
    "files.completeUploadExternal": Method(per_minute=TIER_4, scopes=("files:write",)),
    "files.delete": Method(per_minute=TIER_3, scopes=("files:write",)),
    "files.getUploadURLExternal": Method(per_minute=TIER_4, scopes=("files:write",)),
    "oauth.v2.access": Method(per_minute=SPECIAL),
    "pins.add": Method(per_minute=TIER_2, scopes=("pins:write",)),
    "users.info": Method(per_minute=TIER_4, scopes=("users:read",)),
    "users.lookupByEmail": Method(per_minute=TIER_3, scopes=("users:read.email",)),
    "views.open": Method(per_minute=TIER_4),
    "views.publish": Method(per_minute=TIER_4),
    "views.update": Method(per_minute=TIER_4),
}
"""`users.info` also shows the e-mail address, for which `users:read.email` is needed."""

BOT_SCOPES: tuple[str, ...] = tuple(
    sorted(
        {
            "commands",
            *(scope for method in METHODS.values() for scope in method.scopes),
            *(scope for scopes in EVENTS.values() for scope in scopes),
        }
    )
)
"""What the app asks for when it is installed; the manifest says the same."""
