"""An OpenAI-compatible API for embeddings, on a real port, that answers as it is told to."""

import asyncio
from array import array
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.fakes.embedding import FakeEmbedder


@dataclass
class EmbeddingsApi:
    """`instead` is answered in place of vectors. Vectors come last first, and longer than 1."""

    url: str = ""
    instead: web.Response | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    silent: bool = False
    at_once: int = 0
    most_at_once: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.keys.append(request.headers.get("Authorization"))
        asked = await request.json()
        self.asked.append(asked)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(3600 if self.silent else 0)
        self.at_once -= 1
        return self.instead or await self._vectors(asked["input"])

    async def _vectors(self, texts: list[str]) -> web.Response:
        embedded = await FakeEmbedder().embed(texts)
        data = [
            {"object": "embedding", "index": index, "embedding": [3 * n for n in array("f", one)]}
            for index, one in enumerate(embedded)
        ]
        return web.json_response({"object": "list", "data": data[::-1]})


@asynccontextmanager
async def embeddings_api() -> AsyncIterator[EmbeddingsApi]:
    api = EmbeddingsApi()
    application = web.Application()
    application.router.add_post("/v1/embeddings", api.answer)
    async with TestServer(application) as server:
        api.url = str(server.make_url("/v1"))
        yield api
