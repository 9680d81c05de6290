"""What every embedder promises: the fake, the worker with the real model, and an API by HTTP."""

import math
from array import array
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from core.ports import Embedder, Vector
from storage.similarity.endpoint import EndpointEmbedder
from storage.similarity.process import open_worker
from tests.fakes.embedding import FakeEmbedder
from tests.fakes.embeddings_api import embeddings_api

pytestmark = pytest.mark.asyncio(loop_scope="module")

ODD = {
    "empty": "",
    "blank": " \n\t",
    "six hundred words": "the pool of connections is exhausted " * 100,
    "one endless word": "x" * 100_000,
    "Japanese": "データベースへの接続が足りません",
    "a nul": "before\x00after",
    "half a character": "before\ud800after",
    "an emoji": "🔥 checkout is on fire 🔥",
    "markup": "<script>alert(1)</script> ' OR 1=1; --",
    "the model's own words": "[CLS] [SEP] [PAD] [MASK] [UNK]",
}


@pytest_asyncio.fixture(
    scope="module", loop_scope="module", params=["the fake", "the worker", "an API"]
)
async def embedder(request: pytest.FixtureRequest) -> AsyncIterator[Embedder]:
    if request.param == "the fake":
        yield FakeEmbedder()
    elif request.param == "the worker":
        async with open_worker(folder=None) as worker:
            await worker.opened()
            yield worker.embedder
    else:
        async with embeddings_api() as api, aiohttp.ClientSession() as session:
            yield EndpointEmbedder(session, url=api.url, model="small", key="k-1")


def _cosine(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(array("f", one), array("f", other), strict=True))


async def test_it_says_which_model_it_is(embedder: Embedder) -> None:
    assert embedder.model


async def test_no_texts_have_no_vectors(embedder: Embedder) -> None:
    assert await embedder.embed([]) == []


async def test_vectors_come_in_the_order_of_their_texts(embedder: Embedder) -> None:
    texts = [f"text number {number} of many" for number in range(40)]
    alone = [(await embedder.embed([text]))[0] for text in (texts[0], texts[17], texts[39])]

    together = await embedder.embed(texts)

    assert len(together) == 40
    assert [together[0], together[17], together[39]] == alone


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
async def test_the_same_text_has_the_same_vector_whatever_stands_beside_it(
    embedder: Embedder, text: str
) -> None:
    company = ["short", "a much longer text about something else " * 20]

    (alone,) = await embedder.embed([text])
    _, beside, _ = await embedder.embed([company[0], text, company[1]])
    (asked,) = await embedder.embed([text], urgent=True)

    assert alone == beside == asked


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
async def test_every_vector_has_length_one_and_the_same_size(embedder: Embedder, text: str) -> None:
    (usual,) = await embedder.embed(["The database is slow."])

    (vector,) = await embedder.embed([text])

    assert len(vector) == len(usual)
    assert math.isclose(_cosine(vector, vector), 1.0, abs_tol=1e-5)


async def test_what_shares_words_is_nearer_than_what_does_not(embedder: Embedder) -> None:
    question, near, far = await embedder.embed(
        ["payment database is slow", "the payment database was slow", "kittens chase butterflies"]
    )

    assert _cosine(question, near) > _cosine(question, far) + 0.2
