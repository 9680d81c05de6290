"""Pages of other origins may call the API where the settings name them, and nowhere else."""

import pytest
from aiohttp import ClientResponse, web

from core.errors import NotFound
from tests.integration.web.app import Client, answering, served

PATH = "/api/v1/incidents"
PAGE = "https://status.example.com"
STRANGER = "https://elsewhere.example.net"
PREFLIGHT = {
    "Access-Control-Request-Method": "PATCH",
    "Access-Control-Request-Headers": "authorization,if-match",
}


async def missing(_: web.Request) -> web.Response:
    raise NotFound("There is no such incident.")


ANSWERS = {PATH: answering(b"{}"), "/api/v1/missing": missing}


async def preflight(client: Client, origin: str) -> ClientResponse:
    return await client.options(PATH, headers={"Origin": origin, **PREFLIGHT})


def marks(response: ClientResponse) -> list[str]:
    return [name for name in response.headers if name.startswith("Access-Control-")]


async def test_without_the_setting_no_page_may() -> None:
    async with served(ANSWERS) as client:
        asked = await preflight(client, PAGE)
        answered = await client.get(PATH, headers={"Origin": PAGE})

    assert (asked.status, marks(asked), marks(answered)) == (405, [], [])
    assert "Vary" not in answered.headers


async def test_a_named_origin_is_told_what_it_may_send() -> None:
    async with served(ANSWERS, origins=frozenset({PAGE})) as client:
        response = await preflight(client, PAGE)

    assert response.status == 204
    assert response.headers["Access-Control-Allow-Origin"] == PAGE
    assert "PATCH" in response.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert response.headers["Vary"] == "Origin"
    assert "X-Request-ID" in response.headers
    allowed = response.headers["Access-Control-Allow-Headers"].split(", ")
    assert set(allowed) == {
        "Authorization", "Content-Type", "X-API-Key", "Idempotency-Key", "If-Match",
        "If-None-Match", "X-Request-ID",
    }  # fmt: skip


@pytest.mark.parametrize("path", [PATH, "/api/v1/missing", "/nowhere"])
async def test_a_named_origin_can_read_answers_and_refusals(path: str) -> None:
    async with served(ANSWERS, origins=frozenset({PAGE})) as client:
        response = await client.get(path, headers={"Origin": PAGE})

    shown = response.headers["Access-Control-Expose-Headers"].split(", ")
    assert response.headers["Access-Control-Allow-Origin"] == PAGE
    assert {"X-RateLimit-Remaining", "X-Request-ID", "ETag", "Retry-After"} <= set(shown)


async def test_a_stranger_is_told_nothing() -> None:
    async with served(ANSWERS, origins=frozenset({PAGE})) as client:
        asked = await preflight(client, STRANGER)
        answered = await client.get(PATH, headers={"Origin": STRANGER})
        without = await client.get(PATH)

    assert (marks(asked), marks(answered), marks(without)) == ([], [], [])
    assert answered.headers["Vary"] == without.headers["Vary"] == "Origin"


async def test_a_star_lets_everybody_in() -> None:
    async with served(ANSWERS, origins=frozenset({"*"})) as client:
        asked = await preflight(client, STRANGER)
        answered = await client.get(PATH, headers={"Origin": STRANGER})

    assert asked.status == 204
    assert answered.headers["Access-Control-Allow-Origin"] == "*"


async def test_an_options_request_that_asks_for_nothing_is_no_preflight() -> None:
    async with served(ANSWERS, origins=frozenset({PAGE})) as client:
        response = await client.options(PATH, headers={"Origin": PAGE})

    assert response.status == 405
