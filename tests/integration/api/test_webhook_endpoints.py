"""`/api/v1/webhook-endpoints`: endpoints are kept, their secrets are shown once."""

from typing import Any

import pytest

from bot.encryption import WEBHOOKS, Cipher
from bot.outgoing.outbound import Outbound
from core.bus import CommandBus
from core.domain.ids import OrganizationId
from core.domain.webhook_endpoint import WebhookEndpoint
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doors import (
    AT_HOME,
    Client,
    Parts,
    api_key,
    application,
    bearer,
    json_of,
    served,
)

ENDPOINTS = "/api/v1/webhook-endpoints"
URL = "https://status.example.com/hooks/tocsin"


@pytest.fixture
async def key(bus: CommandBus, organization_id: OrganizationId) -> str:
    scopes = ("integrations:write", "maintenances:read")
    return await api_key(bus, organization_id, scopes=scopes)


async def ask(
    client: Client, key: str, method: str, path: str, wish: Any = None, **headers: str
) -> tuple[int, Any]:
    given = {**bearer(key), **{name.replace("_", "-"): value for name, value in headers.items()}}
    response = await client.request(method, path, json=wish, headers=given)
    return response.status, None if response.status == 204 else await json_of(response)


async def added(client: Client, key: str, **wish: Any) -> Any:
    status, made = await ask(client, key, "POST", ENDPOINTS, {"url": URL, **wish})
    assert status == 201, made
    return made


async def test_the_secret_is_shown_once_and_kept_sealed(
    client: Client, key: str, store: FakeStore, organization_id: OrganizationId
) -> None:
    made = await added(client, key)

    _, shown = await ask(client, key, "GET", f"{ENDPOINTS}/{made['id']}")
    _, page = await ask(client, key, "GET", ENDPOINTS)
    kept = await store.reads.record(organization_id, WebhookEndpoint, made["id"])
    assert made["secret"].startswith("whsec_")
    assert shown["secret"] is None
    assert "secret" not in page["data"][0]
    assert made["secret"] not in kept.secret
    assert AT_HOME.opened(kept.secret) == made["secret"]


async def test_the_same_request_again_is_the_same_endpoint_without_its_secret(
    client: Client, key: str
) -> None:
    wish = {"url": URL}
    _, made = await ask(client, key, "POST", ENDPOINTS, wish, Idempotency_Key="one")

    status, again = await ask(client, key, "POST", ENDPOINTS, wish, Idempotency_Key="one")

    assert (status, again["id"], again["secret"]) == (201, made["id"], None)


async def test_an_endpoint_is_changed_and_deleted(client: Client, key: str) -> None:
    made = await added(client, key, events=["maintenance.started"])
    one = f"{ENDPOINTS}/{made['id']}"

    _, changed = await ask(client, key, "PATCH", one, {"enabled": False, "name": "Off"})
    deleted, _ = await ask(client, key, "DELETE", one)
    gone, _ = await ask(client, key, "GET", one)

    assert (changed["enabled"], changed["name"]) == (False, "Off")
    assert (changed["url"], changed["events"]) == (URL, ["maintenance.started"])
    assert (deleted, gone) == (204, 404)


async def test_a_new_secret_says_for_how_long_the_former_one_serves(
    client: Client, key: str
) -> None:
    made = await added(client, key)

    status, rotated = await ask(client, key, "POST", f"{ENDPOINTS}/{made['id']}/rotate-secret")

    assert status == 200
    assert rotated["secret"] not in (made["secret"], None)
    assert rotated["former_secret_until"] == "2030-01-02T12:00:00.000Z"


async def test_a_test_is_listed_as_under_way(client: Client, key: str) -> None:
    made = await added(client, key)
    one = f"{ENDPOINTS}/{made['id']}"

    status, test = await ask(client, key, "POST", f"{one}/test")
    _, page = await ask(client, key, "GET", f"{one}/deliveries?state=waiting")
    _, failed = await ask(client, key, "GET", f"{one}/deliveries?state=failed")

    assert (status, test["state"], test["event_type"]) == (202, "waiting", "webhook.test")
    assert page["data"] == page["items"] == [test["data"]]
    assert (failed["data"], failed["next_cursor"]) == ([], None)


async def test_deliveries_are_walked_by_cursor(client: Client, key: str) -> None:
    one = f"{ENDPOINTS}/{(await added(client, key))['id']}"
    tests = [(await ask(client, key, "POST", f"{one}/test"))[1]["id"] for _ in range(3)]

    _, first = await ask(client, key, "GET", f"{one}/deliveries?limit=2")
    cursor = first["next_cursor"]
    _, second = await ask(client, key, "GET", f"{one}/deliveries?limit=2&cursor={cursor}")
    refused, _ = await ask(client, key, "GET", f"{one}/deliveries?offset=1")

    seen = [delivery["id"] for page in (first, second) for delivery in page["data"]]
    assert seen == tests[::-1]
    assert (second["next_cursor"], refused) == (None, 422)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({}, "url"),
        ({"url": "ftp://example.com/"}, "url"),
        ({"url": "http://169.254.169.254/latest/meta-data"}, "url"),
        ({"url": URL, "name": "x" * 201}, "name"),
        ({"url": URL, "events": ["maintenance.begun"]}, "events"),
        ({"url": URL, "events": "maintenance.started"}, "events"),
    ],
)
async def test_an_endpoint_that_cannot_be_names_the_field(
    client: Client, key: str, wish: dict[str, Any], field: str
) -> None:
    status, body = await ask(client, key, "POST", ENDPOINTS, wish)
    _, page = await ask(client, key, "GET", ENDPOINTS)

    assert status == 422
    assert body["errors"][0]["source"]["field"] == field
    assert page["meta"]["total"] == 0


async def test_an_endpoint_cannot_be_moved_to_where_it_may_not_go(client: Client, key: str) -> None:
    made = await added(client, key)

    status, body = await ask(
        client, key, "PATCH", f"{ENDPOINTS}/{made['id']}", {"url": "http://[fe80::1]/"}
    )

    assert status == 422
    assert body["errors"][0]["source"]["field"] == "url"


async def test_this_machine_is_refused_unless_the_setting_allows_it(
    store: FakeStore, bus: CommandBus, clock: FakeClock, key: str
) -> None:
    parts = Parts.over(store, bus, clock)
    strict = Outbound(cipher=Cipher("the secret key of tests", purpose=WEBHOOKS))
    wish = {"url": "http://127.0.0.1:8080/hook"}

    async with served(application(parts, outbound=strict)) as client:
        refused, body = await ask(client, key, "POST", ENDPOINTS, wish)
    async with served(application(parts)) as client:
        allowed, _ = await ask(client, key, "POST", ENDPOINTS, wish)

    assert (refused, allowed) == (422, 201)
    assert "TOCSIN_WEBHOOKS_PRIVATE" in body["errors"][0]["message"]


async def test_who_may_not_see_maintenance_has_nobody_told_of_it(
    client: Client, bus: CommandBus, organization_id: OrganizationId
) -> None:
    key = await api_key(bus, organization_id, scopes=("integrations:write",))

    wish = {"url": URL, "events": ["maintenance.started"]}

    status, body = await ask(client, key, "POST", ENDPOINTS, wish)

    assert status == 403
    assert "see maintenance" in body["errors"][0]["message"]
