"""What happens when two do the same at once, on each of the storages."""

import asyncio
from typing import Any

import pytest

from bot.credentials import hash_of
from bot.passwords import Passwords
from core.commands import ChangePassword, RequestPasswordReset
from core.domain.account import Role, User
from tests.fakes.people import the_operator
from tests.integration.api.accounts import PASSWORD, QUICK
from tests.integration.api.doorstep import Doorstep, a_doorstep

AUTH, USERS = "/api/v1/auth", "/api/v1/users"
ALICE = {"email": "alice@example.com", "password": "correct horse", "name": "Alice Archer"}


class Held(Passwords):
    """What it has compared it tells when it may."""

    def __init__(self) -> None:
        super().__init__(QUICK)
        self.compared, self.may_tell = asyncio.Event(), asyncio.Event()

    async def fits(self, password: str, hash: str | None) -> bool:
        tried = await super().fits(password, hash)
        self.compared.set()
        await self.may_tell.wait()
        return tried


async def give_new_password(doorstep: Doorstep, user: User) -> None:
    await doorstep.bus.execute(
        ChangePassword(
            caller=the_operator(doorstep.organization_id),
            email=user.email,
            password_hash=QUICK.hash("a new password"),
        )
    )


async def test_a_login_begun_before_a_new_password_does_not_succeed_after_it(
    doorstep: Doorstep, engineer: User
) -> None:
    passwords = Held()
    async with a_doorstep(doorstep.storage, doorstep.clock, passwords=passwords) as slow:
        login = asyncio.create_task(slow.try_to_sign_in(engineer.email))
        await passwords.compared.wait()

        await give_new_password(doorstep, engineer)
        passwords.may_tell.set()

        assert (await login)[0] == 401


async def test_a_change_begun_with_the_password_of_before_does_not_undo_a_new_one(
    doorstep: Doorstep, engineer: User
) -> None:
    token = (await doorstep.sign_in(engineer.email))["access_token"]
    wish = {"current_password": PASSWORD, "new_password": "the password of a thief"}
    passwords = Held()
    async with a_doorstep(doorstep.storage, doorstep.clock, passwords=passwords) as slow:
        change = asyncio.create_task(slow.ask("POST", f"{AUTH}/password/change", wish, token=token))
        await passwords.compared.wait()

        await give_new_password(doorstep, engineer)
        passwords.may_tell.set()
        status, body = await change

    assert (status, body["errors"][0]["path"]) == (422, "current_password")
    await doorstep.sign_in(engineer.email, "a new password")


@pytest.mark.parametrize("by_themselves", [True, False])
async def test_a_reset_asked_for_before_a_new_password_does_not_serve_after_it(
    doorstep: Doorstep, engineer: User, by_themselves: bool
) -> None:
    asked = RequestPasswordReset(
        caller=the_operator(doorstep.organization_id), user_id=engineer.id, hash=hash_of("token")
    )
    await doorstep.bus.execute(asked)
    if by_themselves:
        token = (await doorstep.sign_in(engineer.email))["access_token"]
        wish = {"current_password": PASSWORD, "new_password": "a new password"}
        assert (await doorstep.ask("POST", f"{AUTH}/password/change", wish, token=token))[0] == 200
    else:
        await give_new_password(doorstep, engineer)

    wish = {"token": "token", "password": "the password of a thief"}
    status, body = await doorstep.ask("POST", f"{AUTH}/password/reset/confirm", wish)

    assert (status, body["errors"][0]["path"]) == (422, "token")


async def test_of_two_refreshes_at_once_one_succeeds_and_the_session_ends(
    doorstep: Doorstep, engineer: User
) -> None:
    wish = {"refresh_token": (await doorstep.sign_in(engineer.email))["refresh_token"]}

    answers = await asyncio.gather(
        *(doorstep.ask("POST", f"{AUTH}/refresh", wish) for _ in range(2))
    )

    assert sorted(status for status, _ in answers) == [200, 401]
    fresh = next(body for status, body in answers if status == 200)
    newest = {"refresh_token": fresh["refresh_token"]}
    assert (await doorstep.ask("POST", f"{AUTH}/refresh", newest))[0] == 401


async def test_of_many_who_register_one_address_at_once_one_does(doorstep: Doorstep) -> None:
    answers = await asyncio.gather(
        *(doorstep.ask("POST", f"{AUTH}/register", ALICE) for _ in range(4))
    )

    assert sorted(status for status, _ in answers) == [201, 422, 422, 422]


async def test_a_registration_that_is_repeated_under_one_key_is_one(doorstep: Doorstep) -> None:
    answers = [
        await doorstep.ask("POST", f"{AUTH}/register", ALICE, Idempotency_Key="once")
        for _ in range(2)
    ]

    assert [status for status, _ in answers] == [201, 201]
    assert answers[0][1]["user"] == answers[1][1]["user"]


async def test_an_invitation_that_is_accepted_by_several_at_once_serves_once(
    doorstep: Doorstep,
) -> None:
    await doorstep.hire("admin@example.com", Role.ADMIN)
    admin = (await doorstep.sign_in("admin@example.com"))["access_token"]
    _, invitation = await doorstep.ask(
        "POST", "/api/v1/invitations", {"email": "carol@example.com"}, token=admin
    )
    wish = {"token": invitation["token"], "name": "Carol Carter", "password": "correct horse"}

    answers = await asyncio.gather(
        *(doorstep.ask("POST", f"{AUTH}/invitations/accept", wish) for _ in range(3))
    )

    assert sorted(status for status, _ in answers) == [201, 422, 422]


async def test_two_owners_who_put_each_other_out_at_once_leave_one(doorstep: Doorstep) -> None:
    olga = await doorstep.hire("olga@example.com", Role.OWNER, name="Olga Owner")
    otto = await doorstep.hire("otto@example.com", Role.OWNER, name="Otto Owner")
    tokens = [(await doorstep.sign_in(user.email))["access_token"] for user in (olga, otto)]

    async def demote(user: User, token: str) -> tuple[int, Any]:
        return await doorstep.ask("PATCH", f"{USERS}/{user.id}", {"role": "viewer"}, token=token)

    answers = await asyncio.gather(demote(otto, tokens[0]), demote(olga, tokens[1]))

    assert sorted(status for status, _ in answers) in ([200, 403], [200, 409])
    users = await doorstep.storage.reads.users(doorstep.organization_id)
    assert sum(user.role is Role.OWNER for user in users) == 1
