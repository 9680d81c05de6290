"""An embeddings API that refuses, babbles or says nothing is one sentence, without its secrets."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from core.errors import Unavailable
from storage.similarity.endpoint import AT_ONCE, EndpointEmbedder
from tests.fakes.embeddings_api import EmbeddingsApi, embeddings_api

KEY = "sk-not-for-anybody"


@pytest.fixture
async def api() -> AsyncIterator[EmbeddingsApi]:
    async with embeddings_api() as api:
        yield api


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def embedder(api: EmbeddingsApi, session: aiohttp.ClientSession) -> EndpointEmbedder:
    return EndpointEmbedder(session, url=api.url, model="small-3", key=KEY)


async def test_it_is_asked_with_the_key_and_the_model(
    api: EmbeddingsApi, embedder: EndpointEmbedder
) -> None:
    await embedder.embed(["The database is slow.", ""])

    assert api.keys == [f"Bearer {KEY}"]
    assert api.asked == [
        {
            "model": "small-3",
            "input": ["The database is slow.", "(empty)"],
            "encoding_format": "float",
        }
    ]


@pytest.mark.parametrize(
    ("url", "model"),
    [
        ("http://localhost:11434/v1", "m@localhost:11434"),
        ("http://localhost:8080/v1", "m@localhost:8080"),
        ("https://alice:hunter2@api.example.com/v1", "m@api.example.com"),
        ("https://api.example.com:443/v1", "m@api.example.com"),
        ("http://[::1]:8080/v1", "m@[::1]:8080"),
    ],
)
async def test_the_same_name_at_another_server_is_another_model(
    session: aiohttp.ClientSession, url: str, model: str
) -> None:
    embedder = EndpointEmbedder(session, url=url, model="m")

    assert embedder.model == model


async def test_without_a_key_none_is_sent(
    api: EmbeddingsApi, session: aiohttp.ClientSession
) -> None:
    await EndpointEmbedder(session, url=api.url + "/", model="m").embed(["text"])

    assert api.keys == [None]


async def test_many_texts_go_in_batches_one_after_the_other(
    api: EmbeddingsApi, embedder: EndpointEmbedder
) -> None:
    texts = [f"text {number}" for number in range(2 * AT_ONCE + 1)]

    await asyncio.gather(embedder.embed(texts), embedder.embed(texts))

    assert sorted(len(asked["input"]) for asked in api.asked) == [1, 1] + [AT_ONCE] * 4
    assert api.most_at_once == 1


async def test_a_question_that_was_asked_before_is_not_sent_again(
    api: EmbeddingsApi, embedder: EndpointEmbedder
) -> None:
    once = await embedder.embed(["why?"], urgent=True)

    assert await embedder.embed(["why?"], urgent=True) == once
    assert len(api.asked) == 1


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, "refused the key in TOCSIN_EMBEDDINGS_KEY"),
        (403, "refused the key in TOCSIN_EMBEDDINGS_KEY"),
        (404, "check TOCSIN_EMBEDDINGS_MODEL and TOCSIN_EMBEDDINGS_URL"),
        (429, "HTTP 429"),
        (500, "HTTP 500"),
    ],
)
async def test_a_refusal_is_a_sentence(
    api: EmbeddingsApi, embedder: EndpointEmbedder, status: int, sentence: str
) -> None:
    api.instead = web.Response(status=status, text=f"{KEY} is wrong")

    with pytest.raises(Unavailable, match=sentence) as raised:
        await embedder.embed(["text"])

    assert KEY not in str(raised.value)


async def test_a_user_in_the_address_beside_a_key_is_a_sentence_without_either(
    session: aiohttp.ClientSession,
) -> None:
    url = "http://alice:hunter2@127.0.0.1:9/v1"
    embedder = EndpointEmbedder(session, url=url, model="m", key=KEY)

    with pytest.raises(Unavailable, match="cannot be reached") as raised:
        await embedder.embed(["text"], urgent=True)

    assert "hunter2" not in str(raised.value)
    assert KEY not in str(raised.value)


async def test_a_redirection_is_not_followed_with_the_key(
    api: EmbeddingsApi, embedder: EndpointEmbedder
) -> None:
    api.instead = web.Response(status=307, headers={"Location": api.url + "/embeddings"})

    with pytest.raises(Unavailable, match="HTTP 307"):
        await embedder.embed(["text"])

    assert len(api.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        "no JSON at all",
        "[]",
        '{"data": []}',
        '{"data": [{"index": 1, "embedding": [1.0]}]}',
        '{"data": [{"index": 0, "embedding": []}]}',
        '{"data": [{"index": 0, "embedding": [0.0, 0.0]}]}',
        '{"data": [{"index": 0, "embedding": [1e999]}]}',
        '{"data": [{"index": 0, "embedding": "AACAPw=="}]}',
        '{"data": [{"index": 0, "embedding": [1.0]}, {"index": 0, "embedding": [1.0]}]}',
    ],
)
async def test_what_is_no_vector_is_not_taken_for_one(
    api: EmbeddingsApi, embedder: EndpointEmbedder, body: str
) -> None:
    api.instead = web.Response(text=body, content_type="application/json")

    with pytest.raises(Unavailable, match="something else than vectors"):
        await embedder.embed(["text"])


async def test_one_that_says_nothing_is_not_waited_for_for_ever(api: EmbeddingsApi) -> None:
    api.silent = True
    patience = aiohttp.ClientTimeout(total=0.05)

    async with aiohttp.ClientSession() as session:
        embedder = EndpointEmbedder(session, url=api.url, model="m", patience=patience)
        with pytest.raises(Unavailable, match="cannot be reached"):
            await embedder.embed(["text"], urgent=True)


async def test_one_that_is_not_there_is_a_sentence_without_its_address(
    session: aiohttp.ClientSession, unused_tcp_port: int
) -> None:
    url = f"http://user:{KEY}@127.0.0.1:{unused_tcp_port}/v1"

    with pytest.raises(Unavailable, match="cannot be reached") as raised:
        await EndpointEmbedder(session, url=url, model="m").embed(["text"])

    assert str(raised.value) == "The embeddings API cannot be reached (ClientConnectorError)."
    assert raised.value.__cause__ is None
