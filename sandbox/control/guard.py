"""Who may use the control API and how its refusals read."""

from urllib.parse import SplitResult, urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.credentials import is_same
from sandbox.errors import Refusal

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
PREFIX = "/_sandbox"
HEADER = "X-Sandbox-Secret"
COOKIE = "sandbox_secret"


def guard(secret: str = "") -> Middleware:
    """Only the sandbox's own page and programs on this machine may act in the workspace.

    With a secret, only those who name it: in a header, or once in the address of the page, whose
    browser keeps it as a cookie.
    """

    @web.middleware
    async def keep(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(PREFIX):
            return await handler(request)
        try:
            _refuse_strangers(request)
            if secret and not knows(request, secret):
                raise Refusal("secret_needed", f"Send the control secret in {HEADER}.", 401)
            if secret and _names_it_in_the_page(request):
                return _without_it(request, secret)
            return await handler(request)
        except Refusal as refusal:
            body = {"ok": False, "error": refusal.code, "message": refusal.message}
            return web.json_response(body, status=refusal.status)

    return keep


def knows(request: web.Request, secret: str) -> bool:
    shown = (request.headers.get(HEADER), request.cookies.get(COOKIE), request.query.get("secret"))
    return any(is_same(secret, one) for one in shown if one)


def _names_it_in_the_page(request: web.Request) -> bool:
    return "secret" in request.query and request.path.startswith(f"{PREFIX}/page/")


def _without_it(request: web.Request, secret: str) -> web.Response:
    """The same page again, with the secret in a cookie instead of the address."""
    response = web.Response(status=302, headers={"Location": request.rel_url.raw_path})
    response.set_cookie(COOKIE, secret, httponly=True, samesite="Strict", path=PREFIX)
    return response


def _refuse_strangers(request: web.Request) -> None:
    origin = request.headers.get("Origin")
    if origin is not None and _split(origin).netloc != request.host:
        raise Refusal("foreign_origin", "Only the sandbox's own page may do this.", 403)
    if request.method != "GET" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Refusal("foreign_origin", "Only the sandbox's own page may do this.", 403)
    if _is_bound_locally(request) and _split(f"//{request.host}").hostname not in LOCAL_NAMES:
        # Another name that leads here is a trick to borrow this machine's browser.
        raise Refusal("foreign_host", "The sandbox is reached as localhost only.", 403)


def _split(address: str) -> SplitResult:
    """The parts of an address; what is none at all has none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _is_bound_locally(request: web.Request) -> bool:
    bound = request.transport.get_extra_info("sockname") if request.transport else None
    return isinstance(bound, tuple) and str(bound[0]) in LOCAL_NAMES
