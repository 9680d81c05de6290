"""Alert sources over the API: set up, changed, given a new token, deleted."""

from typing import Any

import pytest

from bot.credentials import hash_of
from core.domain.integration import Integration
from tests.integration.api.alerting.conftest import Watch
from tests.integration.api.doors import SECRETS, bearer

EVERY = "/api/v1/integrations"
ALERT = {
    "version": "4",
    "groupKey": "g",
    "status": "firing",
    "alerts": [
        {
            "status": "firing",
            "labels": {"alertname": "Up"},
            "fingerprint": "f",
            "startsAt": "2030-01-01T12:00:00Z",
        }
    ],
}


async def _made(watch: Watch, **more: Any) -> Any:
    return await watch.ask("POST", EVERY, {"name": "Prod", "type": "alertmanager", **more})


async def _rings(watch: Watch, token: str, source: str = "alertmanager") -> int:
    path = f"/webhooks/{source}"
    async with watch.door.client.post(path, json=ALERT, headers=bearer(token)) as answer:
        return answer.status


async def _kept(watch: Watch, id: str) -> Integration:
    known = await watch.door.storage.reads.integrations(watch.door.organization_id)
    return next(one for one in known if one.id == id)


async def test_an_alert_source_is_made_with_its_settings_and_shown(watch: Watch) -> None:
    made = await _made(watch, settings={"grace": 60, "group_by": ["service"]})

    shown = await watch.ask("GET", f"{EVERY}/{made['id']}")

    assert (made["settings"]["grace"], made["settings"]["group_by"]) == (60, ["service"])
    assert shown["data"] == {**made["data"], "token": None}


async def test_what_it_signs_with_is_sealed_and_never_shown(watch: Watch) -> None:
    made = await _made(watch, secret="a secret of the tool")

    kept = await _kept(watch, made["id"])
    shown = await watch.ask("GET", f"{EVERY}/{made['id']}")
    assert (made["has_secret"], SECRETS.opened(kept.sealed_secret)) == (
        True,
        "a secret of the tool",
    )
    assert SECRETS.opened(kept.sealed_token) == made["token"]
    assert "a secret" not in f"{made}{shown}{kept!r}{kept.sealed_secret}"
    assert made["token"] not in f"{shown}{kept!r}"


async def test_a_change_leaves_the_rest_as_it_was(watch: Watch) -> None:
    service = await watch.ask("POST", "/api/v1/services", {"name": "Checkout"})
    made = await _made(watch, settings={"grace": 60}, secret="s")
    one = f"{EVERY}/{made['id']}"

    named = await watch.ask("PATCH", one, {"name": "Production"})
    tuned = await watch.ask("PATCH", one, {"settings": {"hold": 30}})
    owned = await watch.ask("PATCH", one, {"config": {"service_id": service["id"]}})
    freed = await watch.ask("PATCH", one, {"config": {"service_id": ""}, "secret": ""})

    assert (named["name"], named["settings"]["grace"]) == ("Production", 60)
    assert (tuned["settings"]["hold"], tuned["settings"]["grace"]) == (30, 60)
    assert (owned["config"]["service_id"], owned["has_secret"]) == (service["id"], True)
    assert (freed["config"]["service_id"], freed["has_secret"]) == (None, False)


async def test_the_same_change_twice_is_told_once(watch: Watch) -> None:
    made = await _made(watch)
    one = f"{EVERY}/{made['id']}"
    await watch.ask("PATCH", one, {"name": "Production"})
    before = (await _kept(watch, made["id"])).version

    await watch.ask("PATCH", one, {"name": "Production", "settings": {}})

    assert (await _kept(watch, made["id"])).version == before


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"name": " "}, "name"),
        ({"settings": {"hold": -1}}, "settings.hold"),
        ({"settings": {"hold": "soon"}}, "settings.hold"),
        ({"settings": {"hodl": 1}}, "settings.hodl"),
        ({"settings": {"mapping": {"title": "a"}}}, "settings.mapping"),
        ({"config": {"service_id": "svc_none"}}, "config.service_id"),
        ({"secret": "x" * 4_097}, "secret"),
    ],
)
async def test_a_change_that_cannot_be_names_the_field(
    guard: Watch, wish: dict[str, Any], field: str
) -> None:
    made = await _made(guard)

    for method, path in (("PATCH", f"{EVERY}/{made['id']}"), ("POST", EVERY)):
        body = {"name": "Prod", "type": "alertmanager", **wish}
        assert await guard.refused(method, path, body) == (422, field)


async def test_a_new_token_takes_the_place_of_the_old_one(watch: Watch) -> None:
    made = await _made(watch)

    rotated = await watch.ask("POST", f"{EVERY}/{made['id']}/rotate-token")

    kept = await _kept(watch, made["id"])
    assert rotated["token"] not in (None, made["token"])
    assert (await _rings(watch, made["token"]), await _rings(watch, rotated["token"])) == (401, 202)
    assert kept.token_hash == hash_of(rotated["token"])
    assert SECRETS.opened(kept.sealed_token) == rotated["token"]


async def test_a_source_that_was_deleted_opens_no_door_and_is_not_found(watch: Watch) -> None:
    made = await _made(watch)
    one = f"{EVERY}/{made['id']}"

    await watch.ask("DELETE", one)

    listed = await watch.ask("GET", EVERY)
    assert await _rings(watch, made["token"]) == 401
    assert made["id"] not in [source["id"] for source in listed["data"]]
    for method, path in (("GET", one), ("PATCH", one), ("DELETE", one), ("GET", f"{one}/payloads")):
        assert (await watch.refused(method, path, {"name": "x"}))[0] == 404


async def test_a_source_says_when_it_was_heard_and_that_it_is_quiet(watch: Watch) -> None:
    made = await _made(watch, settings={"quiet_after": 3_600})
    one = f"{EVERY}/{made['id']}"
    assert await _rings(watch, made["token"]) == 202

    heard = await watch.ask("GET", one)
    watch.passes(hours=2)
    quiet = await watch.ask("GET", one)
    [listed, *_] = (await watch.ask("GET", EVERY))["data"]

    assert (made["last_heard_at"], made["quiet"]) == (None, False)
    assert (heard["last_heard_at"], heard["quiet"]) == ("2030-01-01T12:00:00.000Z", False)
    assert (quiet["quiet"], listed["quiet"]) == (True, True)
    assert quiet["status_detail"] == "It has said nothing since 2030-01-01 12:00 UTC."


async def test_the_token_of_a_repeated_request_is_not_told_again(watch: Watch) -> None:
    made = await _made(watch)
    path = f"{EVERY}/{made['id']}/rotate-token"

    first = await watch.ask("POST", path, Idempotency_Key="once")
    again = await watch.ask("POST", path, Idempotency_Key="once")

    assert (again["token"], await _rings(watch, first["token"])) == (None, 202)
