"""Answers that need not be sent, because the client has them already."""

from collections.abc import Iterable
from hashlib import sha256

from aiohttp import ETag, hdrs, web
from aiohttp.helpers import ETAG_ANY

READING = (hdrs.METH_GET, hdrs.METH_HEAD)
PLACES = ("/api/", "/v1/", "/v2/", "/openapi.json")
OF_THE_BODY = (hdrs.CONTENT_TYPE, hdrs.CONTENT_LENGTH, hdrs.CONTENT_ENCODING)
REVALIDATED = "private, no-cache"
"""May be kept by the client who asked, and is asked for again each time."""


def if_changed(request: web.Request, response: web.Response) -> web.Response:
    """What was read, with an `ETag`; 304 without a body for who names it in `If-None-Match`."""
    body = response.body
    if request.method not in READING or response.status != 200 or not isinstance(body, bytes):
        return response
    if not body or not request.path.startswith(PLACES):
        return response
    if hdrs.ETAG not in response.headers:
        response.headers[hdrs.ETAG] = f'"{tag_of(body)}"'
    response.headers.setdefault(hdrs.CACHE_CONTROL, REVALIDATED)
    wanted = request.if_none_match
    return _unchanged(response) if wanted and _names(wanted, response.etag) else response


def tag_of(body: bytes) -> str:
    """Short, and never the same for two bodies that anybody will see."""
    return sha256(body).hexdigest()[:24]


def _names(wanted: Iterable[ETag], tag: ETag | None) -> bool:
    """Compared weakly, as the rule for `If-None-Match` is."""
    return tag is not None and any(one.value in (ETAG_ANY, tag.value) for one in wanted)


def _unchanged(response: web.Response) -> web.Response:
    kept = response.headers.copy()
    for name in OF_THE_BODY:
        kept.popall(name, None)
    return web.Response(status=304, headers=kept)
