"""People's passwords: hashed slowly on purpose, in a thread, so that nobody else waits."""

import asyncio
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 1_000
_RANDOM_BYTES = 12


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
    try:
        return await asyncio.to_thread(PasswordHasher().verify, hash, password)
    except (VerificationError, InvalidHashError):
        return False
