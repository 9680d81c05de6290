"""Requests with secrets that come twice under one idempotency key, on each of the storages."""

from typing import Any

import pytest

from bot.credentials import hash_of
from core.commands import RequestPasswordReset
from core.domain.account import FAILURES_ALLOWED, Role, User
from tests.fakes.people import the_operator
from tests.integration.api.accounts import PASSWORD
from tests.integration.api.doorstep import Doorstep

AUTH, USERS = "/api/v1/auth", "/api/v1/users"
REUSED = (422, "idempotency_key_reused")


async def refresh(doorstep: Doorstep, token: str, **more: str) -> tuple[int, Any]:
    return await doorstep.ask("POST", f"{AUTH}/refresh", {"refresh_token": token}, **more)


async def change(
    doorstep: Doorstep, token: str, new: str, current: str = PASSWORD, key: str = "once"
) -> tuple[int, str]:
    wish = {"current_password": current, "new_password": new}
    return said(
        await doorstep.ask(
            "POST", f"{AUTH}/password/change", wish, token=token, Idempotency_Key=key
        )
    )


def said(answer: tuple[int, Any]) -> tuple[int, str]:
    status, body = answer
    return status, body["errors"][0]["code"] if status >= 400 else ""


async def failures(doorstep: Doorstep, user: User) -> int:
    ((_, found),) = await doorstep.storage.directory.users_with_email(user.email)
    return found.failed_logins


async def test_a_refresh_is_repeated_until_its_token_is_used(
    doorstep: Doorstep, engineer: User
) -> None:
    old = (await doorstep.sign_in(engineer.email))["refresh_token"]

    answers = [await refresh(doorstep, old, Idempotency_Key="once") for _ in range(3)]

    assert [status for status, _ in answers] == [200, 200, 200]
    assert len({body["refresh_token"] for _, body in answers}) == 1


async def test_a_refresh_that_is_repeated_after_the_next_one_ends_the_session(
    doorstep: Doorstep, engineer: User
) -> None:
    old = (await doorstep.sign_in(engineer.email))["refresh_token"]
    _, first = await refresh(doorstep, old, Idempotency_Key="once")
    _, second = await refresh(doorstep, first["refresh_token"])

    stolen = said(await refresh(doorstep, old, Idempotency_Key="once"))

    assert stolen == (401, "session_ended")
    assert (await refresh(doorstep, second["refresh_token"]))[0] == 401


async def test_a_key_of_one_refresh_serves_no_other(doorstep: Doorstep, engineer: User) -> None:
    old = (await doorstep.sign_in(engineer.email))["refresh_token"]
    _, first = await refresh(doorstep, old, Idempotency_Key="once")
    newest = first["refresh_token"]

    assert said(await refresh(doorstep, newest, Idempotency_Key="once")) == REUSED

    assert (await refresh(doorstep, newest, Idempotency_Key="twice"))[0] == 200


async def test_an_old_token_under_a_fresh_key_ends_the_session(
    doorstep: Doorstep, engineer: User
) -> None:
    old = (await doorstep.sign_in(engineer.email))["refresh_token"]
    _, first = await refresh(doorstep, old, Idempotency_Key="once")

    assert (await refresh(doorstep, old, Idempotency_Key="another"))[0] == 401

    assert (await refresh(doorstep, first["refresh_token"]))[0] == 401


async def test_a_change_of_password_that_is_repeated_is_the_success_it_was(
    doorstep: Doorstep, engineer: User
) -> None:
    token = (await doorstep.sign_in(engineer.email))["access_token"]

    answers = [await change(doorstep, token, "a new password") for _ in range(FAILURES_ALLOWED + 1)]

    assert set(answers) == {(200, "")}
    assert await failures(doorstep, engineer) == 0
    await doorstep.sign_in(engineer.email, "a new password")


@pytest.mark.parametrize("current", [PASSWORD, "a new password"])
async def test_a_change_to_another_password_takes_another_key(
    doorstep: Doorstep, engineer: User, current: str
) -> None:
    token = (await doorstep.sign_in(engineer.email))["access_token"]
    assert await change(doorstep, token, "a new password") == (200, "")

    assert await change(doorstep, token, "another password", current) == REUSED

    await doorstep.sign_in(engineer.email, "a new password")


async def test_guessing_under_a_key_is_counted(doorstep: Doorstep, engineer: User) -> None:
    token = (await doorstep.sign_in(engineer.email))["access_token"]
    assert await change(doorstep, token, "a new password") == (200, "")

    for number in range(FAILURES_ALLOWED):
        key = "once" if number % 2 else f"key {number}"
        status, _ = await change(doorstep, token, "a new password", f"a guess, {number}", key)
        assert status == 422

    assert await failures(doorstep, engineer) == FAILURES_ALLOWED
    assert (await doorstep.try_to_sign_in(engineer.email, "a new password"))[0] == 401


async def test_a_reset_to_another_password_takes_another_key(
    doorstep: Doorstep, engineer: User
) -> None:
    asked = RequestPasswordReset(
        caller=the_operator(doorstep.organization_id), user_id=engineer.id, hash=hash_of("token")
    )
    await doorstep.bus.execute(asked)

    async def confirm(password: str) -> tuple[int, str]:
        wish = {"token": "token", "password": password}
        path = f"{AUTH}/password/reset/confirm"
        return said(await doorstep.ask("POST", path, wish, Idempotency_Key="once"))

    assert [await confirm("a new password") for _ in range(2)] == [(200, "")] * 2
    assert await confirm("another password") == REUSED
    await doorstep.sign_in(engineer.email, "a new password")


async def test_somebody_added_with_another_password_takes_another_key(doorstep: Doorstep) -> None:
    await doorstep.hire("admin@example.com", Role.ADMIN)
    admin = (await doorstep.sign_in("admin@example.com"))["access_token"]

    async def add(**more: str) -> tuple[int, str]:
        wish = {"email": "bob@example.com", "name": "Bob Baker", **more}
        return said(await doorstep.ask("POST", USERS, wish, token=admin, Idempotency_Key="once"))

    assert [await add(password="a long password") for _ in range(2)] == [(201, "")] * 2
    assert await add(password="another password") == REUSED
    assert await add() == REUSED
    await doorstep.sign_in("bob@example.com", "a long password")
