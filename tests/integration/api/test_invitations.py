"""Invitations: a secret that lets one person join, once."""

from typing import Any

import pytest

from bot.mail import Letter
from core.domain.account import Role
from core.domain.invitation import INVITATION_LASTS
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doorstep import Doorstep, a_doorstep

INVITATIONS, ACCEPT = "/api/v1/invitations", "/api/v1/auth/invitations/accept"
CAROL = "carol@example.com"


@pytest.fixture
async def admin(doorstep: Doorstep) -> str:
    await doorstep.hire("admin@example.com", Role.ADMIN)
    token: str = (await doorstep.sign_in("admin@example.com"))["access_token"]
    return token


async def invite(doorstep: Doorstep, admin: str, email: str = CAROL, **more: str) -> dict[str, Any]:
    status, body = await doorstep.ask(
        "POST", INVITATIONS, {"email": email, "role": "manager"}, token=admin, **more
    )
    assert status == 201, body
    invitation: dict[str, Any] = body
    return invitation


async def accept(doorstep: Doorstep, token: str, **more: str) -> tuple[int, Any]:
    wish = {"token": token, "name": "Carol Carter", "password": "correct horse"}
    return await doorstep.ask("POST", ACCEPT, wish, **more)


async def test_whoever_accepts_has_the_role_and_is_signed_in(
    doorstep: Doorstep, admin: str
) -> None:
    invitation = await invite(doorstep, admin)

    status, body = await accept(doorstep, invitation["token"])

    assert status == 201
    assert (body["user"]["email"], body["user"]["role"]) == (CAROL, "manager")
    assert (await doorstep.ask("GET", "/api/v1/auth/me", token=body["access_token"]))[0] == 200
    assert (await doorstep.sign_in(CAROL, "correct horse"))["user"] == body["user"]


async def test_an_invitation_serves_once(doorstep: Doorstep, admin: str) -> None:
    invitation = await invite(doorstep, admin)
    await accept(doorstep, invitation["token"])

    status, body = await accept(doorstep, invitation["token"])

    assert (status, body["errors"][0]["path"]) == (422, "token")


async def test_accepting_twice_under_one_key_is_once(doorstep: Doorstep, admin: str) -> None:
    invitation = await invite(doorstep, admin)

    answers = [
        await accept(doorstep, invitation["token"], Idempotency_Key="once") for _ in range(2)
    ]

    assert [status for status, _ in answers] == [201, 201]
    assert answers[0][1]["user"] == answers[1][1]["user"]


async def test_an_old_a_withdrawn_and_a_replaced_invitation_serve_no_more(
    doorstep: Doorstep, admin: str
) -> None:
    old = await invite(doorstep, admin, "old@example.com")
    doorstep.clock.advance(seconds=INVITATION_LASTS.total_seconds())
    token = (await doorstep.sign_in("admin@example.com"))["access_token"]
    replaced = await invite(doorstep, token)
    await invite(doorstep, token)
    withdrawn = await invite(doorstep, token, "dave@example.com")
    path = f"{INVITATIONS}/{withdrawn['id']}"
    assert (await doorstep.ask("DELETE", path, token=token))[0] == 204
    assert (await doorstep.ask("DELETE", path, token=token))[0] == 204

    for invitation in (old, replaced, withdrawn, {"token": "unknown"}):
        assert (await accept(doorstep, invitation["token"]))[0] == 422


async def test_the_token_is_shown_once(doorstep: Doorstep, admin: str) -> None:
    made = await invite(doorstep, admin, Idempotency_Key="once")
    again = await invite(doorstep, admin, Idempotency_Key="once")
    _, listed = await doorstep.ask("GET", INVITATIONS, token=admin)

    assert again["id"] == made["id"]
    assert "token" in made["data"]
    assert "token" not in again
    assert listed["data"] == [again["data"]]


async def test_a_member_is_not_invited_again(doorstep: Doorstep, admin: str) -> None:
    status, body = await doorstep.ask(
        "POST", INVITATIONS, {"email": "admin@example.com"}, token=admin
    )

    assert (status, body["errors"][0]["path"]) == (422, "email")


async def test_an_invitation_is_mailed_where_mail_can_be_sent(
    store: FakeStore, clock: FakeClock
) -> None:
    letters: list[Letter] = []

    class Box:
        async def send(self, letter: Letter) -> bool:
            letters.append(letter)
            return True

    async with a_doorstep(store, clock, post=Box()) as doorstep:
        await doorstep.hire("admin@example.com", Role.ADMIN)
        admin = (await doorstep.sign_in("admin@example.com"))["access_token"]
        invitation = await invite(doorstep, admin)
        await doorstep.desk.errands.close()

    (letter,) = letters
    assert letter.to == CAROL
    assert invitation["token"] in letter.text
    assert "https://tocsin.example.com/api/v1/auth/invitations/accept" in letter.text
    assert invitation["token"] not in repr(letter)
