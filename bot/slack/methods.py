"""Every Web API method Tocsin calls: how often it may, and which scopes of the bot allow it."""

from collections.abc import Mapping
from dataclasses import dataclass

TIER_2, TIER_3, TIER_4 = 20, 50, 100
SPECIAL = 60
"""Calls a minute where Slack publishes no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """`scopes` are all that Tocsin uses the method with; `posts` also counts per channel."""

    per_minute: int
    scopes: tuple[str, ...] = ()
    posts: bool = False


_SEE = ("channels:read", "groups:read")
_HISTORY = ("channels:history", "groups:history", "im:history")

METHODS: Mapping[str, Method] = {
    "auth.test": Method(per_minute=SPECIAL),
    "bookmarks.add": Method(per_minute=TIER_2, scopes=("bookmarks:write",)),
    "bookmarks.list": Method(per_minute=TIER_3, scopes=("bookmarks:read",)),
    "chat.getPermalink": Method(per_minute=SPECIAL),
    "chat.postMessage": Method(per_minute=TIER_4, scopes=("chat:write",), posts=True),
    "chat.update": Method(per_minute=TIER_3, scopes=("chat:write",)),
    "conversations.create": Method(per_minute=TIER_2, scopes=("channels:manage",)),
    "conversations.history": Method(per_minute=TIER_3, scopes=_HISTORY),
    "conversations.info": Method(per_minute=TIER_3, scopes=_SEE),
    "conversations.invite": Method(per_minute=TIER_3, scopes=("channels:manage",)),
    "conversations.join": Method(per_minute=TIER_3, scopes=("channels:join",)),
    "conversations.list": Method(per_minute=TIER_2, scopes=_SEE),
    "conversations.open": Method(per_minute=TIER_3, scopes=("im:write",)),
    "conversations.replies": Method(per_minute=TIER_3, scopes=_HISTORY),
    "conversations.setTopic": Method(per_minute=TIER_2, scopes=("channels:manage",)),
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
    sorted({"commands", *(scope for method in METHODS.values() for scope in method.scopes)})
)
"""What the app asks for when it is installed; the manifest says the same."""
