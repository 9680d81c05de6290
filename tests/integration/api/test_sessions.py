"""Sessions: how they go on, how they end, and who they are of."""

import asyncio
from time import perf_counter

import pytest

from bot.api.accounts.errands import Errands
from bot.api.tokens import Mint
from core.commands import ChangeUser, DeleteUser, RevokeApiKey
from core.domain.account import Role, User, UserState
from core.domain.ids import ApiKeyId
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore
from tests.integration.api.doors import api_key, bearer
from tests.integration.api.doorstep import Doorstep, a_doorstep

INCIDENTS, AUTH = "/api/v1/incidents", "/api/v1/auth"
EMAIL = "engineer@example.com"


@pytest.fixture
async def engineer(doorstep: Doorstep) -> User:
    return await doorstep.hire(EMAIL)


async def refreshed(doorstep: Doorstep, token: str, **headers: str) -> tuple[int, dict[str, str]]:
    return await doorstep.ask("POST", f"{AUTH}/refresh", {"refresh_token": token}, **headers)


@pytest.mark.usefixtures("engineer")
async def test_an_old_refresh_token_ends_the_session_of_whoever_has_the_new_one(
    doorstep: Doorstep,
) -> None:
    old = await doorstep.sign_in(EMAIL)
    _, new = await refreshed(doorstep, old["refresh_token"])

    assert (await refreshed(doorstep, old["refresh_token"]))[0] == 401

    assert (await refreshed(doorstep, new["refresh_token"]))[0] == 401
    assert (await doorstep.ask("GET", INCIDENTS, token=new["access_token"]))[0] == 401
    await doorstep.sign_in(EMAIL)


@pytest.mark.usefixtures("engineer")
async def test_of_two_refreshes_at_once_one_succeeds_and_the_session_ends(
    doorstep: Doorstep,
) -> None:
    token = (await doorstep.sign_in(EMAIL))["refresh_token"]

    answers = await asyncio.gather(refreshed(doorstep, token), refreshed(doorstep, token))

    assert sorted(status for status, _ in answers) == [200, 401]
    fresh = next(body for status, body in answers if status == 200)
    assert (await refreshed(doorstep, fresh["refresh_token"]))[0] == 401


@pytest.mark.usefixtures("engineer")
async def test_the_same_refresh_under_one_idempotency_key_is_one(doorstep: Doorstep) -> None:
    token = (await doorstep.sign_in(EMAIL))["refresh_token"]

    first = await refreshed(doorstep, token, Idempotency_Key="once")
    again = await refreshed(doorstep, token, Idempotency_Key="once")

    assert first[0] == again[0] == 200
    assert first[1]["refresh_token"] == again[1]["refresh_token"]
    assert (await refreshed(doorstep, again[1]["refresh_token"]))[0] == 200


@pytest.mark.usefixtures("engineer")
async def test_a_session_that_is_used_every_week_goes_on(doorstep: Doorstep) -> None:
    body = await doorstep.sign_in(EMAIL)

    for _ in range(4):
        doorstep.clock.advance(days=6)
        status, fresh = await refreshed(doorstep, body["refresh_token"])
        assert status == 200
        body["refresh_token"] = fresh["refresh_token"]


@pytest.mark.parametrize("state", [UserState.SUSPENDED, UserState.INACTIVE])
async def test_who_is_put_out_is_out_at_once_and_cannot_come_in(
    doorstep: Doorstep, engineer: User, state: UserState
) -> None:
    body = await doorstep.sign_in(EMAIL)
    admin = await doorstep.hire("admin@example.com", Role.ADMIN)
    chief = (await doorstep.sign_in(admin.email))["access_token"]
    assert (await doorstep.ask("GET", INCIDENTS, token=body["access_token"]))[0] == 200

    status, _ = await doorstep.ask(
        "PATCH", f"/api/v1/users/{engineer.id}", {"state": state}, token=chief
    )

    assert status == 200
    assert (await doorstep.ask("GET", INCIDENTS, token=body["access_token"]))[0] == 401
    assert (await refreshed(doorstep, body["refresh_token"]))[0] == 401
    assert (await doorstep.try_to_sign_in(EMAIL))[0] == 401


async def test_who_is_back_signs_in_anew(doorstep: Doorstep, engineer: User) -> None:
    body = await doorstep.sign_in(EMAIL)
    operator = the_operator(doorstep.organization_id)
    for state in (UserState.SUSPENDED, UserState.ACTIVE):
        await doorstep.bus.execute(ChangeUser(caller=operator, user_id=engineer.id, state=state))

    assert (await refreshed(doorstep, body["refresh_token"]))[0] == 401
    await doorstep.sign_in(EMAIL)


async def test_who_was_deleted_is_out(doorstep: Doorstep, engineer: User) -> None:
    body = await doorstep.sign_in(EMAIL)

    await doorstep.bus.execute(
        DeleteUser(caller=the_operator(doorstep.organization_id), user_id=engineer.id)
    )

    assert (await refreshed(doorstep, body["refresh_token"]))[0] == 401
    assert (await doorstep.try_to_sign_in(EMAIL))[0] == 401


async def test_another_role_is_in_force_at_once(doorstep: Doorstep, engineer: User) -> None:
    token = (await doorstep.sign_in(EMAIL))["access_token"]
    wish = {"title": "Checkout fails", "severity": "high"}
    assert (await doorstep.ask("POST", INCIDENTS, wish, token=token))[0] == 201
    admin = await doorstep.hire("admin@example.com", Role.ADMIN)
    chief = (await doorstep.sign_in(admin.email))["access_token"]

    await doorstep.ask("PATCH", f"/api/v1/users/{engineer.id}", {"role": "viewer"}, token=chief)

    assert (await doorstep.ask("GET", INCIDENTS, token=token))[0] == 200
    status, body = await doorstep.ask("POST", INCIDENTS, wish, token=token)
    assert status == 403
    assert "You may not change incidents; ask an engineer" in body["detail"]


@pytest.mark.usefixtures("engineer")
async def test_another_replica_honours_a_logout_within_a_second(
    doorstep: Doorstep, store: FakeStore, clock: FakeClock
) -> None:
    token = (await doorstep.sign_in(EMAIL))["access_token"]
    async with a_doorstep(store, clock) as replica:
        assert (await replica.ask("GET", INCIDENTS, token=token))[0] == 200

        await doorstep.ask("POST", f"{AUTH}/logout", token=token)
        await asyncio.sleep(1.05)

        assert (await replica.ask("GET", INCIDENTS, token=token))[0] == 401


@pytest.mark.usefixtures("engineer")
async def test_a_token_signed_with_another_secret_is_worth_nothing(
    doorstep: Doorstep, store: FakeStore, clock: FakeClock
) -> None:
    async with a_doorstep(store, clock, mint=Mint(["quite another secret"])) as stranger:
        forged = (await stranger.sign_in(EMAIL))["access_token"]

    assert (await doorstep.ask("GET", INCIDENTS, token=forged))[0] == 401


@pytest.mark.usefixtures("engineer")
async def test_a_form_with_a_username_signs_in_too(doorstep: Doorstep) -> None:
    response = await doorstep.client.post(
        f"{AUTH}/login", data={"username": "Engineer@Example.com ", "password": "your-password"}
    )

    assert response.status == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


async def test_a_key_is_nobody_and_cannot_sign_out(doorstep: Doorstep) -> None:
    secret = await api_key(doorstep.bus, doorstep.organization_id)

    for method, path in (("GET", "/auth/me"), ("POST", "/auth/logout"), ("GET", "/users/me")):
        status, body = await doorstep.ask(method, f"/api/v1{path}", token=secret)
        assert (status, body["errors"][0]["code"]) == (403, "sign_in_required")


async def test_somebody_in_two_organisations_says_which_one_they_mean(doorstep: Doorstep) -> None:
    theirs = await doorstep.storage.directory.ensure_organization("acme", "Acme")
    await doorstep.hire(EMAIL, password="the first password")
    doorstep.clock.advance(minutes=1)
    elsewhere = Doorstep(
        client=doorstep.client,
        bus=doorstep.bus,
        storage=doorstep.storage,
        clock=doorstep.clock,
        organization_id=theirs.id,
        desk=doorstep.desk,
    )
    await elsewhere.hire(EMAIL, password="the second password")

    for password, organization, expected in (
        ("the first password", None, doorstep.organization_id),
        ("the second password", None, theirs.id),
        ("the second password", "acme", theirs.id),
        ("the second password", theirs.id, theirs.id),
    ):
        more = {"organization": organization} if organization else {}
        status, body = await doorstep.try_to_sign_in(EMAIL, password, **more)
        assert (status, body["user"]["organization_id"]) == (200, expected)
    for organization in ("default", "nobody"):
        answer = await doorstep.try_to_sign_in(
            EMAIL, "the second password", organization=organization
        )
        assert answer[0] == 401


async def test_refusals_of_a_login_leave_on_a_beat(store: FakeStore, clock: FakeClock) -> None:
    async with a_doorstep(store, clock, beat=0.2) as doorstep:
        await doorstep.hire(EMAIL)
        await doorstep.sign_in(EMAIL)

        for email in (EMAIL, "nobody@example.com"):
            started = perf_counter()
            assert (await doorstep.try_to_sign_in(email, "another-password"))[0] == 401
            assert perf_counter() - started >= 0.19


async def test_errands_are_finished_before_the_server_stops() -> None:
    errands, done = Errands(), []

    async def errand() -> None:
        await asyncio.sleep(0.01)
        done.append(True)

    errands.run(errand())
    await errands.close()

    assert done == [True]


async def test_a_revoked_key_is_out_within_a_second(doorstep: Doorstep) -> None:
    secret = await api_key(doorstep.bus, doorstep.organization_id)
    (key,) = await doorstep.storage.reads.api_keys(doorstep.organization_id)
    assert (await doorstep.client.get(INCIDENTS, headers=bearer(secret))).status == 200

    await doorstep.bus.execute(
        RevokeApiKey(caller=the_operator(doorstep.organization_id), api_key_id=ApiKeyId(key.id))
    )
    await asyncio.sleep(1.05)

    assert (await doorstep.client.get(INCIDENTS, headers=bearer(secret))).status == 401
