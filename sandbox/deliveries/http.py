"""Deliveries over signed HTTP requests, as Slack sends them."""

import json
from urllib.parse import urlencode

import aiohttp

from sandbox.deliveries.delivery import Ack, Delivery
from sandbox.deliveries.signing import signature
from sandbox.facts import limits
from sandbox.faults import FaultRule
from sandbox.json_types import Json
from sandbox.world import World

PATH = "/slack/events"
USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


class HttpTransport:
    """Posts to the app's one request URL."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        # Deadlines are the courier's, by the sandbox's clock.
        timeout = aiohttp.ClientTimeout(total=None)
        self._session = aiohttp.ClientSession(timeout=timeout)

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def send(self, delivery: Delivery, fault: FaultRule | None) -> Ack:
        if self._session is None:
            return _failed("connection_failed")
        content_type, body = encode(delivery)
        headers = self._headers(delivery, content_type, body, fault)
        address = self._world.app_url.rstrip("/") + PATH
        try:
            async with self._session.post(
                address, data=body, headers=headers, max_redirects=limits.REDIRECTS
            ) as response:
                text = await response.text()
                return _ack(response, text)
        except aiohttp.TooManyRedirects:
            return _failed("too_many_redirects")
        except (aiohttp.ClientConnectorSSLError, aiohttp.ClientConnectorCertificateError):
            return _failed("ssl_error")
        except aiohttp.ClientConnectionError:
            return _failed("connection_failed")
        except aiohttp.ClientError:
            return _failed("unknown_error")

    def _headers(
        self, delivery: Delivery, content_type: str, body: bytes, fault: FaultRule | None
    ) -> dict[str, str]:
        skew = fault.seconds if fault and fault.kind == "clock_skew" else 0.0
        timestamp = int(self._world.clock.wall_seconds() + skew)
        secret = self._world.credentials.signing_secret
        if fault and fault.kind == "bad_signature":
            secret += "-forged"
        headers = {
            "User-Agent": USER_AGENT,
            "Content-Type": content_type,
            "Accept": "application/json,*/*",
            "X-Slack-Request-Timestamp": str(timestamp),
            "X-Slack-Signature": signature(secret, timestamp, body),
        }
        if delivery.attempt:
            headers["X-Slack-Retry-Num"] = str(delivery.attempt)
            headers["X-Slack-Retry-Reason"] = delivery.reason
        return headers


def encode(delivery: Delivery) -> tuple[str, bytes]:
    """Events travel as JSON, commands as a form, interactions as a form with a `payload`."""
    if delivery.kind == "event":
        return JSON_TYPE, json.dumps(delivery.payload).encode()
    if delivery.kind == "command":
        return FORM_TYPE, urlencode(delivery.payload).encode()
    return FORM_TYPE, urlencode({"payload": json.dumps(delivery.payload)}).encode()


def _ack(response: aiohttp.ClientResponse, text: str) -> Ack:
    headers = {name.lower(): value for name, value in response.headers.items()}
    if not 200 <= response.status < 300:
        return Ack(
            status=response.status,
            failure="dispatch_failed",
            reason="http_error",
            headers=headers,
        )
    return Ack(
        payload=_content(response.content_type, text), status=response.status, headers=headers
    )


def _content(content_type: str, text: str) -> Json | str | None:
    if not text.strip():
        return None
    if content_type == JSON_TYPE:
        try:
            content = json.loads(text)
        except ValueError:
            return text
        return content if isinstance(content, dict) else text
    return text


def _failed(reason: str) -> Ack:
    return Ack(status=0, failure="dispatch_failed", reason=reason)
