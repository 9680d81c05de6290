"""Hostile bodies are refused with 4xx, whichever route they are sent to."""

import asyncio
from io import BytesIO

import pytest
from aiohttp import web

from bot.web.bodies import Reading
from tests.fakes.store import FakeStore
from tests.integration.api.doors import Client, Parts, application, bearer, json_of, served
from tests.integration.api.hostile import HOSTILE

ROUTES = ("/api/v1/incidents", "/api/v1/services")


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("route", ROUTES)
async def test_a_hostile_body_is_refused(
    client: Client, store: FakeStore, neutral: str, route: str, name: str
) -> None:
    body, headers = HOSTILE[name]
    commits = await store.reads.stamp()

    response = await client.post(route, data=BytesIO(body), headers={**bearer(neutral), **headers})

    assert response.status in {400, 413, 415, 422}
    assert (await json_of(response))["errors"][0]["message"]
    assert await store.reads.stamp() == commits


async def test_a_patch_refuses_them_alike(client: Client, neutral: str) -> None:
    wish = {"title": "Checkout fails", "severity": "high"}
    made = await client.post("/api/v1/incidents", json=wish, headers=bearer(neutral))
    path = f"/api/v1/incidents/{(await made.json())['id']}"

    statuses = {
        name: (
            await client.patch(path, data=BytesIO(body), headers={**bearer(neutral), **headers})
        ).status
        for name, (body, headers) in HOSTILE.items()
    }

    assert set(statuses.values()) <= {400, 413, 415, 422}


async def test_text_that_only_looks_like_a_nul_is_welcome(client: Client, neutral: str) -> None:
    body = rb'{"title": "what \\u0000 means", "severity": "low"}'
    headers = {**bearer(neutral), "Content-Type": "application/json"}

    response = await client.post("/api/v1/incidents", data=body, headers=headers)

    assert response.status == 201
    assert (await response.json())["title"] == r"what \u0000 means"


async def test_a_body_in_chunks_is_counted_as_it_comes(parts: Parts, neutral: str) -> None:
    async def endless() -> object:
        while True:
            yield b" " * 1_000

    async with served(application(parts, reading=Reading(limit=10_000))) as client:
        headers = {**bearer(neutral), "Content-Type": "application/json"}
        response = await client.post("/api/v1/incidents", data=endless(), headers=headers)

    assert response.status == 413


async def test_a_body_that_does_not_come_is_not_waited_for(parts: Parts, neutral: str) -> None:
    app = application(parts, reading=Reading(deadline=0.05))
    async with served(app) as client:
        answer = await _send_half_a_body(client, neutral)

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"request_timeout" in answer


async def _send_half_a_body(client: Client, key: str) -> bytes:
    """All that comes back until the server closes the connection."""
    reader, writer = await asyncio.open_connection(client.host, client.port)
    head = (
        f"POST /api/v1/incidents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n"
        'Content-Length: 1000\r\n\r\n{"title"'
    )
    writer.write(head.encode())
    try:
        return await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


async def test_a_garbled_chunk_is_a_bad_request(client: Client, neutral: str) -> None:
    reader, writer = await asyncio.open_connection(client.host, client.port)
    head = (
        f"POST /api/v1/incidents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {neutral}\r\n"
        "Transfer-Encoding: chunked\r\n\r\n5\r\nabcdeXX\r\n"
    )

    writer.write(head.encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()

    assert b" 400 " in answer.splitlines()[0]


async def test_a_fault_of_ours_tells_nothing_of_the_inside(
    parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_: web.Request) -> web.Response:
        raise KeyError("hunter2")

    app = application(parts)
    app.router.add_get("/broken", broken)
    async with served(app) as client:
        response = await client.get("/broken")
        body = await json_of(response)

    assert response.status == 500
    assert body["type"] == "api_error"
    assert "hunter2" not in str(body)
