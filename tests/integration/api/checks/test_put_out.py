"""What people gave to others while they were in, after they are out, on each of the storages."""

import asyncio
from typing import Any

import pytest

from core.domain.account import Role, User
from tests.integration.api.doorstep import Doorstep

INVITATIONS, KEYS, USERS = "/api/v1/invitations", "/api/v1/api-keys", "/api/v1/users"
ACCEPT = "/api/v1/auth/invitations/accept"
OUT = ("suspended", "inactive", "deleted")
MOMENT = 1.05
"""Seconds, after which every replica has heard of it."""


@pytest.fixture
async def admin(doorstep: Doorstep) -> User:
    return await doorstep.hire("admin@example.com", Role.ADMIN)


@pytest.fixture
async def owner(doorstep: Doorstep) -> str:
    await doorstep.hire("owner@example.com", Role.OWNER, name="Olga Owner")
    token: str = (await doorstep.sign_in("owner@example.com"))["access_token"]
    return token


async def put_out(doorstep: Doorstep, user: User, owner: str, state: str) -> None:
    if state == "deleted":
        status, _ = await doorstep.ask("DELETE", f"{USERS}/{user.id}", token=owner)
    else:
        status, _ = await doorstep.ask("PATCH", f"{USERS}/{user.id}", {"state": state}, token=owner)
    assert status in (200, 204)


async def invite(
    doorstep: Doorstep, token: str, email: str, role: str = "engineer"
) -> tuple[int, Any]:
    return await doorstep.ask("POST", INVITATIONS, {"email": email, "role": role}, token=token)


async def accept(doorstep: Doorstep, invitation: Any) -> int:
    wish = {"token": invitation["token"], "name": "Carol Carter", "password": "correct horse"}
    return (await doorstep.ask("POST", ACCEPT, wish))[0]


@pytest.mark.parametrize("state", OUT)
async def test_the_invitations_of_who_is_put_out_are_withdrawn(
    doorstep: Doorstep, admin: User, owner: str, state: str
) -> None:
    token = (await doorstep.sign_in(admin.email))["access_token"]
    _, theirs = await invite(doorstep, token, "carol@example.com")
    _, another = await invite(doorstep, owner, "dave@example.com")

    await put_out(doorstep, admin, owner, state)

    assert await accept(doorstep, theirs) == 422
    assert await accept(doorstep, another) == 201
    _, listed = await doorstep.ask("GET", INVITATIONS, token=owner)
    revoked = {line["email"]: line["revoked_at"] is not None for line in listed["data"]}
    assert revoked == {"carol@example.com": True, "dave@example.com": False}


@pytest.mark.parametrize("state", OUT)
async def test_the_keys_of_who_is_put_out_are_refused(
    doorstep: Doorstep, admin: User, owner: str, state: str
) -> None:
    token = (await doorstep.sign_in(admin.email))["access_token"]
    wish = {"name": "Deployments", "permissions": ["incidents:read"]}
    _, made = await doorstep.ask("POST", KEYS, wish, token=token)
    key = made["api_key"]
    assert (await doorstep.ask("GET", "/api/v1/incidents", token=key))[0] == 200

    await put_out(doorstep, admin, owner, state)
    await asyncio.sleep(MOMENT)
    status, body = await doorstep.ask("GET", "/api/v1/incidents", token=key)

    assert (status, body["errors"][0]["code"]) == (401, "invalid_api_key")
    assert "who made this API key" in body["detail"]


async def test_the_keys_of_who_is_back_serve_again(
    doorstep: Doorstep, admin: User, owner: str
) -> None:
    token = (await doorstep.sign_in(admin.email))["access_token"]
    wish = {"name": "Deployments", "permissions": ["incidents:read"]}
    _, made = await doorstep.ask("POST", KEYS, wish, token=token)
    await put_out(doorstep, admin, owner, "suspended")
    assert (await doorstep.ask("GET", "/api/v1/incidents", token=made["api_key"]))[0] == 401

    await doorstep.ask("PATCH", f"{USERS}/{admin.id}", {"state": "active"}, token=owner)
    await asyncio.sleep(MOMENT)

    assert (await doorstep.ask("GET", "/api/v1/incidents", token=made["api_key"]))[0] == 200


async def test_an_invitation_of_an_owner_is_withdrawn_and_replaced_by_owners_alone(
    doorstep: Doorstep, admin: User, owner: str
) -> None:
    token = (await doorstep.sign_in(admin.email))["access_token"]
    _, invitation = await invite(doorstep, owner, "carol@example.com", "owner")
    path = f"{INVITATIONS}/{invitation['id']}"

    assert (await doorstep.ask("DELETE", path, token=token))[0] == 403
    assert (await invite(doorstep, token, "carol@example.com", "viewer"))[0] == 403

    assert (await invite(doorstep, owner, "carol@example.com", "viewer"))[0] == 201
    assert (await doorstep.ask("DELETE", path, token=owner))[0] == 204


@pytest.mark.parametrize("role", Role)
async def test_every_member_reads_their_own_organisation(doorstep: Doorstep, role: Role) -> None:
    await doorstep.hire("member@example.com", role)
    token = (await doorstep.sign_in("member@example.com"))["access_token"]
    path = f"/api/v1/organizations/{doorstep.organization_id}"

    for readable in ("/api/v1/organizations", path, f"{path}/plan"):
        assert (await doorstep.ask("GET", readable, token=token))[0] == 200

    status, _ = await doorstep.ask("PATCH", path, {"name": "Renamed"}, token=token)
    assert status == (200 if role in (Role.OWNER, Role.ADMIN) else 403)
