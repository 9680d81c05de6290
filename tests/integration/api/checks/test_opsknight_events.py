"""`/api/events`: PagerDuty's events, stored before they are answered, one incident per key."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import orjson
import pytest

from bot.credentials import hash_of, new_token
from core.bus import CommandBus
from core.commands import AddService, CreateIntegration
from core.domain.ids import OrganizationId
from core.errors import Unavailable
from core.ports import Inbox, PendingDelivery, RawDelivery
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator
from tests.integration.api.checks.opsknight import DOCUMENTED, GATEWAY, Ground
from tests.integration.api.doors import (
    Parts,
    api_key,
    application,
    bearer,
    generous,
    json_of,
    served,
)
from tests.integration.api.hostile import HOSTILE


@pytest.fixture
async def token(k: Ground) -> str:
    """Of an alert source of its own."""
    return await _token(k, "pagerduty")


async def _token(k: Ground, source: str) -> str:
    secret = new_token()
    await k.bus.execute(
        CreateIntegration(
            caller=the_operator(k.organization_id),
            source=source,
            name="Monitoring",
            token_hash=hash_of(secret),
            service_id=GATEWAY,
        )
    )
    return secret


async def _news(k: Ground) -> list[Any]:
    """The incidents besides the documented one, newest first."""
    page = await k.list()
    return [incident for incident in page["incidents"] if incident["id"] != DOCUMENTED]


async def test_an_event_is_stored_and_answered_202(k: Ground) -> None:
    body = await k.event()

    assert body == {
        "status": "success",
        "message": "Event processed",
        "dedup_key": "latency",
        "incident_key": "latency",
        "result": {"action": "triggered"},
    }
    assert await k.inbox.waiting() == 1


async def test_it_opens_an_incident_of_its_service(k: Ground) -> None:
    await k.event()

    await k.triage()

    [incident] = await _news(k)
    assert (incident["title"], incident["status"]) == ("Latency is high", "triggered")
    assert incident["service"] == {"id": GATEWAY, "name": "API Gateway"}
    assert (incident["severity"], incident["urgency"]) == ("critical", "HIGH")


@pytest.mark.parametrize(
    ("word", "severity", "urgency"),
    [("error", "high", "MEDIUM"), ("Warning", "medium", "MEDIUM"), ("info", "low", "LOW")],
)
async def test_a_severity_says_the_urgency(
    k: Ground, word: str, severity: str, urgency: str
) -> None:
    await k.event(payload={"summary": "Slow", "source": "web-1", "severity": word})

    await k.triage()

    [incident] = await _news(k)
    assert (incident["severity"], incident["urgency"]) == (severity, urgency)


@pytest.mark.parametrize("triaged", [True, False])
async def test_a_repeated_key_is_deduplicated(k: Ground, triaged: bool) -> None:
    await k.event()
    if triaged:
        await k.triage()

    again = await k.event()
    await k.triage()

    assert again["result"]["action"] == "deduplicated"
    assert len(await _news(k)) == 1


async def test_the_incident_is_answered_once_it_is_there(k: Ground) -> None:
    await k.event()
    await k.triage()
    [incident] = await _news(k)

    again = await k.event()

    assert again["result"]["incident"] == {
        "id": incident["id"],
        "title": "Latency is high",
        "status": "triggered",
    }


@pytest.mark.parametrize("action", ["acknowledge", "resolve"])
async def test_no_status_is_told_of_an_incident_that_an_event_is_about_to_move(
    k: Ground, action: str
) -> None:
    await k.event()
    await k.triage()
    [incident] = await _news(k)

    body = await k.event(event_action=action)

    assert body["result"]["incident"] == {"id": incident["id"], "title": "Latency is high"}


@pytest.mark.parametrize(("length", "status"), [(255, 202), (256, 400)])
async def test_a_key_may_be_as_long_as_pagerdutys(k: Ground, length: int, status: int) -> None:
    body = await k.event(dedup_key="k" * length, status=status)

    assert body.get("dedup_key", "k" * length) == "k" * length


@pytest.mark.parametrize("payload", [{}, {"payload": None}, {"payload": {"summary": "Seen"}}])
async def test_it_is_acknowledged_and_resolved_by_its_key(
    k: Ground, payload: dict[str, Any]
) -> None:
    event = {"service_id": GATEWAY, "dedup_key": "latency"} | payload
    await k.event()
    statuses = []

    for action in ("acknowledge", "resolve"):
        wish = event | {"event_action": action}
        body = await k.ask("POST", "/api/events", wish, status=202)
        await k.triage()
        statuses.append((body["result"]["action"], (await _news(k))[0]["status"]))

    assert statuses == [("acknowledged", "ACKNOWLEDGED"), ("resolved", "RESOLVED")]


@pytest.mark.parametrize("action", ["acknowledge", "resolve"])
async def test_what_nobody_triggered_is_ignored(k: Ground, action: str) -> None:
    body = await k.event(event_action=action)
    await k.triage()

    assert body["result"] == {"action": "ignored"}
    assert await _news(k) == []


async def test_after_people_resolved_it_the_same_key_is_a_new_incident(k: Ground) -> None:
    await k.event()
    await k.triage()
    [first] = await _news(k)
    await k.change(first["id"], {"status": "RESOLVED"})

    body = await k.event()
    await k.triage()

    assert [incident["status"] for incident in await _news(k)] == ["triggered", "RESOLVED"]
    assert body["result"]["action"] in ("triggered", "deduplicated")


async def test_a_trigger_without_a_key_is_given_one(k: Ground) -> None:
    first, second = await k.event(dedup_key=None), await k.event(dedup_key=None)
    await k.triage()

    assert first["dedup_key"] != second["dedup_key"]
    assert len(await _news(k)) == 2


async def test_a_given_key_is_the_same_for_a_request_that_is_sent_again(k: Ground) -> None:
    headers = {"Authorization": f"Bearer {k.key}", "Idempotency-Key": "once"}
    event = {
        "service_id": GATEWAY,
        "event_action": "trigger",
        "payload": {"summary": "Slow", "source": "web-1", "severity": "info"},
    }

    answers = [await k.ask("POST", "/api/events", event, headers=headers, status=202) for _ in "ab"]

    assert answers[0]["dedup_key"] == answers[1]["dedup_key"]


async def test_services_do_not_share_their_keys(k: Ground) -> None:
    other = await k.ask(
        "POST",
        "/api/v1/services",
        {"name": "Checkout"},
        key=await api_key(k.bus, k.organization_id),
        status=201,
    )

    await k.event()
    body = await k.event(service_id=other["id"])

    assert body["result"]["action"] == "triggered"


@pytest.mark.parametrize("place", ["routing_key", "Token", "Bearer"])
async def test_an_alert_source_shows_its_token_in_any_place(
    k: Ground, token: str, place: str
) -> None:
    headers = {
        "routing_key": {},
        "Token": {"Authorization": f"Token token={token}"},
        "Bearer": {"Authorization": f"Bearer {token}"},
    }[place]
    event = {
        "event_action": "trigger",
        "dedup_key": "x",
        "payload": {"summary": "Slow", "source": "Alertmanager", "severity": "error"},
        **({"routing_key": token} if place == "routing_key" else {}),
    }

    await k.ask("POST", "/api/events", event, headers=headers, status=202)
    [pending] = await k.inbox.pending(10)
    await k.triage()

    assert token.encode() not in pending.raw.body
    assert [incident["title"] for incident in await _news(k)] == ["Slow"]


async def test_wrong_tokens_are_refused(k: Ground) -> None:
    stranger = await _token(k, "alertmanager")

    for secret in ("nonsense", stranger):
        event = {"routing_key": secret, "event_action": "trigger"}
        body = await k.ask("POST", "/api/events", event, headers={}, status=401)
        assert body["errors"][0]["code"] == "invalid_token"
        assert body["message"] == body["detail"]
    await k.ask("POST", "/api/events", {}, headers={}, status=401)
    await k.ask("POST", "/api/events", {}, key="ok_nonsense", status=401)
    assert await k.inbox.waiting() == 0


async def test_a_key_needs_the_scope_and_a_service(k: Ground) -> None:
    weak = await api_key(k.bus, k.organization_id, scopes=["incidents:write"])
    strong = replace(k, key=await api_key(k.bus, k.organization_id, scopes=["events:write"]))

    refused = await replace(k, key=weak).event(status=403)
    nowhere = await strong.event(status=400, service_id=None)
    unknown = await strong.event(status=404, service_id="svc_404")
    await strong.event()

    assert "events:write" in refused["detail"]
    assert nowhere["errors"][0]["source"]["field"] == "service_id"
    assert "svc_404" in unknown["message"]


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "another action": ({"event_action": "panic"}, "event_action"),
    "no action": ({"event_action": None}, "event_action"),
    "no payload": ({"payload": None}, "payload"),
    "no summary": ({"payload": {"source": "x", "severity": "info"}}, "payload.summary"),
    "another severity": (
        {"payload": {"summary": "x", "source": "x", "severity": "SEVERE"}},
        "payload.severity",
    ),
    "a long key": ({"dedup_key": "x" * 256}, "dedup_key"),
    "an end without a key": ({"event_action": "resolve", "dedup_key": None}, "dedup_key"),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_broken_event_names_what_is_wrong(k: Ground, name: str) -> None:
    changes, field = BROKEN[name]

    body = await k.event(status=400, **changes)

    assert body["errors"][0]["source"]["field"] == field
    assert body["message"]
    assert await k.inbox.waiting() == 0


@pytest.mark.parametrize("sent", [b"not json", b"[]", b'{"a":' * 500 + b"1" + b"}" * 500])
async def test_what_is_no_event_at_all_is_a_bad_request(k: Ground, sent: bytes) -> None:
    headers = {"Authorization": f"Bearer {k.key}", "Content-Type": "text/plain"}

    response = await k.client.post("/api/events", data=sent, headers=headers)

    assert response.status == 400
    assert await k.inbox.waiting() == 0


async def test_an_event_that_is_nested_too_deeply_is_a_bad_request(k: Ground) -> None:
    deep: Any = 1
    for _ in range(300):
        deep = [deep]
    event = {
        "service_id": GATEWAY,
        "event_action": "resolve",
        "dedup_key": "x",
        "payload": {"custom_details": {"deep": "D"}},
    }
    body = orjson.dumps(event).replace(b'"D"', str(deep).encode())
    headers = {"Authorization": f"Bearer {k.key}"}

    response = await k.client.post("/api/events", data=body, headers=headers)

    assert response.status == 400


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_body_is_refused_and_not_stored(k: Ground, name: str) -> None:
    body, headers = HOSTILE[name]
    shown = {**bearer(k.key), **headers}

    event = await k.client.post("/api/events", data=BytesIO(body), headers=shown)
    incident = await k.client.post("/api/incidents", data=BytesIO(body), headers=shown)

    for response in (event, incident):
        assert response.status in {400, 413, 415}
        assert (await json_of(response))["errors"][0]["message"]
    assert await k.inbox.waiting() == 0
    assert await _news(k) == []


async def test_guessing_tokens_is_limited_by_address(parts: Parts, clock: FakeClock) -> None:
    event = {"routing_key": "nonsense", "event_action": "trigger"}

    async with served(application(parts, standards=generous(clock, per_address=2))) as client:
        statuses = [(await client.post("/api/events", json=event)).status for _ in range(3)]

    assert statuses == [401, 401, 429]


class FullInbox:
    """An inbox whose database does not answer the first time."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._full = True

    async def store(self, delivery: RawDelivery) -> None:
        if self._full:
            self._full = False
            raise Unavailable("The database is busy; try again in a moment.")
        await self._inbox.store(delivery)

    async def pending(self, limit: int) -> list[PendingDelivery]:
        return await self._inbox.pending(limit)

    async def waiting(self) -> int:
        return await self._inbox.waiting()


async def test_what_could_not_be_stored_was_never_said(
    parts: Parts, bus: CommandBus, organization_id: OrganizationId
) -> None:
    caller = the_operator(organization_id)
    service = await bus.execute(AddService(caller=caller, name="Checkout"))
    key = await api_key(bus, organization_id, scopes=["events:write"])
    event = {
        "service_id": service.id,
        "event_action": "trigger",
        "dedup_key": "x",
        "payload": {"summary": "Slow", "source": "web-1", "severity": "info"},
    }

    async with served(application(replace(parts, inbox=FullInbox(parts.inbox)))) as client:
        answers = [
            await client.post("/api/events", json=event, headers=bearer(key)) for _ in range(2)
        ]
        refused, accepted = [await json_of(answer) for answer in answers]

    assert [answer.status for answer in answers] == [429, 202]
    assert refused["message"] == refused["detail"]
    assert accepted["result"]["action"] == "triggered"
