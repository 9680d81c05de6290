"""Large answers, compressed for those who say that they can read it."""

import asyncio
import gzip

from aiohttp import hdrs, web

from bot.web.varying import varies_by

LEAST = 1024
"""Bytes up to which compressing costs more than it saves."""

LONG = 32 * 1024
"""Bytes from which on it is done in a thread; below, the way there would take longer."""

LEVEL = 3
"""Twice as fast as the usual 6, for a tenth more bytes."""
WORTH_IT = ("application/json", "text/", "application/javascript", "image/svg+xml")


def may_be_compressed(response: web.Response) -> bool:
    """Whether it is worth it; caches are told so, whoever asks this time."""
    body = response.body
    if not isinstance(body, bytes) or len(body) <= LEAST:
        return False
    # The header itself: aiohttp would parse all of it for every answer.
    kind = response.headers.get(hdrs.CONTENT_TYPE, "")
    if not kind.startswith(WORTH_IT) or hdrs.CONTENT_ENCODING in response.headers:
        return False
    varies_by(response, hdrs.ACCEPT_ENCODING)
    return True


async def compress(request: web.Request, response: web.Response) -> None:
    """If the client takes it.

    The `ETag` stays: it names the content, and no parts are served that could be mixed up.
    """
    body = response.body
    if isinstance(body, bytes) and takes_gzip(request.headers.get(hdrs.ACCEPT_ENCODING, "")):
        packed = await asyncio.to_thread(_gzip, body) if len(body) >= LONG else _gzip(body)
        response.body = packed
        response.headers[hdrs.CONTENT_ENCODING] = "gzip"


def takes_gzip(accepted: str) -> bool:
    """Whether `Accept-Encoding` lets it be sent, and does not like it less than plain text."""
    weights = dict(_weight(part) for part in accepted.lower().split(",") if part.strip())
    gzipped = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return gzipped > 0 and gzipped >= weights.get("identity", 0.0)


def _weight(part: str) -> tuple[str, float]:
    coding, _, parameters = part.partition(";")
    name, _, weight = parameters.partition("=")
    if name.strip() != "q":
        return coding.strip(), 1.0
    try:
        return coding.strip(), float(weight)
    except ValueError:
        return coding.strip(), 0.0


def _gzip(body: bytes) -> bytes:
    # Without a time in it, so that one body is always the same bytes.
    return gzip.compress(body, compresslevel=LEVEL, mtime=0)
