"""How many calls a minute each tier allows, and how the rate limit profiles read that."""

from collections.abc import Mapping
from dataclasses import dataclass

PER_MINUTE: Mapping[str, int] = {"t1": 1, "t2": 20, "t3": 50, "t4": 100}

# Methods with limits of their own, for which Slack gives words instead of numbers: "hundreds" for
# the first two, "several hundred messages a minute" in a workspace for the third. The lowest
# number that the words allow; where there are no words, that of a neighbour.
SPECIAL: Mapping[str, int] = {
    "auth.test": 200,
    "chat.getPermalink": 200,
    "chat.postMessage": 300,
    "oauth.v2.access": 100,
    "blocks.validate": 20,
}
# No burst: what a storm of incidents meets first.
CEILINGS = frozenset({"conversations.create"})
# What apps sold outside of Slack's Marketplace may read of a conversation.
DISTRIBUTED_METHODS = frozenset({"conversations.history", "conversations.replies"})
DISTRIBUTED_PER_MINUTE = 1
DISTRIBUTED_PAGE = 15

WINDOW_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Bursts are not published: `burst` multiplies the minute's allowance, `posts` is a count."""

    burst: float
    posts_at_once: int
    lower_tier: bool


PROFILES: Mapping[str, Profile] = {
    "documented": Profile(burst=1.5, posts_at_once=3, lower_tier=False),
    "harsh": Profile(burst=1.0, posts_at_once=1, lower_tier=True),
}

OFF = "off"
POSTS_PER_SECOND = 1.0
