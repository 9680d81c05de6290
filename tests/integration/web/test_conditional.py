"""What a client has already is not sent again."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.web.conditional import tag_of
from core.errors import NotFound
from tests.integration.web.app import Client, answering, served

BODY = b'{"title":"Checkout is slow"}'
TAG = f'"{tag_of(BODY)}"'
LIST = "/api/v1/incidents"


async def missing(_: web.Request) -> web.Response:
    raise NotFound("There is no such incident.")


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    answers = {
        LIST: answering(BODY, headers={"X-Kept": "yes"}),
        "/api/v1/incidents/inc_1": answering(BODY, headers={"ETag": '"7"'}),
        "/api/v1/large": answering(BODY * 100),
        "/v2/incidents": answering(BODY),
        "/openapi.json": answering(BODY),
        "/metrics": answering(BODY),
        "/api/v1/missing": missing,
        "/api/v1/nothing": answering(b"", status=204),
    }
    async with served(answers) as client:
        yield client


@pytest.mark.parametrize("path", [LIST, "/v2/incidents", "/openapi.json"])
async def test_what_is_read_has_a_tag(client: Client, path: str) -> None:
    first, second = await client.get(path), await client.head(path)

    assert first.headers["ETag"] == second.headers["ETag"] == TAG
    assert first.headers["Cache-Control"] == "private, no-cache"


async def test_a_tag_that_the_route_gave_is_kept(client: Client) -> None:
    response = await client.get("/api/v1/incidents/inc_1")

    assert response.headers["ETag"] == '"7"'


@pytest.mark.parametrize("known", [TAG, f"W/{TAG}", f'"other", {TAG}', "*", f'W/"x",{TAG}, "y"'])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_who_names_the_tag_gets_no_body(client: Client, method: str, known: str) -> None:
    response = await client.request(method, LIST, headers={"If-None-Match": known})

    assert response.status == 304
    assert await response.read() == b""
    assert response.headers["ETag"] == TAG
    assert response.headers["X-Kept"] == "yes"
    assert "X-Request-ID" in response.headers
    assert "Content-Type" not in response.headers


@pytest.mark.parametrize("known", ['"other"', "nonsense", '"', ""])
async def test_who_names_another_gets_everything(client: Client, known: str) -> None:
    response = await client.get(LIST, headers={"If-None-Match": known})

    assert (response.status, await response.read()) == (200, BODY)


async def test_an_unchanged_answer_varies_as_the_whole_one_does(client: Client) -> None:
    whole = await client.get("/api/v1/large")

    unchanged = await client.get("/api/v1/large", headers={"If-None-Match": whole.headers["ETag"]})

    assert unchanged.status == 304
    assert unchanged.headers["Vary"] == whole.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/metrics", "/api/v1/missing", "/api/v1/nothing"])
async def test_nothing_else_has_a_tag(client: Client, path: str) -> None:
    response = await client.get(path, headers={"If-None-Match": "*"})

    assert "ETag" not in response.headers
    assert response.status != 304


async def test_what_is_sent_has_no_tag(client: Client) -> None:
    response = await client.post(LIST, headers={"If-None-Match": "*"})

    assert response.status == 200
    assert "ETag" not in response.headers
