"""Pages of other origins, which may call the API only where the settings name them."""

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from bot.web.varying import varies_by

ANY = "*"
METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
TAKES = (
    "Authorization, Content-Type, X-API-Key, Idempotency-Key, If-Match, If-None-Match, X-Request-ID"
)
SHOWS = (
    "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Reset, "
    "X-Request-ID, ETag, Retry-After"
)
REMEMBERED = "600"
"""Seconds for which a browser need not ask again."""


def origins_in(text: str) -> frozenset[str]:
    """Of a list such as `https://status.example.com, https://example.com`, or of `*`."""
    return frozenset(part.strip() for part in text.split(",") if part.strip())


def add_cors(app: web.Application, origins: frozenset[str]) -> None:
    """Nothing at all without origins. Cookies are never asked for: a key or token is sent."""
    if origins:
        cors = _Cors(origins)
        app.middlewares.append(cors.middleware())
        app.on_response_prepare.append(cors.mark)


class _Cors:
    def __init__(self, origins: frozenset[str]) -> None:
        self._origins = origins

    def middleware(self) -> Middleware:
        @web.middleware
        async def preflights(request: web.Request, handler: Handler) -> web.StreamResponse:
            asks = hdrs.ACCESS_CONTROL_REQUEST_METHOD in request.headers
            if request.method == hdrs.METH_OPTIONS and asks and self._allowed(request):
                return _granted()
            return await handler(request)

        return preflights

    async def mark(self, request: web.Request, response: web.StreamResponse) -> None:
        """Every answer, refusals included, for the page has to be able to read them."""
        if ANY not in self._origins:
            varies_by(response, hdrs.ORIGIN)
        allowed = self._allowed(request)
        if allowed:
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = allowed
            response.headers[hdrs.ACCESS_CONTROL_EXPOSE_HEADERS] = SHOWS

    def _allowed(self, request: web.Request) -> str | None:
        origin = request.headers.get(hdrs.ORIGIN)
        if origin is None:
            return None
        if ANY in self._origins:
            return ANY
        return origin if origin in self._origins else None


def _granted() -> web.Response:
    return web.Response(
        status=204,
        headers={
            hdrs.ACCESS_CONTROL_ALLOW_METHODS: METHODS,
            hdrs.ACCESS_CONTROL_ALLOW_HEADERS: TAKES,
            hdrs.ACCESS_CONTROL_MAX_AGE: REMEMBERED,
        },
    )
