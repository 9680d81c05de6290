"""Requests as Slack sends them, signed as Slack signs."""

import hmac
from collections.abc import Mapping
from hashlib import sha256

import aiohttp

from bot.slack.app import EVENTS_PATH
from tests.integration.slack.stage import Stage, now


def signed(
    stage: Stage, body: bytes, *, skew: int = 0, secret: str = "", stamp: str = ""
) -> dict[str, str]:
    stamp = stamp or str(int(now().timestamp()) + skew)
    key = (secret or stage.sandbox.signing_secret).encode()
    seal = hmac.new(key, f"v0:{stamp}:".encode() + body, sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={seal}"}


async def knock(
    stage: Stage, client: aiohttp.ClientSession, body: bytes, headers: Mapping[str, str]
) -> tuple[int, str]:
    kind = "application/json" if body[:1] in b"{[" else "application/x-www-form-urlencoded"
    address = f"{stage.sandbox.app_url}{EVENTS_PATH}"
    async with client.post(
        address, data=body, headers={"Content-Type": kind, **headers}
    ) as response:
        return response.status, await response.text()
