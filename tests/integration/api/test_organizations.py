"""Organisations over the API: founded by registering, renamed by admins, limited by plans."""

import asyncio

import pytest

from core.commands import SetPlan
from core.domain.account import Role
from core.domain.plan import Plan
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore
from tests.integration.api.doorstep import Doorstep, a_doorstep

ORGANIZATIONS, REGISTER = "/api/v1/organizations", "/api/v1/auth/register"
ALICE = {
    "email": "alice@example.com",
    "password": "correct horse",
    "name": "Alice Archer",
    "organization": "Example",
}


async def test_whoever_registers_owns_an_organisation_of_their_own(doorstep: Doorstep) -> None:
    status, body = await doorstep.ask("POST", REGISTER, ALICE)

    assert (status, body["user"]["role"]) == (201, "owner")
    token, id = body["access_token"], body["user"]["organization_id"]
    _, listed = await doorstep.ask("GET", ORGANIZATIONS, token=token)
    assert [(line["id"], line["name"]) for line in listed["data"]] == [(id, "Example")]
    assert id != doorstep.organization_id
    _, users = await doorstep.ask("GET", f"{ORGANIZATIONS}/{id}/members", token=token)
    assert [line["id"] for line in users["data"]] == [body["user"]["id"]]


async def test_without_a_name_the_organisation_is_called_after_its_owner(
    doorstep: Doorstep,
) -> None:
    wish = {name: value for name, value in ALICE.items() if name != "organization"}
    _, body = await doorstep.ask("POST", REGISTER, wish)

    path = f"{ORGANIZATIONS}/{body['user']['organization_id']}"
    _, shown = await doorstep.ask("GET", path, token=body["access_token"])

    assert shown["name"] == shown["data"]["name"] == "Alice Archer"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "nowhere"}, "email"),
        ({"email": ""}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "x" * 1_001}, "password"),
        ({"name": ""}, "name"),
        ({"organization": "x" * 201}, "organization"),
    ],
)
async def test_a_bad_registration_names_its_field_and_founds_nothing(
    doorstep: Doorstep, store: FakeStore, change: dict[str, str], field: str
) -> None:
    status, body = await doorstep.ask("POST", REGISTER, ALICE | change)

    assert (status, body["errors"][0]["path"]) == (422, field)
    assert set(store.rows.organizations) == {doorstep.organization_id}


async def test_of_many_who_register_one_address_at_once_one_does(doorstep: Doorstep) -> None:
    answers = await asyncio.gather(*(doorstep.ask("POST", REGISTER, ALICE) for _ in range(5)))

    assert sorted(status for status, _ in answers) == [201, 422, 422, 422, 422]


async def test_the_same_registration_under_one_key_is_one(doorstep: Doorstep) -> None:
    first = await doorstep.ask("POST", REGISTER, ALICE, Idempotency_Key="once")
    again = await doorstep.ask("POST", REGISTER, ALICE, Idempotency_Key="once")

    assert first[0] == again[0] == 201
    assert first[1]["user"] == again[1]["user"]


async def test_a_key_does_not_stand_in_for_a_password(doorstep: Doorstep) -> None:
    await doorstep.ask("POST", REGISTER, ALICE, Idempotency_Key="once")

    wish = ALICE | {"password": "a guessed one"}
    status, _ = await doorstep.ask("POST", REGISTER, wish, Idempotency_Key="once")

    assert status == 401


async def test_where_registration_is_closed_nobody_registers(
    store: FakeStore, clock: FakeClock
) -> None:
    async with a_doorstep(store, clock, registration_open=False) as doorstep:
        status, body = await doorstep.ask("POST", REGISTER, ALICE)

    assert (status, body["errors"][0]["code"]) == (403, "registration_closed")


async def test_an_admin_renames_the_organisation(doorstep: Doorstep) -> None:
    await doorstep.hire("admin@example.com", Role.ADMIN)
    token = (await doorstep.sign_in("admin@example.com"))["access_token"]
    path = f"{ORGANIZATIONS}/{doorstep.organization_id}"

    status, body = await doorstep.ask("PATCH", path, {"name": "  The  Renamed "}, token=token)

    assert (status, body["name"], body["slug"]) == (200, "The Renamed", "default")
    assert (await doorstep.ask("PATCH", path, {}, token=token))[1]["name"] == "The Renamed"
    assert (await doorstep.ask("PATCH", path, {"name": ""}, token=token))[0] == 422


async def test_an_organisation_is_told_its_plan(doorstep: Doorstep) -> None:
    await doorstep.hire("admin@example.com", Role.ADMIN)
    token = (await doorstep.sign_in("admin@example.com"))["access_token"]
    path = f"{ORGANIZATIONS}/{doorstep.organization_id}/plan"
    plan = Plan(name="small", requests_per_minute_user=10, requests_per_minute_organization=20)

    _, usual = await doorstep.ask("GET", path, token=token)
    await doorstep.bus.execute(SetPlan(caller=the_operator(doorstep.organization_id), plan=plan))
    await asyncio.sleep(1.05)
    _, given = await doorstep.ask("GET", path, token=token)

    assert (usual["name"], usual["requests_per_minute_user"]) == ("default", 1_200)
    assert given["data"] == {
        "name": "small",
        "requests_per_minute_user": 10,
        "requests_per_minute_organization": 20,
    }


async def test_a_registration_without_a_name_is_told_of_the_name(doorstep: Doorstep) -> None:
    wish = {"email": "new@example.com", "password": "a long password", "name": ""}

    status, body = await doorstep.ask("POST", "/api/v1/auth/register", wish)

    assert (status, body["errors"][0]["source"]["field"]) == (422, "name")
