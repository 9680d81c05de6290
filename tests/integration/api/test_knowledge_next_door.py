"""What one organisation knows, another neither sees nor changes nor finds."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.domain.ids import OrganizationId
from tests.fakes.store import FakeStore
from tests.integration.api.doors import Client, api_key, bearer, json_of

EVERYTHING = (
    *("incidents:write", "services:write", "metrics:write", "articles:write"),
    *("procedures:write", "procedures:execute", "integrations:write"),
)
MADE = {
    "/api/v1/procedures": {"title": "Restart the pool"},
    "/api/v1/articles": {"title": "Pool", "body": "How the pool works."},
    "/api/v1/metrics": {"name": "Pool"},
    "/api/v1/integrations": {"name": "Pool", "type": "grafana"},
    "/api/v1/incidents": {"title": "The pool is empty", "severity": "high"},
}


@pytest.fixture
async def ours(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id, scopes=EVERYTHING)


@pytest.fixture
async def theirs(bus: CommandBus, store: FakeStore) -> str:
    neighbour = await store.directory.ensure_organization("neighbour", "Neighbour")
    return await api_key(bus, neighbour.id, scopes=EVERYTHING)


@pytest.fixture
async def ids(client: Client, ours: str) -> dict[str, str]:
    """By path: one thing of each sort that is ours."""
    made = {path: await _post(client, ours, path, wish) for path, wish in MADE.items()}
    execute = f"/api/v1/procedures/{made['/api/v1/procedures']}/execute"
    return {**made, "/api/v1/executions": await _post(client, ours, execute, {})}


async def _post(client: Client, key: str, path: str, wish: Any) -> str:
    response = await client.post(path, json=wish, headers=bearer(key))
    body = await json_of(response)
    assert response.status == 201, body
    return str(body["id"])


async def test_lists_and_searches_next_door_are_empty(
    client: Client, theirs: str, ids: dict[str, str]
) -> None:
    for path in ids:
        page = await json_of(await client.get(path, headers=bearer(theirs)))
        assert (page["data"], page["meta"]["total"]) == ([], 0), path
    wish = {"query": "pool"}
    found = await client.post("/api/v1/search", json=wish, headers=bearer(theirs))
    assert (await json_of(found))["results"] == []


@pytest.mark.parametrize(
    ("method", "path", "wish"),
    [
        ("GET", "/api/v1/procedures/{}", None),
        ("PATCH", "/api/v1/procedures/{}", {"title": "Ours"}),
        ("DELETE", "/api/v1/procedures/{}", None),
        ("POST", "/api/v1/procedures/{}/execute", {}),
        ("GET", "/api/v1/executions/{}", None),
        ("PATCH", "/api/v1/executions/{}", {"status": "failed"}),
        ("GET", "/api/v1/articles/{}", None),
        ("PATCH", "/api/v1/articles/{}", {"title": "Ours"}),
        ("DELETE", "/api/v1/articles/{}", None),
        ("GET", "/api/v1/metrics/{}", None),
        ("PATCH", "/api/v1/metrics/{}", {"name": "Ours"}),
        ("POST", "/api/v1/metrics/{}/status", {"status": "degraded"}),
        ("DELETE", "/api/v1/metrics/{}", None),
        ("GET", "/api/v1/incidents/{}/comments", None),
        ("POST", "/api/v1/incidents/{}/comments", {"text": "Ours."}),
    ],
)
async def test_what_is_next_door_is_not_there(
    client: Client, ours: str, theirs: str, ids: dict[str, str], method: str, path: str, wish: Any
) -> None:
    place = path.format(ids[path.split("/{}")[0]])

    response = await client.request(method, place, json=wish, headers=bearer(theirs))
    mine = await client.request(method, place, json=wish, headers=bearer(ours))

    assert response.status == 404
    assert mine.status in (200, 201, 204)


async def test_the_service_of_a_neighbour_is_none(client: Client, ours: str, theirs: str) -> None:
    service = await _post(client, ours, "/api/v1/services", {"name": "Checkout"})

    for path, wish in {
        "/api/v1/metrics": {"name": "Latency", "affected_services": [service]},
        "/api/v1/integrations": {
            "name": "x",
            "type": "alertmanager",
            "config": {"service_id": service},
        },
    }.items():
        response = await client.post(path, json=wish, headers=bearer(theirs))
        assert response.status == 422, path


async def test_the_incident_of_a_neighbour_is_none(
    client: Client, theirs: str, ids: dict[str, str]
) -> None:
    procedure = await _post(client, theirs, "/api/v1/procedures", {"title": "Theirs"})
    wish = {"context": {"incident_id": ids["/api/v1/incidents"]}}

    path = f"/api/v1/procedures/{procedure}/execute"
    response = await client.post(path, json=wish, headers=bearer(theirs))

    assert response.status == 422
