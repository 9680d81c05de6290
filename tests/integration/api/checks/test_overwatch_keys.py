"""Checks 25, 26 and 90: what a key opens, for how long, and that it is shown once."""

import asyncio
from datetime import timedelta
from typing import Any

import orjson
import pytest

from bot.web.times import instant
from core.domain.account import Role
from tests.integration.api.doorstep import Doorstep

KEYS, INCIDENTS = "/api/v1/api-keys", "/api/v1/incidents"
WISH = {"title": "Checkout fails", "severity": "high", "description": "Every fifth request."}
FOREVER = timedelta(days=3_652)


@pytest.fixture
async def admin(doorstep: Doorstep) -> str:
    """An admin's access token."""
    await doorstep.hire("admin@example.com", Role.ADMIN, name="Alice Archer")
    token: str = (await doorstep.sign_in("admin@example.com"))["access_token"]
    return token


async def a_key(doorstep: Doorstep, admin: str, **wish: Any) -> dict[str, Any]:
    status, body = await doorstep.ask(
        "POST", KEYS, {"name": "CI", "permissions": ["incidents:read"], **wish}, token=admin
    )
    assert status == 201, body
    key: dict[str, Any] = body
    return key


async def test_check_25_an_unknown_key_is_refused(doorstep: Doorstep) -> None:
    status, body = await doorstep.ask("GET", INCIDENTS, X_API_Key="overwatch_ak_0000000000000000")

    assert status == 401
    assert body["status_code"] == 401
    assert body["path"] == INCIDENTS


async def test_check_25_a_key_is_refused_once_it_has_expired(
    doorstep: Doorstep, admin: str
) -> None:
    ends = instant(doorstep.clock() + timedelta(days=1))
    secret = (await a_key(doorstep, admin, expires_at=ends))["api_key"]
    assert (await doorstep.ask("GET", INCIDENTS, X_API_Key=secret))[0] == 200

    doorstep.clock.advance(days=1)

    assert (await doorstep.ask("GET", INCIDENTS, X_API_Key=secret))[0] == 401


async def test_check_25_a_key_without_an_end_works_after_ten_years(
    doorstep: Doorstep, admin: str
) -> None:
    secret = (await a_key(doorstep, admin))["api_key"]

    doorstep.clock.advance(seconds=FOREVER.total_seconds())

    assert (await doorstep.ask("GET", INCIDENTS, X_API_Key=secret))[0] == 200


async def test_check_26_a_key_that_may_only_read_declares_nothing(
    doorstep: Doorstep, admin: str
) -> None:
    secret = (await a_key(doorstep, admin))["api_key"]

    status, body = await doorstep.ask("POST", INCIDENTS, WISH, X_API_Key=secret)

    assert status == 403
    assert "incidents:write" in body["detail"]


async def test_check_90_a_key_is_shown_once_and_never_changed(
    doorstep: Doorstep, admin: str
) -> None:
    made = await a_key(doorstep, admin, permissions=["incidents:read", "incidents:create"])
    path = f"{KEYS}/{made['id']}"

    later = [
        await doorstep.ask("GET", KEYS, token=admin),
        await doorstep.ask("GET", path, token=admin),
        await doorstep.ask("PATCH", path, {"permissions": ["users:write"]}, token=admin),
        await doorstep.ask("PUT", path, {"permissions": ["users:write"]}, token=admin),
    ]

    assert made["api_key"].startswith("overwatch_ak_")
    assert [status for status, _ in later] == [200, 200, 405, 405]
    assert made["api_key"] not in orjson.dumps(later).decode()
    assert later[1][1]["permissions"] == ["incidents:read", "incidents:write"]


async def test_a_key_of_other_networks_is_refused_here(doorstep: Doorstep, admin: str) -> None:
    there = (await a_key(doorstep, admin, ip_whitelist=["192.0.2.0/24"]))["api_key"]
    here = (await a_key(doorstep, admin, ip_whitelist=["192.0.2.0/24", "127.0.0.0/8"]))["api_key"]

    status, body = await doorstep.ask("GET", INCIDENTS, X_API_Key=there)

    assert (status, body["errors"][0]["code"]) == (403, "address_not_allowed")
    assert (await doorstep.ask("GET", INCIDENTS, X_API_Key=here))[0] == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"permissions": []}, "permissions"),
        ({"permissions": ["incidents:own"]}, "permissions"),
        ({"permissions": None, "scopes": ["nothing"]}, "scopes"),
        ({"ip_whitelist": ["here"]}, "ip_whitelist"),
        ({"expires_at": "2029-01-01T00:00:00Z"}, "expires_at"),
        ({"dialect": "latin"}, "dialect"),
        ({"name": ""}, "name"),
    ],
)
async def test_a_bad_wish_for_a_key_names_its_field(
    doorstep: Doorstep, admin: str, change: dict[str, Any], field: str
) -> None:
    wish = {"name": "CI", "permissions": ["incidents:read"], **change}

    status, body = await doorstep.ask("POST", KEYS, wish, token=admin)

    assert (status, body["errors"][0]["path"]) == (422, field)


async def test_the_same_wish_under_one_key_makes_one_and_shows_it_once(
    doorstep: Doorstep, admin: str
) -> None:
    wish = {"name": "CI", "scopes": ["read:incidents"], "dialect": "observer"}

    first, again = [
        await doorstep.ask("POST", KEYS, wish, token=admin, Idempotency_Key="once")
        for _ in range(2)
    ]

    assert first[1].pop("api_key").startswith("obs_pub_")
    assert "api_key" not in again[1]
    assert first[1]["id"] == again[1]["id"]


async def test_the_use_of_a_key_is_noted(doorstep: Doorstep, admin: str) -> None:
    key = await a_key(doorstep, admin)
    doorstep.clock.advance(minutes=2)
    await doorstep.ask("GET", INCIDENTS, X_API_Key=key["api_key"])

    async with asyncio.timeout(5):
        while True:  # it is never waited for, so a look may come too early
            _, shown = await doorstep.ask("GET", f"{KEYS}/{key['id']}", token=admin)
            if shown["last_used_at"]:
                break

    assert shown["last_used_at"] == instant(doorstep.clock())
