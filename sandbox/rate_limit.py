"""Slack's rate limits: a bucket per method, and one per channel for posting."""

import math
from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.facts.methods import METHODS
from sandbox.facts.tiers import (
    CEILINGS,
    DISTRIBUTED_METHODS,
    DISTRIBUTED_PER_MINUTE,
    OFF,
    PER_MINUTE,
    POSTS_PER_SECOND,
    PROFILES,
    SPECIAL,
    WINDOW_SECONDS,
    Profile,
)

# Sums of fractions of a second fall a hair short of whole tokens.
HAIR = 1e-6


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float

    def wait(self, now: float, per_second: float, capacity: float) -> float:
        """Take one token: 0, or the seconds until there will be one."""
        self.tokens = min(capacity, self.tokens + (now - self.at) * per_second)
        self.at = now
        if self.tokens >= 1 - HAIR:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens) / per_second


@dataclass(slots=True)
class _Window:
    """The times of the calls within the last minute, which are never more than `most`."""

    times: list[float] = field(default_factory=list)

    def wait(self, now: float, most: int) -> float:
        self.times = [time for time in self.times if time > now - WINDOW_SECONDS + HAIR]
        if len(self.times) < most:
            self.times.append(now)
            return 0.0
        return self.times[0] + WINDOW_SECONDS - now


class RateLimiter:
    """Says how long a call must wait, and remembers whom it told to.

    `burst` replaces that of the profile. `distributed` is for apps that are sold outside of
    Slack's Marketplace, whom Slack lets read histories slowly only.
    """

    def __init__(self, clock: Clock, profile: str = OFF) -> None:
        self._clock = clock
        self.profile = profile
        self.burst: float | None = None
        self.distributed = False
        self.reset()

    def reset(self) -> None:
        self._buckets: dict[str, _Bucket] = {}
        self._windows: dict[str, _Window] = {}
        self._told_to_wait_until: dict[str, float] = {}

    def seconds_to_wait(self, key: str, method: str) -> int:
        """Whole seconds for `Retry-After`; 0 when the call may pass."""
        if self.distributed and method in DISTRIBUTED_METHODS:
            return self._take(key, DISTRIBUTED_PER_MINUTE / 60, 1.0)
        if self.profile not in PROFILES:
            return 0
        profile = PROFILES[self.profile]
        per_minute = _per_minute(method, profile)
        if method in CEILINGS:
            window = self._windows.setdefault(key, _Window())
            return math.ceil(window.wait(self._clock.paced_seconds(), per_minute) - HAIR)
        burst = profile.burst if self.burst is None else self.burst
        return self._take(key, per_minute / 60, max(1.0, per_minute * burst))

    def seconds_to_post(self, key: str) -> int:
        if self.profile not in PROFILES:
            return 0
        profile = PROFILES[self.profile]
        return self._take(f"post:{key}", POSTS_PER_SECOND, profile.posts_at_once)

    def posts_too_fast(self, key: str) -> bool:
        """Whether Slack would have slowed this post down; asked when no limit is enforced."""
        if self.profile in PROFILES:
            return False
        documented: Profile = PROFILES["documented"]
        key, now = f"watched:{key}", self._clock.lived_seconds()
        bucket = self._buckets.setdefault(key, _Bucket(documented.posts_at_once, now))
        return bucket.wait(now, POSTS_PER_SECOND, documented.posts_at_once) > 0

    def _take(self, key: str, per_second: float, capacity: float) -> int:
        now = self._clock.paced_seconds()
        bucket = self._buckets.setdefault(key, _Bucket(capacity, now))
        return math.ceil(bucket.wait(now, per_second, capacity) - HAIR)

    def tell_to_wait(self, key: str, seconds: float) -> None:
        until = self._clock.paced_seconds() + seconds
        self._told_to_wait_until[key] = max(until, self._told_to_wait_until.get(key, 0.0))

    def is_impatient(self, key: str) -> bool:
        """Whether the caller was told to wait longer than it did."""
        if self._clock.paced_seconds() < self._told_to_wait_until.get(key, 0.0) - HAIR:
            return True
        self._told_to_wait_until.pop(key, None)
        return False


def _per_minute(method: str, profile: Profile) -> int:
    if method in SPECIAL:
        return SPECIAL[method]
    facts = METHODS[method]
    return PER_MINUTE[facts.lower_tier if profile.lower_tier else facts.tier]
