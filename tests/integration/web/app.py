"""An application of a few routes with the edge and the manners of the real one."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.web.edge import add_edge
from bot.web.manners import add_manners
from bot.web.runner import runner_options
from tests.fakes.moment import FakeClock

Client = TestClient[web.Request, web.Application]
Answer: TypeAlias = Callable[[web.Request], Awaitable[web.Response]]


def answering(body: bytes, **options: object) -> Answer:
    """A handler that always says the same."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=body, **{"content_type": "application/json", **options})  # type: ignore[arg-type]

    return answer


@asynccontextmanager
async def served(
    answers: dict[str, Answer], *, origins: frozenset[str] = frozenset()
) -> AsyncIterator[Client]:
    """Each path answers to every method but OPTIONS. Bodies reach the tests as they were sent."""
    app = web.Application()
    add_edge(app, clock=FakeClock(), meter=lambda *_: None)
    add_manners(app, origins=origins)
    for path, answer in answers.items():
        app.router.add_get(path, answer)
        app.router.add_post(path, answer)
    server = TestServer(app)
    await server.start_server(**runner_options())
    async with TestClient(server, auto_decompress=False) as client:
        yield client
