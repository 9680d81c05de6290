"""How passwords are tried: so many at once, and as long for nobody as for somebody."""

import asyncio
from time import perf_counter

import pytest
from argon2 import PasswordHasher

from bot.passwords import AT_ONCE, BadPassword, Passwords
from core.errors import Unavailable

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Watching(PasswordHasher):
    """Remembers how many verified at the same time."""

    def __init__(self) -> None:
        super().__init__(time_cost=2, memory_cost=1_024, parallelism=1)
        self.now = self.most = self.asked = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
        self.asked += 1
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            return super().verify(hash, password)
        finally:
            self.now -= 1


async def test_a_password_fits_its_hash_and_no_other() -> None:
    passwords = Passwords(QUICK)
    hash = await passwords.hash("correct horse")

    assert hash.startswith("$argon2id$")
    assert await passwords.fits("correct horse", hash)
    assert not await passwords.fits("correct house", hash)
    assert not await passwords.fits("correct horse", "no hash at all")


@pytest.mark.parametrize("password", ["", "too short", "x" * 1_001])
async def test_what_cannot_be_a_password_is_not_hashed(password: str) -> None:
    with pytest.raises(BadPassword):
        await Passwords(QUICK).hash(password)


async def test_for_nobody_a_password_is_tried_all_the_same() -> None:
    hasher = Watching()
    passwords = Passwords(hasher)

    assert not await passwords.fits("correct horse", None)

    assert hasher.asked == 1


async def test_a_very_long_password_takes_no_longer() -> None:
    passwords = Passwords(QUICK)
    hash = await passwords.hash("correct horse")
    started = perf_counter()

    assert not await passwords.fits("x" * 10_000_000, hash)

    assert perf_counter() - started < 1


async def test_only_so_many_are_tried_at_once() -> None:
    hasher = Watching()
    passwords = Passwords(hasher)
    hash = await passwords.hash("correct horse")

    fits = await asyncio.gather(*(passwords.fits("correct horse", hash) for _ in range(20)))

    assert all(fits)
    assert hasher.most <= AT_ONCE


async def test_when_too_many_wait_the_next_is_told_so() -> None:
    passwords = Passwords(QUICK, most_waiting=2)

    outcomes = await asyncio.gather(
        *(passwords.fits("correct horse", None) for _ in range(30)), return_exceptions=True
    )

    assert any(isinstance(outcome, Unavailable) for outcome in outcomes)
    assert await passwords.fits("correct horse", None) is False
