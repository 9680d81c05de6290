"""Requests counted in this process, in windows which begin with the first of them."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from limits.aio.storage import Storage

MOST_KEYS = 200_000
"""Keys that one process counts at most, so that addresses made up by an attacker cannot fill it."""


class Count(NamedTuple):
    """How often a key was counted in its window, and when that ends, in seconds of the epoch."""

    used: int
    until: float


class Counts(Protocol):
    async def add(self, key: str, seconds: int, amount: int = 1) -> Count:
        """Count it in its window, which begins with its first use. Never refuses."""

    async def close(self) -> None: ...


class InProcess(Storage):
    """Fixed windows in a dictionary.

    The library's own memory looks at every key it has on each request; here the keys stand in the
    order in which their windows end, so that only those which ended are touched.
    """

    STORAGE_SCHEME = None

    def __init__(self, now: Callable[[], float], *, most: int = MOST_KEYS) -> None:
        super().__init__()
        self._now = now
        self._most = most
        self._counts: dict[str, Count] = {}

    @property
    def base_exceptions(self) -> type[Exception]:
        return ArithmeticError

    async def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        return self.count(key, expiry, amount).used

    def count(self, key: str, expiry: float, amount: int) -> Count:
        """At once: the library wraps what it knows of in coroutines that catch its errors."""
        now = self._now()
        seen = self._counts.get(key)
        if seen and seen.until > now:
            counted = self._counts[key] = Count(seen.used + amount, seen.until)
            return counted
        self._forget_the_ended(now)
        self._counts.pop(key, None)
        counted = self._counts[key] = Count(amount, now + expiry)
        return counted

    async def get(self, key: str) -> int:
        seen = self._counts.get(key)
        return seen.used if seen and seen.until > self._now() else 0

    async def get_expiry(self, key: str) -> float:
        seen = self._counts.get(key)
        return seen.until if seen else self._now()

    async def check(self) -> bool:
        return True

    async def reset(self) -> int:
        count = len(self._counts)
        self._counts.clear()
        return count

    async def clear(self, key: str) -> None:
        self._counts.pop(key, None)

    def _forget_the_ended(self, now: float) -> None:
        while self._counts:
            oldest = next(iter(self._counts))
            if self._counts[oldest].until > now and len(self._counts) < self._most:
                return
            del self._counts[oldest]


class OwnCounts:
    """For one process: nothing else knows of them."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._storage = InProcess(now)

    async def add(self, key: str, seconds: int, amount: int = 1) -> Count:
        return self._storage.count(key, seconds, amount)

    async def close(self) -> None:
        """Nothing is open."""
