"""Reading what was sent: so much and no more, so long and no longer, and JSON or nothing."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import orjson
from aiohttp import hdrs, web

from bot.web.problems import Refusal, refusal

MIB = 1024 * 1024
USUAL_LIMIT = MIB
ALERT_LIMIT = 10 * MIB
READ_DEADLINE = 30.0
"""Seconds from the headers to the last byte of the body; aiohttp itself would wait for ever."""

BIG = 256 * 1024
"""Bytes from which on a body is parsed in a thread, so that other requests go on."""

MOST_FIELDS = 100

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How bodies are read at one door."""

    limit: int = USUAL_LIMIT
    deadline: float = READ_DEADLINE


async def read_body(request: web.Request, reading: Reading) -> bytes:
    """All of the body, uncompressed; a `Refusal` when it is too large, too slow or encoded."""
    if hdrs.CONTENT_ENCODING in request.headers:
        _require_plain(request)
    content = request.content
    if content.is_eof():
        # The common case: it came together with the headers.
        body = content.read_nowait(-1)
        if len(body) > reading.limit:
            raise too_large(reading.limit)
        return body
    if (request.content_length or 0) > reading.limit:
        raise too_large(reading.limit)
    try:
        async with asyncio.timeout(reading.deadline):
            return await _collect(content, reading.limit)
    except TimeoutError as error:
        raise refusal(
            408, "request_timeout", f"The body did not arrive within {reading.deadline:g} seconds."
        ) from error


async def parsed(body: bytes, parse: Callable[[Any], T]) -> T:
    """`parse` of the JSON in the body, in a thread when it is big."""
    if len(body) > BIG:
        return await asyncio.to_thread(lambda: parse(json_of(body)))
    return parse(json_of(body))


def json_of(body: bytes) -> Any:
    """The JSON value; a `Refusal` for anything that is not, or could not be stored as text."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise malformed(str(error)) from error
    # orjson refuses a raw NUL, NaN, lone surrogates and depth by itself; an escaped NUL it lets
    # through, and databases do not.
    if b"\\u0000" in body and _has_nul(value):
        raise malformed("the character U+0000 cannot be stored")
    return value


def form_of(body: bytes) -> dict[str, str]:
    """The fields of a form; of those sent twice, the last."""
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise refusal(400, "malformed_form", f"The body is not a valid form: {error}.") from error
    if any("\0" in text for field in fields for text in field):
        raise refusal(400, "malformed_form", "The character U+0000 cannot be stored.")
    return dict(fields)


def require_json(request: web.Request) -> None:
    """A `Refusal` when the body says that it is something else."""
    if hdrs.CONTENT_TYPE not in request.headers:
        return
    kind = request.content_type
    if kind != "application/json" and not kind.endswith("+json"):
        raise refusal(
            415,
            "unsupported_media_type",
            f"A body of the type {kind} is not understood; send application/json.",
        )


def malformed(reason: str) -> Refusal:
    return refusal(400, "malformed_json", f"The body is not valid JSON: {reason}.")


def too_large(limit: int) -> Refusal:
    size = f"{limit // MIB} MiB" if limit >= MIB else f"{limit:,} bytes"
    return refusal(413, "payload_too_large", f"The body is larger than {size}, the most accepted.")


def _require_plain(request: web.Request) -> None:
    encoding = request.headers.get(hdrs.CONTENT_ENCODING, "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise refusal(
            415,
            "unsupported_content_encoding",
            "Compressed bodies are not accepted; send it without Content-Encoding.",
            headers={hdrs.ACCEPT_ENCODING: "identity"},
        )


async def _collect(content: Any, limit: int) -> bytes:
    body = bytearray()
    while chunk := await content.readany():
        body += chunk
        if len(body) > limit:
            raise too_large(limit)
    return bytes(body)


def _has_nul(value: Any) -> bool:
    """Walked without recursion; the parser bounds the depth, not the breadth."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str(text):
                if "\0" in text:
                    return True
            case dict(entries):
                waiting += entries.keys()
                waiting += entries.values()
            case list(items):
                waiting += items
    return False
