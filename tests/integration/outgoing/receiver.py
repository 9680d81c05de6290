"""A server that webhooks are sent to: it checks signatures as Standard Webhooks has them checked,
and answers what it is told to."""

import asyncio
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


@dataclass(frozen=True, slots=True)
class Received:
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def type(self) -> str:
        return str(self.json["type"])

    def signed_by(self, secret: str) -> bool:
        """Whether one of its signatures was made with the secret."""
        head = f"{self.id}.{self.headers['webhook-timestamp']}.".encode()
        key = b64decode(secret.removeprefix("whsec_"))
        wanted = "v1," + b64encode(hmac.new(key, head + self.body, sha256).digest()).decode()
        offered = self.headers["webhook-signature"].split(" ")
        return any(hmac.compare_digest(wanted, one) for one in offered)


@dataclass(slots=True)
class Receiver:
    """`answers` are statuses for the next requests; then it is 200. 0 hangs up, -1 never
    answers."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        async with self.news:
            self.received.append(Received(dict(request.headers), body))
            self.news.notify_all()
        status = self.answers.pop(0) if self.answers else 200
        if status < 0:
            await asyncio.Event().wait()
        if status == 0 and request.transport is not None:
            request.transport.abort()
        return web.Response(status=status or 200, headers=self.headers, body=b"x" * 100_000)

    async def until(self, true: Callable[[], bool]) -> None:
        """Ends when it is true; the test's own time limit is the only other end."""
        async with self.news:
            await self.news.wait_for(true)

    @property
    def types(self) -> list[str]:
        return [one.type for one in self.received]


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver, app = Receiver(), web.Application()
    app.router.add_post("/hooks/tocsin", receiver.take)
    server = TestServer(app)
    await server.start_server()
    receiver.url = str(server.make_url("/hooks/tocsin"))
    try:
        yield receiver
    finally:
        await server.close()
