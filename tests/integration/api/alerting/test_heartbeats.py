"""Heartbeats over the API, and the ways in which something says that it lives."""

from typing import Any

import pytest

from core.domain.timer import TimerKind
from tests.integration.api.alerting.conftest import Watch
from tests.integration.api.doors import api_key, bearer

EVERY = "/api/v1/heartbeats"
WISH = {"name": "Nightly backup", "interval": 3_600, "grace": 600}


async def _made(watch: Watch, **more: Any) -> Any:
    return await watch.ask("POST", EVERY, {**WISH, **more})


def _ping(made: Any) -> str:
    return f"/v2/heartbeat/{made['id']}/ping"


async def _pinged(
    watch: Watch, path: str, method: str = "POST", headers: dict[str, str] | None = None
) -> int:
    async with watch.door.client.request(method, path, headers=headers) as answer:
        return answer.status


async def test_a_heartbeat_is_made_and_its_token_shown_once(watch: Watch) -> None:
    made = await _made(watch, severity="SEV1", description="Of the orders.")

    shown = await watch.ask("GET", f"{EVERY}/{made['id']}")
    listed = await watch.ask("GET", EVERY)

    assert (made["severity"], made["state"], made["last_ping_at"]) == ("critical", "new", None)
    assert made["ping_url"] == f"https://tocsin.example.com{_ping(made)}"
    assert shown["data"] == {**made["data"], "token": None}
    assert [one["id"] for one in listed["data"]] == [made["id"]]
    assert made["token"] not in str(listed)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
async def test_a_ping_says_that_it_lives(guard: Watch, method: str) -> None:
    made = await _made(guard)
    guard.passes(minutes=5)

    status = await _pinged(guard, _ping(made), method, bearer(made["token"]))

    shown = await guard.ask("GET", f"{EVERY}/{made['id']}")
    assert (status, shown["state"]) == (204, "alive")
    assert shown["last_ping_at"] == "2030-01-01T12:05:00.000Z"
    assert shown["expires_at"] == "2030-01-01T13:15:00.000Z"


async def test_its_token_may_stand_in_the_query(guard: Watch) -> None:
    made = await _made(guard)

    assert await _pinged(guard, f"{_ping(made)}?token={made['token']}") == 204


async def test_a_key_that_may_send_events_pings_too(guard: Watch) -> None:
    made = await _made(guard)
    door = guard.door
    key = await api_key(door.bus, door.organization_id, scopes=["events:write"])
    other = await api_key(door.bus, door.organization_id, scopes=["incidents:write"])

    assert await _pinged(guard, _ping(made), headers=bearer(key)) == 204
    assert await _pinged(guard, _ping(made), headers=bearer(other)) == 403


@pytest.mark.parametrize("headers", [None, bearer("wrong"), bearer("né")])
async def test_without_its_token_nobody_speaks_for_it(
    guard: Watch, headers: dict[str, str] | None
) -> None:
    made, other = await _made(guard), await _made(guard, name="Other")

    assert await _pinged(guard, _ping(made), headers=headers) == 401
    assert await _pinged(guard, _ping(made), headers=bearer(other["token"])) == 401
    assert (await guard.ask("GET", f"{EVERY}/{made['id']}"))["state"] == "new"


async def test_its_silence_rings_and_the_next_ping_ends_that(watch: Watch) -> None:
    made = await _made(watch)
    await _pinged(watch, _ping(made), headers=bearer(made["token"]))
    watch.passes(minutes=70)

    await watch.clock_rings(TimerKind.HEARTBEAT, made["id"])
    missing = await watch.ask("GET", f"{EVERY}/{made['id']}")
    [ringing] = await watch.alerts()
    await _pinged(watch, _ping(made), headers=bearer(made["token"]))
    [over] = await watch.alerts()

    assert (missing["state"], missing["last_ping_at"]) == ("missing", "2030-01-01T12:00:00.000Z")
    assert ringing["name"] == "No heartbeat of Nightly backup"
    assert (ringing["status"], over["status"]) == ("firing", "resolved")


async def test_a_heartbeat_is_changed_and_deleted(watch: Watch) -> None:
    made = await _made(watch)
    one = f"{EVERY}/{made['id']}"

    changed = await watch.ask("PATCH", one, {"grace": 60, "enabled": False})
    await watch.ask("DELETE", one)

    assert (changed["grace"], changed["interval"], changed["state"]) == (60, 3_600, "off")
    assert (await watch.refused("GET", one))[0] == 404
    assert await _pinged(watch, _ping(made), headers=bearer(made["token"])) == 401


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"name": " "}, "name"),
        ({"interval": 1}, "interval"),
        ({"interval": "often"}, "interval"),
        ({"severity": "loud"}, "severity"),
        ({"service_id": "svc_none"}, "service_id"),
    ],
)
async def test_a_heartbeat_that_cannot_be_names_the_field(
    guard: Watch, wish: dict[str, Any], field: str
) -> None:
    assert await guard.refused("POST", EVERY, {**WISH, **wish}) == (422, field)


async def test_the_source_by_which_they_ring_has_no_address(guard: Watch) -> None:
    await _made(guard)

    listed = (await guard.ask("GET", "/api/v1/integrations"))["data"]

    assert [one["url"] for one in listed if one["type"] == "heartbeat"] == [None]
