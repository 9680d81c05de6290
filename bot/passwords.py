"""People's passwords: hashed slowly on purpose, in a thread, so that nobody else waits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.errors import Unavailable

SHORTEST, LONGEST = 10, 1_000
_RANDOM_BYTES = 12

AT_ONCE = 4
"""Each takes 64 MiB while it is hashed."""

MOST_WAITING = 256


class BadPassword(Exception):
    """It cannot be a password; the sentence says why."""


def new_password() -> str:
    """A random one, short enough to be typed once."""
    return token_urlsafe(_RANDOM_BYTES)


def checked_password(password: str) -> str:
    """The password, if it is one: long enough to be safe, short enough to be hashed."""
    if len(password) < SHORTEST:
        raise BadPassword(f"The password is too short; use {SHORTEST} characters or more.")
    if len(password) > LONGEST:
        raise BadPassword(f"The password is too long; use at most {LONGEST:,} characters.")
    return password


async def hash_password(password: str) -> str:
    return await asyncio.to_thread(PasswordHasher().hash, checked_password(password))


async def password_fits(password: str, hash: str) -> bool:
    """Whether it is the password of which `hash` was kept."""
    return await asyncio.to_thread(_fits, PasswordHasher(), password, hash)


class Passwords:
    """For a server, at which many people may sign in at the same time."""

    def __init__(
        self, hasher: PasswordHasher | None = None, *, most_waiting: int = MOST_WAITING
    ) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._most_waiting = most_waiting
        self._waiting = 0
        self._dummy: str | None = None

    async def hash(self, password: str) -> str:
        checked = checked_password(password)
        async with self._turn():
            return await asyncio.to_thread(self._hasher.hash, checked)

    async def fits(self, password: str, hash: str | None) -> bool:
        """Whether it is the password. Where nobody has one, it takes as long to say so."""
        async with self._turn():
            if self._dummy is None:
                self._dummy = await asyncio.to_thread(self._hasher.hash, new_password())
            tried = await asyncio.to_thread(
                _fits, self._hasher, password[: LONGEST + 1], hash or self._dummy
            )
        return tried and hash is not None

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """So many at once, so many who wait for that, and no more."""
        if self._waiting >= self._most_waiting:
            raise Unavailable("Too many people are signing in; try again in a moment.")
        self._waiting += 1
        try:
            await self._turns.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turns.release()


def _fits(hasher: PasswordHasher, password: str, hash: str) -> bool:
    try:
        return hasher.verify(hash, password)
    except (VerificationError, InvalidHashError):
        return False
