"""Checks 83 to 90: the conventions of incident.io, over the fake store and a real database."""

import asyncio

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from core.domain.account import Dialect
from tests.integration.api.checks.incident_io import CHECKOUT, Ground
from tests.integration.api.doors import api_key, bearer, json_of

BODY = {"type", "status", "request_id", "errors"}


async def test_check_83_without_authorization_the_documented_error_is_answered(io: Ground) -> None:
    response = await io.client.get("/v2/incidents")

    body = await json_of(response)
    assert (response.status, body["status"]) == (401, 401)
    assert body["type"] == "authentication_error"
    assert body["request_id"]
    error = body["errors"][0]
    assert error["code"] == "missing_authorization_material"
    assert error["message"] == "No authorization material provided in request"


async def test_check_84_without_a_severity_the_documented_error_is_answered(io: Ground) -> None:
    wish = {"idempotency_key": "once", "visibility": "public", "name": "Checkout API errors"}

    body = await io.post("/v2/incidents", wish, status=422)

    assert (body["type"], body["status"]) == ("validation_error", 422)
    assert body["errors"] == [
        {
            "code": "is_required",
            "message": "A severity is required to open an incident",
            "path": "severity_id",
            "source": {"field": "severity_id", "pointer": "/severity_id"},
        }
    ]
    assert await io.found() == []


async def test_check_84_an_incident_in_triage_needs_no_severity(io: Ground) -> None:
    incident = await io.create(severity_id=None, incident_status_id="status_triage")

    assert incident["incident_status"]["category"] == "triage"


async def test_check_85_every_request_has_an_id_that_is_in_the_log(io: Ground) -> None:
    with capture_logs(processors=[merge_contextvars]) as lines:
        first = await io.get("/v2/incidents/inc_none", status=404)
        second = await io.get("/v2/incidents/inc_none", status=404)

    assert first["request_id"] != second["request_id"]
    told = [line["request_id"] for line in lines if line["event"] == "request refused"]
    assert told == [first["request_id"], second["request_id"]]


async def test_check_86_each_missing_field_has_an_error_of_its_own(io: Ground) -> None:
    body = await io.post("/v2/incidents", {"visibility": "public"}, status=422)

    fields = {error["source"]["field"]: error["code"] for error in body["errors"]}
    assert fields == {"idempotency_key": "is_required", "severity_id": "is_required"}


async def test_check_87_what_is_not_known_is_ignored(io: Ground) -> None:
    incident = await io.create(colour="blue", incident_timestamp_values=[])

    assert await io.found(("flavour", "sweet"), ("colour[one_of]", "blue")) == [incident["name"]]


@pytest.mark.parametrize("path", ["/v1/incidents", "/v2/incidents", "/v1/severities"])
async def test_check_88_a_bearer_key_works_everywhere_and_basic_nowhere(
    io: Ground, path: str
) -> None:
    assert await io.get(path)

    response = await io.client.get(path, headers={"Authorization": f"Basic {io.key}"})

    body = await json_of(response)
    assert (response.status, body["type"]) == (401, "authentication_error")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v2/nothing", 404),
        ("GET", "/v1/incidents/inc_none", 404),
        ("GET", "/v2/schedules", 404),
        ("POST", "/v2/escalations", 404),
        ("DELETE", "/v2/incidents", 405),
        ("POST", "/v2/incidents", 422),
        ("GET", "/v2/incidents?page_size=501", 422),
    ],
)
async def test_check_89_every_refusal_has_the_one_body(
    io: Ground, method: str, path: str, status: int
) -> None:
    wish: dict[str, str] | None = {} if method == "POST" else None

    body = await io.ask(method, path, wish, status=status)

    assert set(body) >= BODY
    assert body["status"] == status
    assert body["request_id"]
    assert body["errors"]
    assert all("pointer" in error.get("source", {"pointer": ""}) for error in body["errors"])


async def test_check_90_a_token_is_answered_nowhere_but_at_its_creation(io: Ground) -> None:
    secret = await api_key(io.bus, io.organization_id, dialect=Dialect.INCIDENT_IO)

    response = await io.client.get("/v1/identity", headers=bearer(secret))

    assert response.status == 200
    assert secret not in await response.text()
    keys = await io.reads.api_keys(io.organization_id)
    assert all(secret not in repr(key) for key in keys)


async def test_the_same_key_answers_with_the_first_result_again(io: Ground) -> None:
    first = await io.create(idempotency_key="once")

    again = await io.create(idempotency_key="once", name="Something else", mode="test")
    older = await io.post("/v1/incidents", {**CHECKOUT, "idempotency_key": "once"}, status=200)

    assert again == first
    assert older["incident"]["id"] == first["id"]
    assert await io.found() == [first["name"]]


async def test_many_at_once_under_one_key_make_one_incident(io: Ground) -> None:
    made = await asyncio.gather(*(io.create(idempotency_key="once") for _ in range(8)))

    assert len({incident["id"] for incident in made}) == 1
    assert len(await io.found()) == 1
