"""One id of a request, in its answer and in every line of the log that it causes."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from io import StringIO
from typing import Any

import pytest
import structlog
from aiohttp import web

from bot.observability import configure_logs
from tests.integration.web.app import Client, answering, served

log = structlog.get_logger(__name__)


async def talkative(_: web.Request) -> web.Response:
    log.info("at once")
    await asyncio.to_thread(logging.getLogger("bot.thread").info, "in a thread")
    await asyncio.create_task(later())
    return web.Response(body=b"{}", content_type="application/json")


async def later() -> None:
    await asyncio.sleep(0)
    log.info("in a task")


async def failing(_: web.Request) -> web.Response:
    raise KeyError("nobody foresaw it")


async def moved(_: web.Request) -> web.Response:
    raise web.HTTPFound("/elsewhere")


ANSWERS = {
    "/talkative": talkative,
    "/failing": failing,
    "/moved": moved,
    "/api/v1/incidents": answering(b"{}"),
}


@pytest.fixture
def lines() -> Iterator[StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = StringIO()
    configure_logs("info", stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
async def client(lines: StringIO) -> AsyncIterator[Client]:
    async with served(ANSWERS) as client:
        yield client


def told(lines: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/talkative", {}, 200),
        ("GET", "/nowhere", {}, 404),
        ("DELETE", "/talkative", {}, 405),
        ("GET", "/failing", {}, 500),
        ("GET", "/moved", {}, 302),
        ("GET", "/api/v1/incidents", {"If-None-Match": "*"}, 304),
        ("HEAD", "/api/v1/incidents", {}, 200),
    ],
)
async def test_every_answer_carries_the_callers_id(
    client: Client, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    response = await client.request(
        method, path, headers={"X-Request-ID": "trace-42", **headers}, allow_redirects=False
    )

    assert response.status == status
    assert response.headers["X-Request-ID"] == "trace-42"


async def test_a_refusal_says_it_in_its_body_too(client: Client) -> None:
    response = await client.get("/failing", headers={"X-Request-ID": "trace-42"})

    assert (await response.json())["request_id"] == "trace-42"


async def test_check_85_every_line_of_the_log_has_it_and_no_two_requests_share_one(
    client: Client, lines: StringIO
) -> None:
    answered = await asyncio.gather(*(client.get("/talkative") for _ in range(5)))

    given = [response.headers["X-Request-ID"] for response in answered]
    assert len(set(given)) == 5
    for request_id in given:
        events = [line["event"] for line in told(lines) if line["request_id"] == request_id]
        assert events == ["at once", "in a thread", "in a task"]


async def test_a_fault_of_ours_is_found_in_the_log_under_it(
    client: Client, lines: StringIO
) -> None:
    response = await client.get("/failing")

    found = [
        line
        for line in told(lines)
        if line["request_id"] == response.headers["X-Request-ID"] and "exception" in line
    ]
    assert "nobody foresaw it" in found[0]["exception"]
