"""Who may use the control API and how its refusals read."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.errors import Refusal

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
PREFIX = "/_sandbox"


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Only the sandbox's own page and programs on this machine may act in the workspace."""
    if not request.path.startswith(PREFIX):
        return await handler(request)
    try:
        _refuse_strangers(request)
        return await handler(request)
    except Refusal as refusal:
        body = {"ok": False, "error": refusal.code, "message": refusal.message}
        return web.json_response(body, status=refusal.status)


def _refuse_strangers(request: web.Request) -> None:
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise Refusal("foreign_origin", "Only the sandbox's own page may do this.", 403)
    if request.method != "GET" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Refusal("foreign_origin", "Only the sandbox's own page may do this.", 403)
    if _is_bound_locally(request) and urlsplit(f"//{request.host}").hostname not in LOCAL_NAMES:
        # Another name that leads here is a trick to borrow this machine's browser.
        raise Refusal("foreign_host", "The sandbox is reached as localhost only.", 403)


def _is_bound_locally(request: web.Request) -> bool:
    bound = request.transport.get_extra_info("sockname") if request.transport else None
    return isinstance(bound, tuple) and str(bound[0]) in LOCAL_NAMES
