"""Socket Mode: Slack's requests over a WebSocket that we open, for machines nobody can reach."""

import asyncio
import logging
from contextlib import suppress

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


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
        self._connecting = asyncio.create_task(self._handler.client.connect())

    async def is_connected(self) -> bool:
        return bool(await self._handler.client.is_connected())

    async def stop(self) -> None:
        if self._connecting:
            self._connecting.cancel()
            with suppress(asyncio.CancelledError):
                await self._connecting
        await self._handler.client.close()
