"""`/api/v1/metrics`: what is watched, and who may say how it is doing."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.domain.ids import OrganizationId
from tests.fakes.moment import FakeClock
from tests.integration.api.doors import Client, api_key, bearer, json_of

PATH = "/api/v1/metrics"


@pytest.fixture
async def key(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id, scopes=("metrics:write", "services:write"))


async def _ask(
    client: Client, key: str, method: str, path: str = PATH, wish: Any = None
) -> tuple[int, Any]:
    response = await client.request(method, path, json=wish, headers=bearer(key))
    return response.status, None if response.status == 204 else await json_of(response)


async def _a_service(client: Client, key: str) -> Any:
    _, service = await _ask(client, key, "POST", "/api/v1/services", {"name": "Checkout"})
    return service["data"]


async def test_a_metric_is_added_shown_and_listed(client: Client, key: str) -> None:
    service = await _a_service(client, key)
    wish = {"name": "Latency", "affected_services": [service["id"]], "note": "Fine."}

    status, made = await _ask(client, key, "POST", wish=wish)
    _, shown = await _ask(client, key, "GET", f"{PATH}/{made['id']}")
    _, page = await _ask(client, key, "GET")

    assert status == 201
    assert (made["status"], made["note"], made["probed"]) == ("healthy", "Fine.", False)
    assert made["affected_services"] == [{"id": service["id"], "name": "Checkout"}]
    assert shown["data"] == made["data"]
    assert page["data"] == page["items"] == [made["data"]]


async def test_somebody_says_how_it_is_doing(client: Client, key: str, clock: FakeClock) -> None:
    _, made = await _ask(client, key, "POST", wish={"name": "Latency"})
    clock.advance(minutes=5)
    wish = {"status": "Unhealthy", "note": "p99 is above 2 s."}

    status, said = await _ask(client, key, "POST", f"{PATH}/{made['id']}/status", wish)
    clock.advance(minutes=5)
    _, again = await _ask(client, key, "POST", f"{PATH}/{made['id']}/status", wish)

    assert status == 200
    assert (said["status"], said["note"]) == ("unhealthy", "p99 is above 2 s.")
    assert said["status_at"] == "2030-01-01T12:05:00.000Z"
    assert again["data"] == said["data"]


async def test_the_status_of_a_probed_metric_is_for_its_probe_to_say(
    client: Client, key: str
) -> None:
    _, made = await _ask(client, key, "POST", wish={"name": "Latency", "probed": True})

    status, body = await _ask(
        client, key, "POST", f"{PATH}/{made['id']}/status", {"status": "degraded"}
    )

    assert status == 409
    assert "is probed" in body["detail"]


async def test_a_metric_is_changed_and_deleted(client: Client, key: str) -> None:
    service = await _a_service(client, key)
    _, made = await _ask(client, key, "POST", wish={"name": "Latency"})
    wish = {"name": "Checkout latency", "service_ids": [service["id"]], "probed": True}

    _, changed = await _ask(client, key, "PATCH", f"{PATH}/{made['id']}", wish)
    deleted, _ = await _ask(client, key, "DELETE", f"{PATH}/{made['id']}")

    assert (changed["name"], changed["probed"]) == ("Checkout latency", True)
    assert [one["id"] for one in changed["affected_services"]] == [service["id"]]
    assert deleted == 204
    assert (await _ask(client, key, "GET", f"{PATH}/{made['id']}"))[0] == 404
    assert (await _ask(client, key, "POST", wish={"name": "checkout LATENCY"}))[0] == 201


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": "n" * 201}, "name"),
        ({"name": "LATENCY"}, "name"),
        ({"name": "Errors", "status": "so-so"}, "status"),
        ({"name": "Errors", "affected_services": ["svc_no"]}, "affected_services"),
        ({"name": "Errors", "probed": "perhaps"}, "probed"),
    ],
)
async def test_a_metric_that_cannot_be_names_the_field(
    client: Client, key: str, wish: dict[str, Any], field: str
) -> None:
    await _ask(client, key, "POST", wish={"name": "Latency"})

    status, body = await _ask(client, key, "POST", wish=wish)

    assert (status, body["errors"][0]["source"]["field"]) == (422, field)


async def test_a_status_that_is_none_is_refused(client: Client, key: str) -> None:
    _, made = await _ask(client, key, "POST", wish={"name": "Latency"})

    for wish in ({}, {"status": "banana"}):
        status, body = await _ask(client, key, "POST", f"{PATH}/{made['id']}/status", wish)
        assert (status, body["errors"][0]["source"]["field"]) == (422, "status")


async def test_reading_is_not_writing(
    client: Client, bus: CommandBus, organization_id: OrganizationId
) -> None:
    reader = await api_key(bus, organization_id, scopes=("metrics:read",))

    assert (await _ask(client, reader, "GET"))[0] == 200
    status, body = await _ask(client, reader, "POST", wish={"name": "Latency"})
    assert status == 403
    assert "metrics:write" in body["detail"]
