"""A stop waits for requests that are being answered, and for no others."""

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.bell import Bell
from bot.in_flight import InFlight


class Kitchen:
    """Answers when it is let to."""

    def __init__(self) -> None:
        self.begun, self.done = asyncio.Event(), asyncio.Event()
        self.in_flight = InFlight()

    async def cook(self, _: web.Request) -> web.Response:
        self.begun.set()
        await self.done.wait()
        return web.Response(text="soup")

    def client(self) -> TestClient[web.Request, web.Application]:
        application = web.Application(middlewares=[self.in_flight.middleware()])
        application.router.add_get("/soup", self.cook)
        return TestClient(TestServer(application))


async def test_a_stop_waits_for_what_is_being_answered() -> None:
    kitchen = Kitchen()
    async with kitchen.client() as client:
        asked = asyncio.create_task(client.get("/soup"))
        await kitchen.begun.wait()

        stopping = asyncio.create_task(kitchen.in_flight.finished(60))
        await asyncio.sleep(0.1)
        assert not stopping.done()
        kitchen.done.set()
        await stopping
        response = await asked

    assert response.headers["Connection"] == "close"


async def test_a_stop_does_not_wait_for_ever() -> None:
    kitchen = Kitchen()
    async with kitchen.client() as client:
        asked = asyncio.create_task(client.get("/soup"))
        await kitchen.begun.wait()

        await kitchen.in_flight.finished(0.01)
        assert not asked.done()
        kitchen.done.set()
        response = await asked

    assert response.status == 200


@pytest.mark.parametrize("rings", [0, 1, 3])
def test_a_bell_is_heard_by_whoever_came_last_and_by_nobody_before(rings: int) -> None:
    heard: list[str] = []
    bell = Bell()
    bell.ring()

    bell.heard_by(lambda: heard.append("ring"))
    for _ in range(rings):
        bell.ring()

    assert heard == ["ring"] * rings
