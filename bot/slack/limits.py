"""Keeps within Slack's rate limits, so that Slack need not remind us: token buckets and pauses."""

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.slack.methods import METHODS
from core.language import say
from core.ports import Unreachable

POSTS_PER_SECOND = 1.0
POSTS_AT_ONCE = 2
"""One fewer than Slack is known to take: messages arrive closer together than they were sent."""

PATIENCE = 2.0
"""Seconds that are waited for on the spot; for more, the caller comes back later."""

MINUTE = 61.0
"""Seconds; a second more than Slack counts, for calls arrive closer together than they were
sent."""


@dataclass(slots=True)
class _Bucket:
    per_second: float
    size: float
    level: float
    at: float
    closed_until: float = 0.0

    def wait(self, now: float) -> float:
        """How long until there is a token; 0 when there is one."""
        self.level = min(self.size, self.level + (now - self.at) * self.per_second)
        self.at = now
        missing = max(1 - self.level, 0.0) / self.per_second
        return max(missing, self.closed_until - now)

    def take(self, now: float) -> None:
        self.level -= 1

    def is_as_new(self, now: float) -> bool:
        return not self.wait(now) and self.level >= self.size


@dataclass(slots=True)
class _Ceiling:
    """Never more than `most` in any minute; all of them may come at once."""

    most: int
    taken: deque[float] = field(default_factory=deque)
    closed_until: float = 0.0

    def wait(self, now: float) -> float:
        while self.taken and self.taken[0] <= now - MINUTE:
            self.taken.popleft()
        missing = self.taken[0] + MINUTE - now if len(self.taken) >= self.most else 0.0
        return max(missing, self.closed_until - now, 0.0)

    def take(self, now: float) -> None:
        self.taken.append(now)

    def is_as_new(self, now: float) -> bool:
        return not self.wait(now) and not self.taken


_Limit: TypeAlias = _Bucket | _Ceiling


class Limits:
    """Per workspace and method, and per channel for posts."""

    def __init__(
        self, monotonic: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._limits: dict[tuple[str, str, str], _Limit] = {}

    async def pass_through(self, team: str, method: str, channel: str = "") -> None:
        """Return when the call may be made; `Unreachable` with the wait when that is long."""
        buckets = self._of(team, method, channel)
        while (wait := max(bucket.wait(self._monotonic()) for bucket in buckets)) > 0:
            if wait > PATIENCE:
                raise Unreachable(
                    say("Slack's rate limit is used up; it goes on in a moment."), retry_after=wait
                )
            await self._sleep(wait)
        for bucket in buckets:
            bucket.take(self._monotonic())

    def pause(self, team: str, method: str, channel: str, seconds: float) -> None:
        """Slack said to wait: nothing of this kind is sent before."""
        for bucket in self._of(team, method, channel)[-1:]:
            bucket.closed_until = max(bucket.closed_until, self._monotonic() + seconds)

    def _of(self, team: str, method: str, channel: str) -> Sequence[_Limit]:
        known = METHODS[method]
        if known.ceiling:
            return [self._limit((team, method, ""), lambda _: _Ceiling(known.per_minute))]
        each, size = known.per_minute / 60, known.per_minute / 2
        whole = self._limit((team, method, ""), lambda now: _Bucket(each, size, size, now))
        if not (known.posts and channel):
            return [whole]
        return [whole, self._limit((team, method, channel), _of_a_channel)]

    def _limit(self, key: tuple[str, str, str], make: Callable[[float], _Limit]) -> _Limit:
        if key not in self._limits:
            now = self._monotonic()
            self._forget_full_ones(now)
            self._limits[key] = make(now)
        return self._limits[key]

    def _forget_full_ones(self, now: float) -> None:
        """A channel that was quiet for long enough is as good as a new one."""
        if len(self._limits) > 5_000:
            self._limits = {key: one for key, one in self._limits.items() if not one.is_as_new(now)}


def _of_a_channel(now: float) -> _Bucket:
    return _Bucket(POSTS_PER_SECOND, POSTS_AT_ONCE, POSTS_AT_ONCE, now)
