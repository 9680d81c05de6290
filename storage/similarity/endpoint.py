"""Has texts embedded by an OpenAI-compatible API: only for those who set its address."""

import asyncio
import math
import sys
from array import array
from collections.abc import Sequence
from typing import Any, NoReturn

import aiohttp
import orjson
from pydantic import BaseModel, Field, FiniteFloat, ValidationError
from yarl import URL

from core.domain.text import encodable
from core.errors import Unavailable
from core.ports import Vector
from storage.similarity.remembered import Remembered

AT_ONCE = 16
MOST_CHARACTERS = 8_000
"""These APIs refuse what is too long for their model, and most take 8,192 tokens."""
MOST_BYTES = 16 * 1024 * 1024
QUESTION = aiohttp.ClientTimeout(total=5.0)
BULK = aiohttp.ClientTimeout(total=60.0)
NOTHING = "(empty)"
"""Stands for a text without a word, which most of these APIs refuse."""


class Embedding(BaseModel):
    index: int = Field(ge=0)
    embedding: list[FiniteFloat] = Field(min_length=1)


class Embeddings(BaseModel):
    data: list[Embedding]


class EndpointEmbedder:
    """What goes wrong there is `Unavailable` here, in words that show neither key nor address."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        url: str,
        model: str,
        key: str = "",
        patience: aiohttp.ClientTimeout = QUESTION,
    ) -> None:
        """`patience` is for what somebody waits for."""
        base = URL(url)
        self._url = base if base.path.endswith("/embeddings") else base / "embeddings"
        self._session = session
        self._name = model
        self._patience = patience
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._one_after_the_other = asyncio.Semaphore(1)
        self._questions = Remembered(self._question)

    @property
    def model(self) -> str:
        """The same name elsewhere may be another model."""
        return f"{self._name}@{self._url.host_port_subcomponent}"

    async def embed(self, texts: Sequence[str], *, urgent: bool = False) -> list[Vector]:
        if urgent:
            return [await self._questions.vector_of(text) for text in texts]
        vectors: list[Vector] = []
        for start in range(0, len(texts), AT_ONCE):
            async with self._one_after_the_other:
                vectors += await self._ask(texts[start : start + AT_ONCE], BULK)
        return vectors

    async def _question(self, text: str) -> Vector:
        (vector,) = await self._ask([text], self._patience)
        return vector

    async def _ask(self, texts: Sequence[str], within: aiohttp.ClientTimeout) -> list[Vector]:
        asked = {
            "model": self._name,
            "input": [_sendable(text) for text in texts],
            "encoding_format": "float",
        }
        try:
            async with self._session.post(
                self._url, json=asked, headers=self._headers, timeout=within, allow_redirects=False
            ) as answer:
                _check(answer)
                return _vectors(await _body(answer), len(texts))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            # Its own words may hold the address, and that may hold a password.
            raise Unavailable(
                f"The embeddings API cannot be reached ({type(error).__name__})."
            ) from None


def _sendable(text: str) -> str:
    cut = encodable(text[:MOST_CHARACTERS])
    return cut if cut.strip() else NOTHING


def _check(answer: aiohttp.ClientResponse) -> None:
    match answer.status:
        case 200:
            return
        case 401 | 403:
            raise Unavailable("The embeddings API refused the key in TOCSIN_EMBEDDINGS_KEY.")
        case 404:
            raise Unavailable(
                "The embeddings API knows no such model or address; check "
                "TOCSIN_EMBEDDINGS_MODEL and TOCSIN_EMBEDDINGS_URL."
            )
        case status:
            raise Unavailable(f"The embeddings API answered with HTTP {status}.")


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for piece in answer.content.iter_chunked(65_536):
        body += piece
        if len(body) > MOST_BYTES:
            raise Unavailable("The embeddings API answered with more than anybody asked for.")
    return bytes(body)


def _vectors(body: bytes, count: int) -> list[Vector]:
    try:
        read = Embeddings.model_validate(orjson.loads(body)).data
    except (orjson.JSONDecodeError, ValidationError):
        _misread()
    ordered = sorted(read, key=lambda one: one.index)
    same_size = len({len(one.embedding) for one in ordered}) == 1
    if [one.index for one in ordered] != list(range(count)) or not same_size:
        _misread()
    return [_unit(one.embedding) for one in ordered]


def _misread() -> NoReturn:
    raise Unavailable("The embeddings API answered with something else than vectors.") from None


def _unit(numbers: list[float]) -> Vector:
    length = math.hypot(*numbers)
    if not 0.0 < length < math.inf:
        _misread()
    vector: array[Any] = array("f", [number / length for number in numbers])
    if sys.byteorder == "big":
        vector.byteswap()
    return vector.tobytes()
