"""Socket Mode: Slack's requests over a WebSocket that we open, for machines nobody can reach."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeAlias

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

Step: TypeAlias = Callable[[], Coroutine[Any, Any, None]]


class Socket:
    """Must be made inside the running loop: slack_sdk starts tasks as soon as it is."""

    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient) -> None:
        quiet = logging.getLogger("slack_sdk.socket_mode.tocsin")
        quiet.setLevel(logging.WARNING)
        self._handler = AsyncSocketModeHandler(
            app, app_token, logger=quiet, web_client=client, proxy=None
        )
        self._connecting: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Connecting goes on for as long as Slack does not let us in."""
        connect: Step = self._handler.client.connect
        self._connecting = asyncio.create_task(connect())

    async def is_connected(self) -> bool:
        return bool(await self._handler.client.is_connected())

    async def stop(self) -> None:
        if self._connecting:
            self._connecting.cancel()
            with suppress(asyncio.CancelledError):
                await self._connecting
        close: Step = self._handler.client.close
        await close()
