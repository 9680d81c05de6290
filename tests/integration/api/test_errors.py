"""Every refusal, of whatever kind, answers with the one error body."""

import re
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientResponse

from core.bus import CommandBus
from core.domain.ids import OrganizationId
from tests.integration.api.doors import Client, api_key, bearer, json_of

KEYS = {
    "detail", "error", "status_code", "timestamp", "path", "type", "status", "request_id",
    "errors", "title", "meta",
}  # fmt: skip
TIMESTAMP = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")


async def _refused(client: Client, reader: str, writer: str, status: int) -> ClientResponse:
    match status:
        case 400:
            headers = {**bearer(writer), "Content-Type": "application/json"}
            return await client.post("/api/v1/incidents", data=b"{", headers=headers)
        case 401:
            return await client.get("/api/v1/incidents")
        case 403:
            return await client.post("/api/v1/incidents", json={}, headers=bearer(reader))
        case 404:
            return await client.get("/nowhere")
        case 405:
            return await client.delete("/api/v1/incidents")
        case 413:
            headers = {**bearer(writer), "Content-Type": "application/json"}
            body = BytesIO(b" " * 1_100_000)
            return await client.post("/api/v1/incidents", data=body, headers=headers)
        case 415:
            headers = {**bearer(writer), "Content-Type": "text/xml"}
            return await client.post("/api/v1/incidents", data=b"{}", headers=headers)
        case _:
            return await client.post("/api/v1/incidents", json={}, headers=bearer(writer))


def _nulls(value: Any) -> bool:
    match value:
        case dict():
            return any(map(_nulls, value.values()))
        case list():
            return any(map(_nulls, value))
        case _:
            return value is None or value == ""


TYPES = {
    400: ("invalid_request_error", "Bad request"),
    401: ("authentication_error", "Unauthorized"),
    403: ("resource_forbidden", "Forbidden"),
    404: ("not_found", "Not found"),
    405: ("method_not_allowed", "Method not allowed"),
    413: ("payload_too_large", "Payload too large"),
    415: ("invalid_request_error", "Unsupported media type"),
    422: ("validation_error", "Validation error"),
}


@pytest.mark.parametrize("status", TYPES)
async def test_the_same_keys_answer_whatever_went_wrong(
    client: Client, bus: CommandBus, organization_id: OrganizationId, neutral: str, status: int
) -> None:
    reader = await api_key(bus, organization_id, scopes=["incidents:read"])

    response = await _refused(client, reader, neutral, status)

    body = await json_of(response)
    kind, label = TYPES[status]
    assert response.status == status
    assert set(body) == KEYS
    assert not _nulls(body)
    assert (body["status"], body["status_code"]) == (status, status)
    assert (body["type"], body["error"], body["title"]) == (kind, label, label)
    assert body["detail"] == body["errors"][0]["message"]
    assert TIMESTAMP.match(body["timestamp"])
    assert body["request_id"] == response.headers["X-Request-ID"]


async def test_a_refused_field_is_named_with_its_pointer(client: Client, neutral: str) -> None:
    response = await client.post("/api/v1/incidents", json={}, headers=bearer(neutral))

    body = await json_of(response)
    assert body["path"] == "/api/v1/incidents"
    assert [error["source"] for error in body["errors"]] == [
        {"field": "title", "pointer": "/title"},
        {"field": "severity", "pointer": "/severity"},
    ]
    assert {error["code"] for error in body["errors"]} == {"is_required"}


async def test_nothing_offered_is_answered_in_the_documented_words(client: Client) -> None:
    response = await client.get("/api/v1/incidents")

    body = await json_of(response)
    assert body["errors"] == [
        {
            "code": "missing_authorization_material",
            "message": "No authorization material provided in request",
        }
    ]


async def test_a_wrong_method_is_told_the_right_ones(client: Client) -> None:
    response = await client.delete("/api/v1/incidents")

    assert response.headers["Allow"] == "GET, HEAD, POST"


async def test_a_path_is_shown_without_its_query(client: Client) -> None:
    response = await client.get("/nowhere?secret=1")

    assert (await json_of(response))["path"] == "/nowhere"


@pytest.mark.parametrize("path", ["/%00", "/%ff%fe", "/api/v1/incidents/%00", "/%ed%a0%80"])
async def test_a_strange_path_is_only_not_found(client: Client, neutral: str, path: str) -> None:
    response = await client.get(path, headers=bearer(neutral))

    assert response.status == 404
    assert set(await json_of(response)) == KEYS


async def test_a_sane_request_id_comes_back(client: Client) -> None:
    response = await client.get("/nowhere", headers={"X-Request-ID": "trace-42"})

    assert response.headers["X-Request-ID"] == "trace-42"
    assert (await json_of(response))["request_id"] == "trace-42"


@pytest.mark.parametrize("given", ["a b", "x" * 129, "<script>"])
async def test_a_strange_request_id_is_replaced(client: Client, given: str) -> None:
    response = await client.get("/nowhere", headers={"X-Request-ID": given})

    assert response.headers["X-Request-ID"] != given


async def test_each_request_has_an_id_of_its_own(client: Client) -> None:
    first, second = await client.get("/health/live"), await client.get("/health/live")

    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
