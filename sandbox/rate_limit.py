"""Slack's rate limits: a bucket per method, and one per channel for posting."""

import math
from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.facts.methods import METHODS
from sandbox.facts.tiers import OFF, PER_MINUTE, POSTS_PER_SECOND, PROFILES, Profile


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float

    def wait(self, now: float, per_second: float, capacity: float) -> float:
        """Take one token: 0, or the seconds until there will be one."""
        self.tokens = min(capacity, self.tokens + (now - self.at) * per_second)
        self.at = now
        if self.tokens >= 1:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens) / per_second


class RateLimiter:
    """Says how long a call must wait, and remembers whom it told to."""

    def __init__(self, clock: Clock, profile: str = OFF) -> None:
        self._clock = clock
        self.profile = profile
        self._buckets: dict[str, _Bucket] = {}
        self._told_to_wait_until: dict[str, float] = {}

    def reset(self) -> None:
        self._buckets.clear()
        self._told_to_wait_until.clear()

    def seconds_to_wait(self, key: str, method: str) -> int:
        """Whole seconds for `Retry-After`; 0 when the call may pass."""
        if self.profile not in PROFILES:
            return 0
        profile = PROFILES[self.profile]
        tier = METHODS[method].lower_tier if profile.lower_tier else METHODS[method].tier
        if tier not in PER_MINUTE:
            return 0
        capacity = max(1.0, PER_MINUTE[tier] * profile.burst)
        return self._take(key, PER_MINUTE[tier] / 60, capacity)

    def seconds_to_post(self, channel: str) -> int:
        if self.profile not in PROFILES:
            return 0
        profile = PROFILES[self.profile]
        return self._take(f"post:{channel}", POSTS_PER_SECOND, profile.posts_at_once)

    def posts_too_fast(self, channel: str) -> bool:
        """Whether Slack would have slowed this post down; asked when no limit is enforced."""
        if self.profile in PROFILES:
            return False
        documented: Profile = PROFILES["documented"]
        key, now = f"watched:{channel}", self._clock.lived_seconds()
        bucket = self._buckets.setdefault(key, _Bucket(documented.posts_at_once, now))
        return bucket.wait(now, POSTS_PER_SECOND, documented.posts_at_once) > 0

    def _take(self, key: str, per_second: float, capacity: float) -> int:
        now = self._clock.seconds()
        bucket = self._buckets.setdefault(key, _Bucket(capacity, now))
        return math.ceil(bucket.wait(now, per_second, capacity))

    def tell_to_wait(self, key: str, seconds: float) -> None:
        self._told_to_wait_until[key] = self._clock.seconds() + seconds

    def is_impatient(self, key: str) -> bool:
        """Whether the caller was told to wait longer than it did."""
        return self._clock.seconds() < self._told_to_wait_until.pop(key, 0.0)
