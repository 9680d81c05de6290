"""Deliveries over signed HTTP requests, as Slack sends them."""

import json
from typing import Any
from urllib.parse import urlencode

import aiohttp

from sandbox.deliveries.addresses import address_of, redirected
from sandbox.deliveries.delivery import Ack, Delivery, Failure
from sandbox.deliveries.signing import signature
from sandbox.facts import limits
from sandbox.faults import FaultRule
from sandbox.json_text import read_json
from sandbox.world import World

USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"
JSON_KINDS = ("event", "url_verification")
FORM_KINDS = ("command", "ssl_check")
# Slack does not say which redirects it follows, only how many. A signature covers the body, so
# whatever the status, the same request is made again: a handler for GET would not do.
REDIRECTS = (301, 302, 303, 307, 308)


class HttpTransport:
    """Posts each delivery to its request URL."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        # Deadlines are the courier's, by the sandbox's clock; cookies are not Slack's.
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=None), cookie_jar=aiohttp.DummyCookieJar()
        )

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def send(self, delivery: Delivery, fault: FaultRule | None) -> Ack:
        if self._session is None or not self._world.app_url:
            return _failed("connection_failed")
        content_type, body = encode(delivery)
        headers = self._headers(delivery, content_type, body, fault)
        address = address_of(delivery, self._world.app, self._world.app_url)
        try:
            return await _post(self._session, address, body, headers, delivery)
        except (aiohttp.ClientSSLError, aiohttp.ServerFingerprintMismatch):
            return _failed("ssl_error")
        except aiohttp.ClientConnectionError:
            return _failed("connection_failed")
        except (aiohttp.ClientError, ValueError):
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


async def _post(
    session: aiohttp.ClientSession,
    address: str,
    body: bytes,
    headers: dict[str, str],
    delivery: Delivery,
) -> Ack:
    for _ in range(limits.REDIRECTS + 1):
        async with session.post(
            address, data=body, headers=headers, allow_redirects=False
        ) as response:
            target = response.headers.get("Location")
            if response.status not in REDIRECTS or not target:
                return _ack(response, await _read(response), delivery)
            address = redirected(address, target)
            if not address:
                return _refused(response, f"redirected to {target[:200]}, which is not the app's")
    return _failed("too_many_redirects")


async def _read(response: aiohttp.ClientResponse) -> str | None:
    """The body as text, or nothing when there is more than anybody needs to answer."""
    body = b""
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > limits.ANSWER_BYTES:
            return None
    try:
        return body.decode(response.charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return body.decode("utf-8", errors="replace")


def encode(delivery: Delivery) -> tuple[str, bytes]:
    """Events travel as JSON, commands as a form, interactions as a form with a `payload`."""
    if delivery.kind in JSON_KINDS:
        return JSON_TYPE, json.dumps(delivery.payload).encode()
    if delivery.kind in FORM_KINDS:
        return FORM_TYPE, urlencode(delivery.payload).encode()
    return FORM_TYPE, urlencode({"payload": json.dumps(delivery.payload)}).encode()


def _ack(response: aiohttp.ClientResponse, text: str | None, delivery: Delivery) -> Ack:
    # Any success will do for an event; whoever waits for an answer gets it with a 200.
    is_taken = 200 <= response.status < 300 if delivery.kind == "event" else response.status == 200
    if not is_taken:
        return _refused(response)
    if text is None:
        return _refused(response, f"answered with more than {limits.ANSWER_BYTES:,} bytes")
    if not text.strip() or response.content_type != JSON_TYPE:
        return Ack(payload=text if text.strip() else None, **_heads(response))
    try:
        content = read_json(text)
    except ValueError as problem:
        return _unreadable(response, f"answered with JSON that is none: {problem}", delivery)
    return Ack(payload=content if isinstance(content, dict) else text, **_heads(response))


def _heads(response: aiohttp.ClientResponse) -> dict[str, Any]:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return {"status": response.status, "headers": headers}


def _refused(response: aiohttp.ClientResponse, problem: str = "") -> Ack:
    heads = _heads(response)
    return Ack(failure="dispatch_failed", reason="http_error", problem=problem, **heads)


def _unreadable(response: aiohttp.ClientResponse, problem: str, delivery: Delivery) -> Ack:
    """Only whoever waits for an answer cannot go on without it."""
    failure: Failure = "invalid_answer" if delivery.accepts_answer else ""
    return Ack(failure=failure, problem=problem, **_heads(response))


def _failed(reason: str) -> Ack:
    return Ack(status=0, failure="dispatch_failed", reason=reason)
