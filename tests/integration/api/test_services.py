"""`/api/v1/services`: what incidents affect."""

from typing import Any

import pytest

from core.domain.actor import Caller
from tests.integration.api.doors import Client, bearer, json_of


async def add(client: Client, key: str, **wish: Any) -> Any:
    response = await client.post("/api/v1/services", json=wish, headers=bearer(key))
    return response.status, await json_of(response)


async def test_a_service_is_added_and_listed(client: Client, neutral: str, alice: Caller) -> None:
    status, made = await add(client, neutral, name="Checkout", owner_ids=[alice.actor.user_id])

    response = await client.get("/api/v1/services", headers=bearer(neutral))

    page = await json_of(response)
    assert status == 201
    assert made["owner_ids"] == [alice.actor.user_id]
    assert page["data"] == page["items"] == [made["data"]]
    assert page["meta"]["total"] == 1


async def test_services_come_by_name_in_pages(client: Client, neutral: str) -> None:
    for name in ("Search", "Billing", "Checkout"):
        await add(client, neutral, name=name)

    response = await client.get("/api/v1/services?limit=2&page=2", headers=bearer(neutral))

    page = await json_of(response)
    assert [service["name"] for service in page["data"]] == ["Search"]
    assert page["meta"] == {"total": 3, "limit": 2, "offset": 2, "page": 2}


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Billing"}, "name"),
        ({"name": "Search", "owner_ids": ["usr_nobody"]}, "owner_ids"),
        ({"name": "Search", "description": 7}, "description"),
    ],
)
async def test_a_service_that_cannot_be_names_the_field(
    client: Client, neutral: str, wish: dict[str, Any], field: str
) -> None:
    await add(client, neutral, name="Billing")

    status, body = await add(client, neutral, **wish)

    assert status == 422
    assert body["errors"][0]["source"]["field"] == field


async def test_the_same_request_twice_adds_one_service(client: Client, neutral: str) -> None:
    headers = {**bearer(neutral), "Idempotency-Key": "seed-1"}

    answers = [
        await client.post("/api/v1/services", json={"name": "Search"}, headers=headers)
        for _ in range(2)
    ]

    first, second = [await json_of(answer) for answer in answers]
    assert first == second
