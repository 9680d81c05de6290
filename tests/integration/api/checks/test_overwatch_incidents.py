"""Checks 17 to 24, 27 to 35 and 38: incidents as Overwatch's clients see them, on each storage."""

import re
from typing import Any

import pytest

from bot.fixtures import JANE, OVERWATCH_KEY, fixtures, keys_of
from core.domain.account import Dialect
from tests.fakes.people import the_operator
from tests.integration.api.accounts import QUICK
from tests.integration.api.doors import api_key
from tests.integration.api.doorstep import Doorstep

INCIDENTS = "/api/v1/incidents"
EBODY = {
    *("detail", "error", "status_code", "timestamp", "path", "type", "status"),
    *("request_id", "errors", "title", "meta"),
}
REDIS = {
    "title": "Redis cluster failover in us-east-1",
    "severity": "critical",
    "description": "The primary node became unreachable at 14:32 UTC.",
}


@pytest.fixture
async def token(doorstep: Doorstep) -> str:
    """Jane's, with the documents' objects loaded."""
    hash = QUICK.hash("your-password")
    wish = fixtures(
        the_operator(doorstep.organization_id),
        keys_of("k" * 16),
        {"user_123": hash, JANE: hash},  # type: ignore[dict-item]
        doorstep.clock(),
    )
    await doorstep.bus.execute(wish)
    session = await doorstep.sign_in("engineer@example.com", "your-password")
    access: str = session["access_token"]
    return access


async def ids(doorstep: Doorstep, token: str, query: str = "") -> list[str]:
    _, body = await doorstep.ask("GET", f"{INCIDENTS}?{query}", token=token)
    return [one["id"] for one in body["data"]]


async def made(doorstep: Doorstep, token: str, **wish: Any) -> Any:
    doorstep.clock.advance(seconds=1)
    status, body = await doorstep.ask("POST", INCIDENTS, REDIS | wish, token=token)
    assert status == 201, body
    return body


async def test_check_17_the_documented_list_is_answered_as_documented(
    doorstep: Doorstep, token: str
) -> None:
    status, body = await doorstep.ask(
        "GET", f"{INCIDENTS}?status=active&severity=high&limit=25", token=token
    )

    assert status == 200
    assert [
        (one["id"], one["severity"], one["status"], one["assignee"]) for one in body["data"]
    ] == [
        ("inc-uuid-001", "high", "active", "Jane Doe"),
        ("inc-uuid-002", "high", "active", None),
    ]
    assert body["data"][0]["created_at"] == "2026-02-23T08:15:00.000Z"
    assert body["meta"] == {"total": 2, "limit": 25, "offset": 0, "page": 1}


async def test_check_18_the_newest_comes_first(doorstep: Doorstep, token: str) -> None:
    _, body = await doorstep.ask("GET", INCIDENTS, token=token)

    moments = [one["created_at"] for one in body["data"]]
    assert len(moments) == 5
    assert moments == sorted(moments, reverse=True)


async def test_check_19_a_list_is_read_page_by_page(doorstep: Doorstep, token: str) -> None:
    for number in range(3):
        await made(doorstep, token, title=f"Kafka lags {number}")

    pages = [
        (await doorstep.ask("GET", f"{INCIDENTS}?search=kafka&limit=1&offset={n}", token=token))[1]
        for n in (0, 1, 9)
    ]

    titles = [[one["title"] for one in page["data"]] for page in pages]
    assert titles == [["Kafka lags 2"], ["Kafka lags 1"], []]
    assert [page["meta"]["total"] for page in pages] == [3, 3, 3]


async def test_check_20_filters_exclude_and_join(doorstep: Doorstep, token: str) -> None:
    resolved = await ids(doorstep, token, "status=resolved")
    active = await ids(doorstep, token, "status=active")
    critical = await ids(doorstep, token, "severity=critical")
    both = await ids(doorstep, token, "status=resolved&severity=critical")

    assert resolved == ["inc-uuid-017"]
    assert "inc-uuid-017" not in active
    assert critical == ["inc_abc123"]
    assert both == []


async def test_check_21_words_narrow_by_title_or_description(
    doorstep: Doorstep, token: str
) -> None:
    by_title = await ids(doorstep, token, "search=Payment+service")
    by_description = await ids(doorstep, token, "q=max_connections")

    assert (by_title, by_description) == (["inc-uuid-001"], ["inc-uuid-002"])


async def test_checks_22_23_what_is_made_comes_back_first_in_the_list_and_by_its_id(
    doorstep: Doorstep, token: str
) -> None:
    incident = await made(doorstep, token)

    listed = await ids(doorstep, token)
    _, shown = await doorstep.ask("GET", f"{INCIDENTS}/{incident['id']}", token=token)

    assert {name: incident[name] for name in REDIS} == REDIS
    assert (incident["status"], incident["created_by"]) == ("active", JANE)
    assert listed[0] == incident["id"]
    assert shown["title"] == REDIS["title"]


async def test_check_24_the_documented_key_reads_what_a_token_reads(
    doorstep: Doorstep, token: str
) -> None:
    path = f"{INCIDENTS}?status=active"

    _, by_token = await doorstep.ask("GET", path, token=token)
    response = await doorstep.client.get(path, headers={"X-API-Key": OVERWATCH_KEY})

    assert response.status == 200
    assert await response.json() == by_token


async def test_checks_27_28_a_single_incident_stands_in_an_envelope_and_beside_it(
    doorstep: Doorstep, token: str
) -> None:
    _, body = await doorstep.ask("GET", f"{INCIDENTS}/inc_12345", token=token)

    data = body["data"]
    assert (data["id"], data["title"], data["status"]) == (
        "inc_12345",
        "High Latency in API",
        "active",
    )
    assert body["meta"] == {"total": 1, "page": 1}
    assert {name: body[name] for name in data} == data


async def test_check_29_what_is_not_there_is_not_found_in_the_one_body(
    doorstep: Doorstep, token: str
) -> None:
    status, body = await doorstep.ask("GET", f"{INCIDENTS}/nope", token=token)

    assert (status, body["status_code"], body["path"]) == (404, 404, f"{INCIDENTS}/nope")
    assert body.keys() >= EBODY


async def test_check_30_a_resolved_incident_leaves_the_active_ones(
    doorstep: Doorstep, token: str
) -> None:
    path = f"{INCIDENTS}/inc-uuid-001"

    status, body = await doorstep.ask("PATCH", path, {"status": "resolved"}, token=token)

    assert (status, body["status"]) == (200, "resolved")
    assert "inc-uuid-001" not in await ids(doorstep, token, "status=active")


async def test_check_31_a_change_leaves_alone_what_it_does_not_name(
    doorstep: Doorstep, token: str
) -> None:
    path = f"{INCIDENTS}/inc-uuid-002"
    wish = {"title": "Pool exhausted", "severity": "critical"}

    _, before = await doorstep.ask("GET", path, token=token)
    _, changed = await doorstep.ask("PATCH", path, wish, token=token)
    status, unchanged = await doorstep.ask("PATCH", path, {}, token=token)

    differing = {name for name in before["data"] if before[name] != changed[name]}
    assert differing == {"title", "severity", "version", "updated_at"}
    assert (changed["title"], changed["severity"]) == ("Pool exhausted", "critical")
    assert (status, unchanged) == (200, changed)


async def test_check_32_a_status_that_is_none_changes_nothing(
    doorstep: Doorstep, token: str
) -> None:
    path = f"{INCIDENTS}/inc-uuid-002"
    _, before = await doorstep.ask("GET", path, token=token)

    status, body = await doorstep.ask(
        "PATCH", path, {"status": "banana", "title": "x"}, token=token
    )

    assert (status, body["errors"][0]["source"]["field"]) == (422, "status")
    assert body.keys() >= EBODY
    assert (await doorstep.ask("GET", path, token=token))[1] == before


async def test_check_33_an_empty_body_is_a_validation_error(doorstep: Doorstep, token: str) -> None:
    status, body = await doorstep.ask("POST", INCIDENTS, {}, token=token)

    assert (status, body["error"], body["status_code"]) == (422, "Validation error", 422)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", body["timestamp"])
    assert body["path"] == INCIDENTS
    assert {entry["source"]["field"] for entry in body["errors"]} == {"title", "severity"}


async def test_check_34_what_is_no_incident_is_refused_without_failing(
    doorstep: Doorstep, token: str
) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    statuses = [
        (await doorstep.client.post(INCIDENTS, data=body, headers=headers)).status
        for body in (b'{"title": "x", "severity": "banana"}', b"not json", b"[]")
    ]

    assert statuses == [422, 400, 422]


async def test_check_35_every_refusal_says_why(doorstep: Doorstep, token: str) -> None:
    read_only = await api_key(
        doorstep.bus,
        doorstep.organization_id,
        scopes=["incidents:read"],
        dialect=Dialect.OVERWATCH,
    )

    answers = [
        await doorstep.ask("GET", INCIDENTS),
        await doorstep.ask("POST", INCIDENTS, REDIS, token=read_only),
        await doorstep.ask("GET", f"{INCIDENTS}/nope", token=token),
        await doorstep.ask("DELETE", INCIDENTS, token=token),
        await doorstep.ask("POST", INCIDENTS, {}, token=token),
    ]

    assert [status for status, _ in answers] == [401, 403, 404, 405, 422]
    assert all(isinstance(body["detail"], str) and body["detail"] for _, body in answers)


async def test_check_38_a_method_that_is_not_there_says_which_are(doorstep: Doorstep) -> None:
    response = await doorstep.client.delete("/api/v1/auth/login")

    assert response.status == 405
    assert response.headers["Allow"] == "POST"
    assert (await response.json()).keys() >= EBODY
