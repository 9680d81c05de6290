"""The one HTTP session to Slack, and the clients and gateways that share it."""

import asyncio
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.gateway import Gateway
from bot.slack.limits import Limits

TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)


class Connections:
    """Must be made inside the running loop. `sleep` is how short waits are sat through."""

    def __init__(
        self,
        api_url: str,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._api_url = api_url if api_url.endswith("/") else f"{api_url}/"
        # A proxy from the environment leads out of the machine, never to itself.
        self.session = aiohttp.ClientSession(
            timeout=TIMEOUT, trust_env=not is_loopback(urlsplit(api_url).hostname or "")
        )
        self._limits = Limits(monotonic, sleep)

    def client(self, token: str = "") -> AsyncWebClient:
        """No retries of its own: it would post twice what was posted without an answer."""
        client = AsyncWebClient(
            token=token or None, base_url=self._api_url, session=self.session, retry_handlers=[]
        )
        client.proxy = None  # slack_sdk knows no exceptions; the session does
        return client

    def gateway(self, token: str, team: str) -> Gateway:
        return Gateway(self.client(token), self._limits, team)

    async def close(self) -> None:
        await self.session.close()


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
