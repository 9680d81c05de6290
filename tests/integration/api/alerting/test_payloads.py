"""What an alert source sent, sending it round once more, and trying a payload."""

from typing import Any

from bot.masking import MASKED
from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.ports import SHOWN_BYTES, RawDelivery
from tests.integration.api.alerting.conftest import Watch
from tests.integration.api.doors import bearer

EVERY = "/api/v1/integrations"


def _notification(status: str = "firing", **labels: str) -> dict[str, Any]:
    alert = {
        "status": status,
        "labels": {"alertname": "Up", **labels},
        "fingerprint": "f",
        "startsAt": "2030-01-01T11:00:00Z",
        "endsAt": "2030-01-01T11:30:00Z" if status == "resolved" else "0001-01-01T00:00:00Z",
    }
    return {"version": "4", "groupKey": "g", "status": status, "alerts": [alert]}


async def _made(watch: Watch, source: str = "alertmanager", **more: Any) -> Any:
    return await watch.ask("POST", EVERY, {"name": "Prod", "type": source, **more})


async def _sent(watch: Watch, made: Any, *bodies: Any) -> None:
    for body in bodies:
        headers = bearer(made["token"])
        path = f"/webhooks/{made['type']}"
        async with watch.door.client.post(path, json=body, headers=headers) as answer:
            assert answer.status == 202, await answer.text()


async def _triaged(watch: Watch) -> None:
    await TriageWorker(watch.door.storage.inbox, watch.door.bus, SOURCES).turn()


async def _payloads(watch: Watch, made: Any) -> list[Any]:
    page = await watch.ask("GET", f"{EVERY}/{made['id']}/payloads")
    assert page["data"] == page["items"]
    listed: list[Any] = page["data"]
    return listed


async def test_a_payload_says_what_became_of_each_alert_in_it(watch: Watch) -> None:
    made = await _made(watch)
    await _sent(watch, made, _notification())
    [waiting] = await _payloads(watch, made)

    await _triaged(watch)

    [dealt] = await _payloads(watch, made)
    assert (waiting["state"], waiting["alerts"][0]["fate"]) == ("waiting", None)
    assert (dealt["state"], dealt["alerts_total"]) == ("dealt_with", 1)
    assert dealt["content"] == _notification()
    assert dealt["alerts"][0]["name"] == "Up"
    assert "INC-1" in dealt["alerts"][0]["fate"]
    assert dealt["alerts"][0]["incident_id"]


async def test_the_last_twenty_are_listed_newest_first(watch: Watch) -> None:
    made = await _made(watch)
    await _sent(watch, made, *(_notification(n=str(n)) for n in range(22)))

    listed = await _payloads(watch, made)

    numbers = [one["content"]["alerts"][0]["labels"]["n"] for one in listed]
    assert numbers == [str(n) for n in range(21, 1, -1)]


async def test_secrets_are_masked_also_the_token_of_the_source_itself(watch: Watch) -> None:
    made = await _made(watch, secret="the word of the tool")
    body = _notification(password="hunter2", note=f"with {made['token']}")
    body["commonAnnotations"] = {"say": "the word of the tool"}
    await _sent(watch, made, body)

    [shown] = await _payloads(watch, made)

    labels = shown["content"]["alerts"][0]["labels"]
    assert (labels["password"], labels["note"]) == (MASKED, f"with {MASKED}")
    assert shown["content"]["commonAnnotations"] == {"say": MASKED}


async def test_of_a_large_payload_the_beginning_is_shown_as_text(watch: Watch) -> None:
    made = await _made(watch)
    await _sent(watch, made, _notification(long="x" * SHOWN_BYTES))

    [shown] = await _payloads(watch, made)

    assert (shown["content"], shown["alerts_total"]) == (None, None)
    assert shown["text"].startswith('{"version"')
    assert shown["size"] > SHOWN_BYTES > len(shown["text"])


async def test_what_was_refused_in_triage_says_why(watch: Watch) -> None:
    made = await _made(watch)
    await watch.door.storage.inbox.store(_raw(watch, made, b"[1]"))
    await _triaged(watch)

    [shown] = await _payloads(watch, made)

    assert (shown["state"], shown["alerts"]) == ("refused", [])
    assert shown["reason"]


async def test_what_is_replayed_is_dealt_with_once_more(watch: Watch) -> None:
    made = await _made(watch)
    await _sent(watch, made, _notification(), _notification("resolved"))
    await _triaged(watch)
    [_, first] = await _payloads(watch, made)
    one = f"{EVERY}/{made['id']}/payloads/{first['id']}/replay"
    watch.passes(minutes=1)

    replayed = await watch.ask("POST", one)
    [_, waiting] = await _payloads(watch, made)
    await _triaged(watch)
    [_, dealt] = await _payloads(watch, made)

    assert (replayed["id"], replayed["state"]) == (first["id"], "waiting")
    assert (waiting["state"], waiting["received_at"]) == ("waiting", first["received_at"])
    assert (dealt["state"], dealt["replayed_at"]) == ("dealt_with", "2030-01-01T12:01:00.000Z")


async def test_a_payload_of_another_source_is_not_found(watch: Watch) -> None:
    made, other = await _made(watch), await _made(watch)
    await _sent(watch, made, _notification())
    await _triaged(watch)
    [shown] = await _payloads(watch, made)

    for id in (shown["id"], "pld_99", "pld_x", "1", "pld_9999999999999999999999"):
        path = f"{EVERY}/{other['id']}/payloads/{id}/replay"
        assert (await watch.refused("POST", path))[0] == 404


async def test_a_payload_is_tried_and_nothing_happens(watch: Watch) -> None:
    made = await _made(watch)

    tried = await watch.ask(
        "POST", f"{EVERY}/{made['id']}/dry-run", {"payload": _notification(severity="page")}
    )

    assert tried["total"] == 1
    [alert] = tried["alerts"]
    assert (alert["name"], alert["status"], alert["severity"]) == ("Up", "firing", "critical")
    assert alert["labels"] == {"alertname": "Up", "severity": "page"}
    assert await _payloads(watch, made) == []
    assert await watch.alerts() == []


async def test_a_mapping_is_tried_before_it_is_saved(watch: Watch) -> None:
    made = await _made(watch, "generic")
    path = f"{EVERY}/{made['id']}/dry-run"
    payload = {"check": {"id": 7, "what": "The queue is long"}, "state": "BAD"}
    settings = {
        "mapping": {"title": "check.what", "key": "check.id", "status": "state"},
        "values": {"bad": "firing"},
    }

    tried = await watch.ask("POST", path, {"payload": payload, "settings": settings})

    [alert] = tried["alerts"]
    assert (alert["title"], alert["status"]) == ("The queue is long", "firing")
    assert (await watch.ask("GET", f"{EVERY}/{made['id']}"))["settings"]["mapping"] == {}


async def test_what_cannot_be_understood_is_said(guard: Watch) -> None:
    made = await _made(guard)
    path = f"{EVERY}/{made['id']}/dry-run"

    assert await guard.refused("POST", path, {"payload": {"no": 1}}) == (422, "payload")
    assert await guard.refused("POST", path, {"payload": [1]}) == (422, "payload")
    assert await guard.refused("POST", path, {}) == (422, "payload")
    wish = {"payload": {}, "settings": {"mapping": {"title": "a[["}}}
    assert await guard.refused("POST", path, wish) == (422, "settings.mapping.title")


def _raw(watch: Watch, made: Any, body: bytes) -> RawDelivery:
    return RawDelivery(
        organization_id=watch.door.organization_id,
        integration_id=made["id"],
        body=body,
        received_at=watch.door.clock(),
    )
