"""People over the API: who may change whom, and that nobody rises above who lets them."""

from typing import Any

import pytest

from core.domain.account import Role, User, UserState
from tests.integration.api.doors import api_key
from tests.integration.api.doorstep import Doorstep

USERS = "/api/v1/users"
ADMIN, OWNER = "admin@example.com", "owner@example.com"


@pytest.fixture
async def admin(doorstep: Doorstep) -> str:
    await doorstep.hire(ADMIN, Role.ADMIN, name="Alice Archer")
    token: str = (await doorstep.sign_in(ADMIN))["access_token"]
    return token


@pytest.fixture
async def olga(doorstep: Doorstep) -> User:
    return await doorstep.hire(OWNER, Role.OWNER, name="Olga Owner")


@pytest.fixture
async def owner(doorstep: Doorstep, olga: User) -> str:
    token: str = (await doorstep.sign_in(olga.email))["access_token"]
    return token


async def test_somebody_added_with_a_password_signs_in(doorstep: Doorstep, admin: str) -> None:
    wish = {
        "email": "Bob@example.com",
        "name": "Bob Baker",
        "role": "RESPONDER",
        "password": "a long password",
    }

    status, body = await doorstep.ask("POST", USERS, wish, token=admin)

    assert (status, body["role"], body["state"]) == (201, "engineer", "active")
    assert (await doorstep.sign_in("bob@example.com", "a long password"))["user"] == {
        name: body[name] for name in ("id", "email", "name", "role", "organization_id")
    }


async def test_somebody_added_without_a_password_waits_for_one(
    doorstep: Doorstep, admin: str
) -> None:
    wish = {"email": "bob@example.com", "name": "Bob Baker"}

    _, body = await doorstep.ask("POST", USERS, wish, token=admin)

    assert (body["role"], body["state"]) == ("engineer", "pending")
    assert (await doorstep.try_to_sign_in("bob@example.com", ""))[0] == 401


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"email": "bob", "name": "Bob"}, "email"),
        ({"email": ADMIN, "name": "Bob"}, "email"),
        ({"email": "bob@example.com", "name": " "}, "name"),
        ({"email": "bob@example.com", "name": "Bob", "role": "king"}, "role"),
        ({"email": "bob@example.com", "name": "Bob", "password": "short"}, "password"),
        ({"name": "Bob"}, "email"),
    ],
)
async def test_a_bad_wish_names_its_field(
    doorstep: Doorstep, admin: str, wish: dict[str, Any], field: str
) -> None:
    status, body = await doorstep.ask("POST", USERS, wish, token=admin)

    assert (status, body["errors"][0]["path"]) == (422, field)


async def test_the_same_wish_under_one_key_adds_one_person(doorstep: Doorstep, admin: str) -> None:
    wish = {"email": "bob@example.com", "name": "Bob Baker", "password": "a long password"}

    answers = [
        await doorstep.ask("POST", USERS, wish, token=admin, Idempotency_Key="once")
        for _ in range(2)
    ]

    assert answers[0] == answers[1]
    assert answers[0][0] == 201


async def test_people_are_listed_by_name_and_narrowed_down(doorstep: Doorstep, admin: str) -> None:
    await doorstep.hire("bob@example.com", name="Bob Baker")
    await doorstep.hire("carol@example.com", Role.VIEWER, name="carol Carter")

    async def names(query: str) -> list[str]:
        _, body = await doorstep.ask("GET", f"{USERS}?{query}", token=admin)
        assert body["meta"]["total"] >= len(body["data"])
        return [line["name"] for line in body["data"]]

    assert await names("") == ["Alice Archer", "Bob Baker", "carol Carter"]
    assert await names("limit=1&offset=1") == ["Bob Baker"]
    assert await names("search=CAR") == ["carol Carter"]
    assert await names("role=viewer") == ["carol Carter"]
    assert await names("state=suspended") == []


async def test_an_admin_makes_nobody_an_owner_and_touches_none(
    doorstep: Doorstep, admin: str, olga: User
) -> None:
    wishes: list[tuple[str, str, Any]] = [
        ("POST", USERS, {"email": "bob@example.com", "name": "Bob", "role": "owner"}),
        ("POST", "/api/v1/invitations", {"email": "bob@example.com", "role": "owner"}),
        ("PATCH", f"{USERS}/{olga.id}", {"role": "viewer"}),
        ("PATCH", f"{USERS}/{olga.id}", {"state": "suspended"}),
        ("PATCH", f"{USERS}/{olga.id}", {"name": "Nobody"}),
        ("DELETE", f"{USERS}/{olga.id}", None),
    ]

    answers = [await doorstep.ask(*wish, token=admin) for wish in wishes]

    assert [status for status, _ in answers] == [403] * len(wishes)


async def test_an_owner_makes_another_and_may_leave_then(
    doorstep: Doorstep, owner: str, olga: User
) -> None:
    bob = await doorstep.hire("bob@example.com", name="Bob Baker")

    for wish in ({"role": "admin"}, {"state": "inactive"}):
        status, body = await doorstep.ask("PATCH", f"{USERS}/{olga.id}", wish, token=owner)
        assert (status, "last owner" in body["detail"]) == (409, True)
    assert (await doorstep.ask("DELETE", f"{USERS}/{olga.id}", token=owner))[0] == 409

    made = await doorstep.ask("PATCH", f"{USERS}/{bob.id}", {"role": "owner"}, token=owner)
    assert (made[0], made[1]["role"]) == (200, "owner")
    assert (await doorstep.ask("DELETE", f"{USERS}/{olga.id}", token=owner))[0] == 204


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ENGINEER, Role.MANAGER])
async def test_below_an_admin_nobody_changes_anybody(doorstep: Doorstep, role: Role) -> None:
    bob = await doorstep.hire("bob@example.com", role, name="Bob Baker")
    token = (await doorstep.sign_in(bob.email))["access_token"]

    assert (await doorstep.ask("GET", USERS, token=token))[0] == 200
    for method, path, wish in (
        ("POST", USERS, {"email": "eve@example.com", "name": "Eve"}),
        ("PATCH", f"{USERS}/{bob.id}", {"role": "admin"}),
        ("DELETE", f"{USERS}/{bob.id}", None),
        ("POST", "/api/v1/invitations", {"email": "eve@example.com"}),
        ("POST", "/api/v1/api-keys", {"name": "CI", "permissions": ["incidents:read"]}),
        ("PATCH", f"/api/v1/organizations/{doorstep.organization_id}", {"name": "Ours"}),
    ):
        assert (await doorstep.ask(method, path, wish, token=token))[0] == 403


async def test_a_key_gives_no_role_that_may_do_more_than_it(doorstep: Doorstep) -> None:
    secret = await api_key(doorstep.bus, doorstep.organization_id, scopes=["users:write"])

    for role in Role:
        wish = {"email": f"{role}@example.com", "name": "Bob", "role": role}
        assert (await doorstep.ask("POST", USERS, wish, token=secret))[0] == 403


async def test_everybody_changes_their_own_name_and_nothing_else(doorstep: Doorstep) -> None:
    await doorstep.hire("bob@example.com", Role.VIEWER, name="Bob Baker")
    token = (await doorstep.sign_in("bob@example.com"))["access_token"]

    wish = {"name": "Robert Baker", "role": "owner", "state": "deleted"}
    status, body = await doorstep.ask("PATCH", f"{USERS}/me", wish, token=token)

    assert (status, body["name"], body["role"], body["state"]) == (
        *(200, "Robert Baker"),
        *("viewer", "active"),
    )
    assert (await doorstep.ask("GET", f"{USERS}/me", token=token))[1]["name"] == "Robert Baker"


async def test_who_is_deleted_is_gone_and_may_come_back_as_another(
    doorstep: Doorstep, admin: str
) -> None:
    bob = await doorstep.hire("bob@example.com", Role.MANAGER, name="Bob Baker")

    assert (await doorstep.ask("DELETE", f"{USERS}/{bob.id}", token=admin))[0] == 204

    for method, wish in (("GET", None), ("PATCH", {"state": "active"}), ("DELETE", None)):
        assert (await doorstep.ask(method, f"{USERS}/{bob.id}", wish, token=admin))[0] == 404
    _, listed = await doorstep.ask("GET", USERS, token=admin)
    assert bob.id not in [line["id"] for line in listed["data"]]
    wish = {"email": "bob@example.com", "name": "Bob Again", "role": "viewer"}
    status, back = await doorstep.ask("POST", USERS, wish, token=admin)
    assert (status, back["id"], back["role"], back["state"]) == (201, bob.id, "viewer", "pending")


@pytest.mark.parametrize("state", [UserState.DELETED, UserState.PENDING, "happy"])
async def test_some_states_are_not_for_giving(doorstep: Doorstep, admin: str, state: str) -> None:
    bob = await doorstep.hire("bob@example.com")

    status, body = await doorstep.ask("PATCH", f"{USERS}/{bob.id}", {"state": state}, token=admin)

    assert (status, body["errors"][0]["path"]) == (422, "state")


async def test_the_people_of_another_organisation_do_not_exist(
    doorstep: Doorstep, admin: str
) -> None:
    wish = {"email": "eve@example.com", "password": "correct horse", "name": "Eve Easton"}
    _, eve = await doorstep.ask("POST", "/api/v1/auth/register", wish)
    token, theirs = eve["access_token"], eve["user"]["organization_id"]
    _, key = await doorstep.ask(
        "POST", "/api/v1/api-keys", {"name": "CI", "permissions": ["users:read"]}, token=token
    )
    _, invitation = await doorstep.ask(
        "POST", "/api/v1/invitations", {"email": "dave@example.com"}, token=token
    )

    for method, path, change in (
        ("GET", f"{USERS}/{eve['user']['id']}", None),
        ("PATCH", f"{USERS}/{eve['user']['id']}", {"name": "Mine"}),
        ("DELETE", f"{USERS}/{eve['user']['id']}", None),
        ("GET", f"/api/v1/organizations/{theirs}", None),
        ("PATCH", f"/api/v1/organizations/{theirs}", {"name": "Mine"}),
        ("GET", f"/api/v1/organizations/{theirs}/plan", None),
        ("GET", f"/api/v1/organizations/{theirs}/members", None),
        ("GET", f"/api/v1/api-keys/{key['id']}", None),
        ("DELETE", f"/api/v1/api-keys/{key['id']}", None),
        ("DELETE", f"/api/v1/invitations/{invitation['id']}", None),
    ):
        assert (await doorstep.ask(method, path, change, token=admin))[0] == 404, path
    for path in (USERS, "/api/v1/api-keys", "/api/v1/invitations"):
        _, listed = await doorstep.ask("GET", path, token=admin)
        ids = [line["id"] for line in listed["data"]]
        assert not {eve["user"]["id"], key["id"], invitation["id"]} & set(ids)


async def test_the_last_who_looks_after_an_organisation_stays_in_charge(
    doorstep: Doorstep,
) -> None:
    alone = await doorstep.hire("alone@example.com", Role.ADMIN)
    token = (await doorstep.sign_in("alone@example.com"))["access_token"]

    demoted = await doorstep.ask(
        "PATCH", f"/api/v1/users/{alone.id}", {"role": "viewer"}, token=token
    )
    deleted = await doorstep.ask("DELETE", f"/api/v1/users/{alone.id}", token=token)
    await doorstep.hire("other@example.com", Role.ADMIN)
    again = await doorstep.ask(
        "PATCH", f"/api/v1/users/{alone.id}", {"role": "viewer"}, token=token
    )

    assert [status for status, _ in (demoted, deleted, again)] == [409, 409, 200]
    assert "somebody else" in demoted[1]["detail"]
