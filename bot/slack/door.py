"""`POST /slack/events`: what is let through to Bolt, and what is turned away before."""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qs

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.web.bodies import Reading, read_body
from bot.web.problems import Refusal, refusal
from core.ports import Clock

READING = Reading(deadline=5.0)
"""Slack itself gives up after three seconds."""

FRESH = 300
"""Seconds a signature is good for."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    timestamp: str
    value: str


def is_genuine(secret: str, signature: Signature, body: bytes, now: datetime) -> bool:
    """Whether Slack signed exactly this body a short while ago."""
    stamp = signature.timestamp
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        return False
    if abs(now.timestamp() - int(stamp)) > FRESH:
        return False
    base = b"v0:" + stamp.encode() + b":" + body
    expected = "v0=" + hmac.new(secret.encode(), base, sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.value.encode())


class Door:
    """Bodies are never logged: they carry what people write, and tokens."""

    def __init__(self, app: AsyncApp, signing_secret: str, clock: Clock) -> None:
        self._app = app
        self._secret = signing_secret
        self._clock = clock

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """A `Refusal`, answered by the edge, for what is turned away."""
        body = await read_body(request, READING)
        if _is_ssl_check(body):
            return web.Response(text="")
        if not self._is_genuine(request, body):
            raise refusal(401, "not_signed", "The request is not signed by Slack, or too old.")
        understood = _understood(request, body)
        if understood is None:
            raise _unlike_slack()
        return await self._dispatched(understood)

    async def _dispatched(self, request: AsyncBoltRequest) -> web.StreamResponse:
        """Listeners answer for themselves; only Bolt's own reading can stumble here."""
        try:
            return await to_aiohttp_response(await self._app.async_dispatch(request))
        except (AttributeError, KeyError, TypeError) as failure:
            log.warning("slack_request_unlike_slack", kind=type(failure).__name__)
            raise _unlike_slack() from failure

    def _is_genuine(self, request: web.Request, body: bytes) -> bool:
        signature = Signature(
            timestamp=request.headers.get("X-Slack-Request-Timestamp", ""),
            value=request.headers.get("X-Slack-Signature", ""),
        )
        genuine = is_genuine(self._secret, signature, body, self._clock())
        if not genuine:
            log.info("slack_request_not_genuine", size=len(body))
        return bool(self._secret) and genuine


def _is_ssl_check(body: bytes) -> bool:
    """Slack asks unsigned whether our certificate is good; the answer does nothing."""
    return body.startswith(b"ssl_check=1") or (b"&ssl_check=1" in body and len(body) < 1_000)


def _understood(request: web.Request, body: bytes) -> AsyncBoltRequest | None:
    try:
        text = body.decode()
        if not _is_object(text):
            return None
        return AsyncBoltRequest(
            body=text,
            query=request.query_string,
            headers={name: value for name, value in request.headers.items()},
        )
    except (ValueError, RecursionError, AttributeError):
        return None


def _is_object(text: str) -> bool:
    """JSON, or a form whose `payload` is JSON, must be an object; a form is one anyway."""
    if text.startswith("payload="):
        text = parse_qs(text).get("payload", [""])[0]
    return isinstance(json.loads(text), dict) if text[:1] in tuple('{["') else "=" in text


def _unlike_slack() -> Refusal:
    sentence = "The body is neither a form nor JSON as Slack sends it."
    return refusal(400, "malformed_body", sentence)
