"""How many calls a minute each tier allows, and how the rate limit profiles read that."""

from collections.abc import Mapping
from dataclasses import dataclass

PER_MINUTE: Mapping[str, int] = {"t1": 1, "t2": 20, "t3": 50, "t4": 100}


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
