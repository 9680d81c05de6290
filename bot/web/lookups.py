"""Look-ups at the door, remembered so briefly that a revocation is honoured within a second."""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Generic, TypeVar

from bot.credentials import hash_of

T = TypeVar("T")

LIFETIME = 1.0
"""Seconds. It bounds what is out of date on every replica, so nothing need be told to them."""

MOST = 1024


class Lookup(Generic[T]):
    """Who a secret belongs to. What is not found is asked for again each time."""

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

    async def find(self, secret: str) -> T | None:
        """By the secret's hash; nothing else of it is kept. Secrets are plain ASCII."""
        if not secret.isascii():
            return None
        hash = hash_of(secret)
        seen = self._known.get(hash)
        if seen and self._elapsed() - seen[0] < self._lifetime:
            return seen[1]
        return await self._ask_anew(hash)

    async def _ask_anew(self, hash: str) -> T | None:
        asked_at = self._elapsed()
        found = await self._ask(hash)
        self._known.pop(hash, None)
        if found is not None:
            while len(self._known) >= MOST:
                del self._known[next(iter(self._known))]
            self._known[hash] = (asked_at, found)
        return found
