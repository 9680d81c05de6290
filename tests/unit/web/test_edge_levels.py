"""How loud a refusal is in the log: the client's mistakes are its own, ours are worth a look."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from bot.web.edge import add_edge
from core.errors import CoreError, NotFound, Unavailable
from tests.fakes.moment import FakeClock


@pytest.mark.parametrize(
    ("refusal", "status", "level"),
    [
        (NotFound("There is no such incident."), 404, "info"),
        (Unavailable("The database is too busy."), 503, "warning"),
    ],
)
async def test_only_what_the_server_could_not_do_is_a_warning(
    refusal: CoreError, status: int, level: str
) -> None:
    async def refuse(_: web.Request) -> web.Response:
        raise refusal

    app = web.Application()
    add_edge(app, clock=FakeClock(), meter=lambda *_: None)
    app.router.add_get("/", refuse)

    with capture_logs() as lines:
        async with TestClient(TestServer(app)) as client, client.get("/") as response:
            answered = response.status

    told = [(line["event"], line["log_level"]) for line in lines]
    assert answered == status
    assert told == [("request refused", level)]
