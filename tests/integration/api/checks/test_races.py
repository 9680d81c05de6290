"""What happens when two do the same at once, on each of the storages."""

import asyncio
from typing import Any

from core.domain.account import Role, User
from tests.integration.api.doorstep import Doorstep

AUTH, USERS = "/api/v1/auth", "/api/v1/users"
ALICE = {"email": "alice@example.com", "password": "correct horse", "name": "Alice Archer"}


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
