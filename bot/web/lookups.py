"""Look-ups at the door, remembered so briefly that a revocation is honoured within a second."""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Generic, TypeVar

from bot.credentials import hash_of

T = TypeVar("T")

LIFETIME = 1.0
"""Seconds. It bounds what is out of date on every replica, so nothing need be told to them."""

MOST = 1024


class Recent(Generic[T]):
    """What was found under a key a moment ago. What is not found is asked for again each time."""

    def __init__(
        self,
        ask: Callable[[str], Awaitable[T | None]],
        *,
        elapsed: Callable[[], float] = monotonic,
        lifetime: float = LIFETIME,
    ) -> None:
        self._ask = ask
        self._elapsed = elapsed
        self._lifetime = lifetime
        self._known: dict[str, tuple[float, T]] = {}

    async def find(self, key: str) -> T | None:
        seen = self._known.get(key)
        if seen and self._elapsed() - seen[0] < self._lifetime:
            return seen[1]
        return await self._ask_anew(key)

    def forget(self) -> None:
        """Everything, and what is just being asked for: something has changed."""
        self._known = {}

    async def _ask_anew(self, key: str) -> T | None:
        asked_at, known = self._elapsed(), self._known
        found = await self._ask(key)
        known.pop(key, None)
        if found is not None:
            while len(known) >= MOST:
                del known[next(iter(known))]
            known[key] = (asked_at, found)
        return found


class Lookup(Generic[T]):
    """Who a secret belongs to. Only its hash is kept; secrets are plain ASCII."""

    def __init__(
        self,
        ask: Callable[[str], Awaitable[T | None]],
        *,
        elapsed: Callable[[], float] = monotonic,
        lifetime: float = LIFETIME,
    ) -> None:
        self._recent = Recent(ask, elapsed=elapsed, lifetime=lifetime)

    async def find(self, secret: str) -> T | None:
        return await self._recent.find(hash_of(secret)) if secret.isascii() else None
