"""The index in a Chroma server: where it is, and what becomes of it when the server goes away."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

from core.domain.ids import OrganizationId
from core.errors import Unavailable
from core.ports.search import KINDS
from core.ports.similarity import Entry
from storage.similarity.chroma_place import place_of
from storage.similarity.chroma_server import _failing
from storage.similarity.index import WorkerIndex
from storage.similarity.process import Worker, open_worker
from storage.similarity.process_state import Pace
from storage.similarity.wire import Refused
from tests.chroma_server import ChromaServer
from tests.fakes.vector_index import vector_of
from tests.integration.similarity.here import opened_here

OURS = OrganizationId("ours")
WITHIN = 60
ONE = Entry(id="one", kind="incident", digest="digest", vector=vector_of([1.0, 0.0]))
TWO = Entry(id="two", kind="incident", digest="digest", vector=vector_of([0.0, 1.0]))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path)
    yield server
    server.stop()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[tuple[Worker, WorkerIndex]]:
    pace = Pace(first_pause=0.02, longest_pause=0.2)
    async with open_worker(folder=None, chroma_url=url, model=False, pace=pace) as worker:
        async with asyncio.timeout(WITHIN):
            await worker.opened()
        yield worker, WorkerIndex(worker, model="model-1")


async def test_it_is_used_when_it_is_there_and_unavailable_while_it_is_not(
    server: ChromaServer, tmp_path: Path
) -> None:
    async with opened(server.url) as (worker, index):
        with pytest.raises(Unavailable, match=r"The Chroma server at 127\.0\.0\.1:\d+ cannot"):
            await index.put(OURS, [ONE])
        server.start()
        await index.put(OURS, [ONE])
        server.stop()
        with pytest.raises(Unavailable):
            await index.nearest(OURS, ONE.vector, limit=1, kinds=KINDS)
        server.start()

        assert await index.digests(OURS) == {"one": "digest"}
        assert worker.state.generation == 1

        # What it kept is lost: a new start of the worker has everything compared and filled.
        server.stop()
        shutil.rmtree(tmp_path / "chroma")
        server.start()
        with pytest.raises(Unavailable):
            await index.nearest(OURS, ONE.vector, limit=1, kinds=KINDS)
        async with asyncio.timeout(WITHIN):
            await worker.ready(after=1)
        assert await index.digests(OURS) == {}


async def test_two_processes_share_what_one_server_has(server: ChromaServer) -> None:
    server.start()
    async with opened(server.url) as (_, here), opened(server.url) as (_, there):
        await asyncio.gather(here.put(OURS, [ONE]), there.put(OURS, [TWO]))

        for index in (here, there):
            found = await index.nearest(OURS, ONE.vector, limit=2, kinds=KINDS)
            assert [id for id, _ in found] == ["one", "two"]
        assert await here.organizations() == frozenset()


@asynccontextmanager
async def a_proxy() -> AsyncIterator[URL]:
    """It lets nobody through without the token, and has nothing behind it."""

    async def refuse(request: web.Request) -> web.Response:
        known = request.headers.get("Authorization") == "Bearer s3cret"
        return web.Response(status=500 if known else 401, text="Go away")

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", refuse)
    async with TestServer(app) as proxy:
        yield proxy.make_url("/")


async def test_a_server_that_refuses_us_is_told_from_one_that_fails() -> None:
    async with a_proxy() as url, opened(str(url)) as (_, index):
        with pytest.raises(Unavailable, match="refuses us; TOCSIN_CHROMA_URL may need"):
            await index.put(OURS, [ONE])


async def test_the_token_is_sent_and_not_shown() -> None:
    async with (
        a_proxy() as url,
        opened_here(None, chroma_url=str(url.with_user("s3cret"))) as index,
    ):
        with pytest.raises(Unavailable, match="cannot be used just now") as failure:
            await index.put(OURS, [ONE])

    assert "s3cret" not in str(failure.value)


async def test_an_address_that_is_none_is_refused_for_good(tmp_path: Path) -> None:
    async with open_worker(folder=None, chroma_url="chroma:8000", model=False) as worker:
        with pytest.raises(Refused, match="TOCSIN_CHROMA_URL"):
            async with asyncio.timeout(WITHIN):
                await worker.opened()


@pytest.mark.parametrize(
    "url",
    ["chroma:8000", "ftp://chroma", "http://", "http://chroma:many", "http://chroma/with/a/path"],
)
def test_only_addresses_of_servers_are_taken(url: str) -> None:
    with pytest.raises(Refused, match="TOCSIN_CHROMA_URL is no address"):
        place_of(url)


def test_the_port_and_the_protection_are_in_the_address() -> None:
    assert (place_of("http://chroma").port, place_of("http://chroma").tls) == (8000, False)
    assert (place_of("https://chroma/").port, place_of("https://chroma/").tls) == (443, True)
    assert str(place_of("http://10.0.0.7:9000")) == "10.0.0.7:9000"


def test_what_lets_us_in_is_sent_and_never_shown() -> None:
    token = place_of("https://s3cret%2F@chroma")
    password = place_of("https://tocsin:s3cret@chroma")

    assert token.headers == {"Authorization": "Bearer s3cret/"}
    assert password.headers == {"Authorization": "Basic dG9jc2luOnMzY3JldA=="}
    assert "s3cret" not in f"{token} {token!r} {password} {password!r}"
    assert place_of("https://chroma").headers == {}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Client error '401 Unauthorized' for url 'http://127.0.0.1:8000/'", "refuses us"),
        ("403", "refuses us"),
        ("Server error '500 Server Error' for url 'http://127.0.0.1:40123/'", "cannot be used"),
        ("Server error '500 Server Error' for url 'http://127.0.0.1:34403/'", "cannot be used"),
    ],
)
async def test_a_port_that_looks_like_a_refusal_is_none(said: str, told: str) -> None:
    assert _failing(Exception(said)).startswith(told)
