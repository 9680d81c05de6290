"""Requests that several replicas count together, in Redis."""

import asyncio
from collections.abc import Callable
from time import monotonic
from urllib.parse import urlsplit

import structlog
from limits.aio.storage import RedisStorage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.errors import StorageError

from bot.web.rate_limit_store import MOST_KEYS, Count, Counts, OwnCounts

PATIENCE = 0.5
"""Seconds that a request waits for Redis before it is counted here."""

PAUSE = 5.0
"""Seconds without a look at a Redis that did not answer."""

CONNECTIONS = 64
PREFIX = "tocsin:limits"
PORT = 6379

log = structlog.get_logger(__name__)


class SharedCounts:
    """In Redis; in this process for as long as Redis does not answer.

    The end of a window is asked for once, so that a request costs one question a key.
    """

    def __init__(self, url: str, now: Callable[[], float], *, pause: float = PAUSE) -> None:
        self._now = now
        self._pause = pause
        self._own = OwnCounts(now)
        self._ends: dict[str, float] = {}
        self._away = False
        self._next_look = 0.0
        self._turns = asyncio.Semaphore(CONNECTIONS)
        self._storage = redis_at(url)

    async def add(self, key: str, seconds: int, amount: int = 1) -> Count:
        if self._away and monotonic() < self._next_look:
            return await self._own.add(key, seconds, amount)
        # One request looks whether it is back; those that come meanwhile do not wait with it.
        self._next_look = monotonic() + self._pause
        try:
            async with asyncio.timeout(PATIENCE), self._turns:
                count = await self._ask(key, seconds, amount)
        except (StorageError, TimeoutError) as error:
            self._missed(error)
            return await self._own.add(key, seconds, amount)
        self._answered()
        return count

    async def close(self) -> None:
        await leave(self._storage)

    async def _ask(self, key: str, seconds: int, amount: int) -> Count:
        used = await self._storage.incr(key, seconds, amount)
        ends = self._ends.get(key, 0.0)
        if used <= 1 or ends <= self._now():
            ends = await self._storage.get_expiry(key)
            if len(self._ends) >= MOST_KEYS:
                self._ends.clear()
            self._ends[key] = ends
        return Count(used, ends)

    def _missed(self, error: Exception) -> None:
        if not self._away:
            self._away = True
            log.warning(
                "rate_limits_not_shared",
                reason=str(error) or type(error).__name__,
                advice="Redis does not answer, so each replica counts requests for itself until "
                "it does; look at TOCSIN_REDIS_URL.",
            )

    def _answered(self) -> None:
        if self._away:
            self._away = False
            log.info("rate_limits_shared_again")


def counts_of(url: str | None, now: Callable[[], float]) -> Counts:
    """In the Redis at the URL, or without one in this process."""
    return SharedCounts(url, now) if url else OwnCounts(now)


def redis_at(url: str, *, patience: float = PATIENCE) -> RedisStorage:
    """Connects when it is first asked; a `StorageError` when that is in vain."""
    return RedisStorage(
        with_port(url),
        implementation="redispy",
        wrap_exceptions=True,
        key_prefix=PREFIX,
        socket_timeout=patience,
        socket_connect_timeout=patience,
    )


def with_port(url: str) -> str:
    """The URL with Redis' own port, where it has none; the library asks for one."""
    parts = urlsplit(url)
    if parts.port is not None:
        return url
    return parts._replace(netloc=f"{parts.netloc.rstrip(':')}:{PORT}").geturl()


async def leave(storage: RedisStorage) -> None:
    """Close its connections, which the library leaves to us."""
    if isinstance(storage.bridge, RedispyBridge):
        client = storage.bridge.get_connection()
        await client.aclose()  # type: ignore[attr-defined]  # the library's protocol leaves it out
