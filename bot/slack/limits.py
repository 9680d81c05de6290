"""Keeps within Slack's rate limits, so that Slack need not remind us: token buckets and pauses."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.slack.methods import METHODS
from core.ports import Unreachable

POSTS_PER_SECOND = 1.0
POSTS_AT_ONCE = 2
"""One fewer than Slack is known to take: messages arrive closer together than they were sent."""

PATIENCE = 2.0
"""Seconds that are waited for on the spot; for more, the caller comes back later."""


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


class Limits:
    """Per workspace and method, and per channel for posts."""

    def __init__(
        self, monotonic: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._buckets: dict[tuple[str, str, str], _Bucket] = {}

    async def pass_through(self, team: str, method: str, channel: str = "") -> None:
        """Return when the call may be made; `Unreachable` with the wait when that is long."""
        buckets = self._of(team, method, channel)
        while (wait := max(bucket.wait(self._monotonic()) for bucket in buckets)) > 0:
            if wait > PATIENCE:
                raise Unreachable(
                    "Slack's rate limit is used up; it goes on in a moment.", retry_after=wait
                )
            await self._sleep(wait)
        for bucket in buckets:
            bucket.level -= 1

    def pause(self, team: str, method: str, channel: str, seconds: float) -> None:
        """Slack said to wait: nothing of this kind is sent before."""
        for bucket in self._of(team, method, channel)[-1:]:
            bucket.closed_until = max(bucket.closed_until, self._monotonic() + seconds)

    def _of(self, team: str, method: str, channel: str) -> list[_Bucket]:
        per_minute = METHODS[method].per_minute
        whole = self._bucket((team, method, ""), per_minute / 60, per_minute / 2)
        if not (METHODS[method].posts and channel):
            return [whole]
        return [whole, self._bucket((team, method, channel), POSTS_PER_SECOND, POSTS_AT_ONCE)]

    def _bucket(self, key: tuple[str, str, str], per_second: float, size: float) -> _Bucket:
        if key not in self._buckets:
            now = self._monotonic()
            self._forget_full_ones(now)
            self._buckets[key] = _Bucket(per_second, size, size, now)
        return self._buckets[key]

    def _forget_full_ones(self, now: float) -> None:
        """A channel that was quiet for long enough is as good as a new one."""
        if len(self._buckets) > 5_000:
            kept = {k: b for k, b in self._buckets.items() if b.wait(now) or b.level < b.size}
            self._buckets = kept
