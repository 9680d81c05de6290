"""An app over one socket that keeps what it is told and acknowledges it, unless it shall not."""

import asyncio
from typing import Any, Self

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.json_types import Json
from sandbox.server import Sandbox


async def ticket_url(sandbox: Sandbox) -> str:
    slack = AsyncWebClient(base_url=sandbox.api_url)
    return str((await slack.apps_connections_open(app_token=sandbox.app_token))["url"])


class SocketApp:
    """`async with SocketApp(sandbox) as app:` opens the socket and reads all that comes."""

    def __init__(self, sandbox: Sandbox, *, acks: bool = True, query: str = "") -> None:
        self.frames: list[Json] = []
        self.acks = acks
        self._sandbox = sandbox
        self._query = query
        self._session = aiohttp.ClientSession()
        self._reading: asyncio.Task[None] | None = None
        self._news = asyncio.Condition()
        self.socket: Any = None

    async def __aenter__(self) -> Self:
        address = await ticket_url(self._sandbox) + self._query
        self.socket = await self._session.ws_connect(address)
        self._reading = asyncio.create_task(self._read())
        await self.hears("type")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._reading:
            self._reading.cancel()
        await self.socket.close()
        await self._session.close()

    async def _read(self) -> None:
        async for message in self.socket:
            frame: Json = message.json()
            if self.acks and "envelope_id" in frame:
                await self.ack(frame)
            async with self._news:
                self.frames.append(frame)
                self._news.notify_all()
        async with self._news:
            self.frames.append({"closed": True})
            self._news.notify_all()

    async def ack(self, envelope: Json, payload: Json | None = None) -> None:
        answer = {"envelope_id": envelope["envelope_id"]}
        await self.socket.send_json(answer | ({"payload": payload} if payload else {}))

    def heard(self, key: str) -> list[Json]:
        """The frames that have this key, such as `envelope_id` or `closed`."""
        return [frame for frame in self.frames if key in frame]

    async def hears(self, key: str, number: int = 1) -> Json:
        """Wait for the nth frame with this key."""
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(lambda: len(self.heard(key)) >= number)
            return self.heard(key)[number - 1]

    async def envelope(self, number: int = 1) -> Json:
        return await self.hears("envelope_id", number)

    @property
    def reasons(self) -> list[str]:
        """Why Slack wanted this socket to go, in order."""
        return [frame["reason"] for frame in self.heard("reason")]
