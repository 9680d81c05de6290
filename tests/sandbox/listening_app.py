"""An app that keeps what it is told, and answers what a test says it shall."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs

from aiohttp import web

from sandbox.json_types import Json

Answer = Callable[["Told"], Awaitable[web.StreamResponse]]


class Told:
    """One request of Slack, decoded."""

    def __init__(self, headers: dict[str, str], raw: bytes) -> None:
        self.headers = headers
        self.raw = raw
        self.payload = _decode(headers.get("Content-Type", ""), raw)

    @property
    def kind(self) -> str:
        if "command" in self.payload:
            return "command"
        if "ssl_check" in self.payload:
            return "ssl_check"
        event = self.payload.get("event")
        return str(event["type"]) if event else str(self.payload["type"])


def _decode(content_type: str, raw: bytes) -> Json:
    if content_type == "application/json":
        decoded: Json = json.loads(raw)
        return decoded
    form = {name: values[0] for name, values in parse_qs(raw.decode(), True).items()}
    return json.loads(form["payload"]) if "payload" in form else form


class ListeningApp:
    """Listens on loopback; `answers` maps a kind of request to what it is answered."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.answers: dict[str, Answer] = {}
        self.url = ""
        self._runner: web.AppRunner | None = None
        self._news = asyncio.Condition()

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/slack/events", self._hear)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _hear(self, request: web.Request) -> web.StreamResponse:
        told = Told(dict(request.headers), await request.read())
        async with self._news:
            self.told.append(told)
            self._news.notify_all()
        answer = self.answers.get(told.kind)
        return await answer(told) if answer else web.Response()

    def answer_with(self, kind: str, body: Json | str, status: int = 200) -> None:
        """Answer every request of a kind with the same body."""

        async def answer(_told: Told) -> web.StreamResponse:
            if isinstance(body, str):
                return web.Response(text=body, status=status)
            return web.json_response(body, status=status)

        self.answers[kind] = answer

    async def hears(self, kind: str, number: int = 1) -> Told:
        """Wait for the nth request of a kind."""
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(lambda: len(self.heard(kind)) >= number)
            return self.heard(kind)[number - 1]

    def heard(self, kind: str) -> list[Told]:
        return [told for told in self.told if told.kind == kind]
