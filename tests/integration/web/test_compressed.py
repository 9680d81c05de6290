"""Large answers are compressed for who takes it, and the same for everybody else."""

import gzip
from collections.abc import AsyncIterator

import pytest

from bot.web.compression import LONG
from tests.integration.web.app import Client, answering, served

LARGE = b'{"title":"Checkout is slow"}' * 100
VERY_LARGE = b'{"title":"Checkout is slow"}' * 10_000
SMALL = b'{"status":"accepted"}'
GZIP = {"Accept-Encoding": "gzip, deflate"}
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    answers = {
        "/api/v1/large": answering(LARGE),
        "/api/v1/very-large": answering(VERY_LARGE),
        "/webhooks/alertmanager": answering(SMALL, status=202),
        "/image": answering(LARGE, content_type="image/png"),
        "/packed": answering(gzip.compress(LARGE * 9), headers={"Content-Encoding": "gzip"}),
    }
    async with served(answers) as client:
        yield client


@pytest.mark.parametrize(("path", "body"), [("large", LARGE), ("very-large", VERY_LARGE)])
async def test_it_is_the_same_when_it_is_unpacked(client: Client, path: str, body: bytes) -> None:
    response = await client.get(f"/api/v1/{path}", headers=GZIP)

    sent = await response.read()
    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) == len(sent) < len(body) / 5
    assert gzip.decompress(sent) == body


def test_one_of_them_is_compressed_in_a_thread() -> None:
    assert len(LARGE) < LONG < len(VERY_LARGE)


async def test_who_does_not_take_it_gets_plain_text_and_caches_are_told(client: Client) -> None:
    plain = await client.get("/api/v1/large", headers=PLAIN)
    packed = await client.get("/api/v1/large", headers=GZIP)

    assert await plain.read() == LARGE
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["ETag"] == packed.headers["ETag"]


async def test_the_head_of_it_says_what_the_whole_would(client: Client) -> None:
    whole = await client.get("/api/v1/large", headers=GZIP)

    head = await client.head("/api/v1/large", headers=GZIP)

    assert await head.read() == b""
    for name in ("Content-Encoding", "Content-Length", "ETag", "Vary", "Content-Type"):
        assert head.headers[name] == whole.headers[name]


async def test_a_small_answer_is_left_as_it_is(client: Client) -> None:
    response = await client.post("/webhooks/alertmanager", headers=GZIP)

    assert await response.read() == SMALL
    assert "Vary" not in response.headers


@pytest.mark.parametrize("path", ["/image", "/packed"])
async def test_what_is_compressed_already_is_left_as_it_is(client: Client, path: str) -> None:
    plain = await client.get(path, headers=PLAIN)
    response = await client.get(path, headers=GZIP)

    assert await response.read() == await plain.read()
