"""Forgotten passwords and new ones."""

import re
from collections.abc import AsyncIterator

import pytest
import structlog

from bot.mail import Letter
from core.domain.account import FAILURES_ALLOWED, Role, User
from core.domain.session import RESET_EVERY, RESET_LASTS
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doorstep import Doorstep, a_doorstep

AUTH = "/api/v1/auth"
EMAIL = "engineer@example.com"


class Box:
    """Where letters arrive."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    async def send(self, letter: Letter) -> bool:
        self.letters.append(letter)
        return True


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
async def mailing(store: FakeStore, clock: FakeClock, box: Box) -> AsyncIterator[Doorstep]:
    async with a_doorstep(store, clock, post=box) as doorstep:
        await doorstep.hire(EMAIL)
        yield doorstep


async def token_for(doorstep: Doorstep, box: Box, email: str = EMAIL) -> str:
    await doorstep.ask("POST", f"{AUTH}/password/reset", {"email": email})
    await doorstep.desk.errands.close()
    found = re.search(r"^([\w-]{40,})$", box.letters[-1].text, re.MULTILINE)
    assert found
    return found[1]


async def confirm(doorstep: Doorstep, token: str, password: str = "a new password") -> int:
    wish = {"token": token, "password": password}
    return (await doorstep.ask("POST", f"{AUTH}/password/reset/confirm", wish))[0]


async def change(doorstep: Doorstep, token: str, current: str, new: str) -> tuple[int, str]:
    wish = {"current_password": current, "new_password": new}
    status, body = await doorstep.ask("POST", f"{AUTH}/password/change", wish, token=token)
    return status, body["errors"][0]["path"] if status == 422 else ""


async def test_the_mailed_token_changes_the_password_and_ends_every_session(
    mailing: Doorstep, box: Box
) -> None:
    body = await mailing.sign_in(EMAIL)
    token = await token_for(mailing, box, "Engineer@Example.com")

    assert await confirm(mailing, token) == 200

    assert box.letters[0].to == EMAIL
    assert (await mailing.try_to_sign_in(EMAIL))[0] == 401
    await mailing.sign_in(EMAIL, "a new password")
    assert (await mailing.ask("GET", f"{AUTH}/me", token=body["access_token"]))[0] == 401


async def test_a_token_serves_once_and_not_for_long(mailing: Doorstep, box: Box) -> None:
    first = await token_for(mailing, box)
    mailing.clock.advance(seconds=RESET_EVERY.total_seconds())
    second = await token_for(mailing, box)
    assert await confirm(mailing, first) == 200

    assert await confirm(mailing, first) == 422
    assert await confirm(mailing, second) == 422
    late = await token_for(mailing, box)
    mailing.clock.advance(seconds=RESET_LASTS.total_seconds())
    assert await confirm(mailing, late) == 422
    assert await confirm(mailing, "unknown") == 422


async def test_a_password_that_cannot_be_leaves_the_token_good(mailing: Doorstep, box: Box) -> None:
    token = await token_for(mailing, box)

    assert await confirm(mailing, token, "short") == 422

    assert await confirm(mailing, token) == 200


async def test_a_reset_ends_a_lock(mailing: Doorstep, box: Box) -> None:
    for _ in range(FAILURES_ALLOWED):
        await mailing.try_to_sign_in(EMAIL, "another-password")

    await confirm(mailing, await token_for(mailing, box))

    await mailing.sign_in(EMAIL, "a new password")


async def test_who_was_added_without_a_password_comes_in_through_a_reset(
    mailing: Doorstep, box: Box
) -> None:
    await mailing.hire("admin@example.com", Role.ADMIN)
    admin = (await mailing.sign_in("admin@example.com"))["access_token"]
    wish = {"email": "bob@example.com", "name": "Bob Baker"}
    await mailing.ask("POST", "/api/v1/users", wish, token=admin)

    await confirm(mailing, await token_for(mailing, box, "bob@example.com"))

    await mailing.sign_in("bob@example.com", "a new password")


async def test_nobody_else_is_mailed(mailing: Doorstep, box: Box) -> None:
    suspended = await mailing.hire("bob@example.com")
    await mailing.hire("admin@example.com", Role.ADMIN)
    admin = (await mailing.sign_in("admin@example.com"))["access_token"]
    path = f"/api/v1/users/{suspended.id}"
    await mailing.ask("PATCH", path, {"state": "suspended"}, token=admin)

    for email in ("bob@example.com", "nobody@example.com", "", "@"):
        status, _ = await mailing.ask("POST", f"{AUTH}/password/reset", {"email": email})
        assert status == 202
    await mailing.desk.errands.close()

    assert box.letters == []


async def test_without_a_mail_server_the_log_names_the_command_and_no_token(
    doorstep: Doorstep,
) -> None:
    await doorstep.hire(EMAIL)

    with structlog.testing.capture_logs() as lines:
        await doorstep.ask("POST", f"{AUTH}/password/reset", {"email": EMAIL})
        await doorstep.desk.errands.close()

    (line,) = [line for line in lines if line["event"] == "password_reset_not_mailed"]
    assert f"tocsin users reset-password {EMAIL}" in line["advice"]
    assert "http" not in str(lines)


async def test_a_new_password_ends_the_other_sessions_only(
    doorstep: Doorstep,
) -> None:
    await doorstep.hire(EMAIL)
    mine, other = [await doorstep.sign_in(EMAIL) for _ in range(2)]

    changed = await change(doorstep, mine["access_token"], "your-password", "a new password")

    assert changed == (200, "")
    assert (await doorstep.ask("GET", f"{AUTH}/me", token=mine["access_token"]))[0] == 200
    assert (await doorstep.ask("GET", f"{AUTH}/me", token=other["access_token"]))[0] == 401
    await doorstep.sign_in(EMAIL, "a new password")


async def test_a_new_password_takes_the_present_one_and_tries_are_counted(
    doorstep: Doorstep,
) -> None:
    await doorstep.hire(EMAIL)
    token = (await doorstep.sign_in(EMAIL))["access_token"]

    assert await change(doorstep, token, "your-password", "short") == (422, "new_password")
    for _ in range(FAILURES_ALLOWED):
        tried = await change(doorstep, token, "another-password", "a new password")
        assert tried == (422, "current_password")

    right = await change(doorstep, token, "your-password", "a new password")
    assert right == (422, "current_password")


async def test_nothing_secret_is_logged(mailing: Doorstep, box: Box) -> None:
    with structlog.testing.capture_logs() as lines:
        body = await mailing.sign_in(EMAIL)
        await mailing.try_to_sign_in(EMAIL, "another-password")
        token = await token_for(mailing, box)
        await confirm(mailing, token)
        await confirm(mailing, token)

    written = str(lines)
    for secret in (body["access_token"], body["refresh_token"], token, "another-password"):
        assert secret not in written


async def test_the_hash_of_a_person_is_in_no_representation(doorstep: Doorstep) -> None:
    user: User = await doorstep.hire(EMAIL)

    assert "argon2" not in repr(user)
