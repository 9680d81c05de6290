"""Five wrong passwords lock an account, whoever tries and however fast, on each of the storages."""

import asyncio

import pytest

from core.domain.account import FAILURES_ALLOWED, LOCKED_FOR
from tests.integration.api.doorstep import Doorstep

EMAIL = "engineer@example.com"

pytestmark = pytest.mark.usefixtures("engineer")


async def fail(doorstep: Doorstep, times: int) -> None:
    for _ in range(times):
        assert (await doorstep.try_to_sign_in(EMAIL, "another-password"))[0] == 401


async def test_after_five_failures_the_right_password_is_answered_as_a_wrong_one(
    doorstep: Doorstep,
) -> None:
    wrong = await doorstep.try_to_sign_in(EMAIL, "another-password")
    await fail(doorstep, FAILURES_ALLOWED - 1)

    status, body = await doorstep.try_to_sign_in(EMAIL)

    assert (status, body["detail"]) == (wrong[0], wrong[1]["detail"])


async def test_a_lock_ends_after_half_an_hour_and_trying_meanwhile_does_not_prolong_it(
    doorstep: Doorstep,
) -> None:
    await fail(doorstep, FAILURES_ALLOWED)
    doorstep.clock.advance(seconds=LOCKED_FOR.total_seconds() - 1)
    await fail(doorstep, 1)
    assert (await doorstep.try_to_sign_in(EMAIL))[0] == 401

    doorstep.clock.advance(seconds=1)

    await doorstep.sign_in(EMAIL)


async def test_after_a_lock_there_are_five_tries_again(doorstep: Doorstep) -> None:
    await fail(doorstep, FAILURES_ALLOWED)
    doorstep.clock.advance(seconds=LOCKED_FOR.total_seconds())

    await fail(doorstep, FAILURES_ALLOWED - 1)

    await doorstep.sign_in(EMAIL)


async def test_a_success_forgives_the_failures_before_it(doorstep: Doorstep) -> None:
    for _ in range(3):
        await fail(doorstep, FAILURES_ALLOWED - 1)
        await doorstep.sign_in(EMAIL)


async def test_tries_at_once_count_like_tries_one_by_one(doorstep: Doorstep) -> None:
    answers = await asyncio.gather(
        *(doorstep.try_to_sign_in(EMAIL, f"another-password-{n}") for n in range(12))
    )

    assert {status for status, _ in answers} == {401}
    await doorstep.desk.errands.close()
    (_, user), *_ = await doorstep.storage.directory.users_with_email(EMAIL)
    assert user.failed_logins == FAILURES_ALLOWED
    assert (await doorstep.try_to_sign_in(EMAIL))[0] == 401


async def test_many_who_know_the_password_come_in_at_once(doorstep: Doorstep) -> None:
    bodies = await asyncio.gather(*(doorstep.sign_in(EMAIL) for _ in range(8)))

    assert len({body["refresh_token"] for body in bodies}) == 8
