"""What every answer gets on its way out, whichever door gave it."""

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.web.compression import compress, may_be_compressed
from bot.web.conditional import if_changed
from bot.web.cors import add_cors

NOBODY: frozenset[str] = frozenset()


def add_manners(app: web.Application, *, origins: frozenset[str] = NOBODY) -> None:
    """Called once, after the edge was added: it stays the outermost and sees what is sent."""
    add_cors(app, origins)
    app.middlewares.append(_outgoing())


def _outgoing() -> Middleware:
    @web.middleware
    async def outgoing(request: web.Request, handler: Handler) -> web.StreamResponse:
        response = await handler(request)
        if not isinstance(response, web.Response):
            return response
        compressible = may_be_compressed(response)
        response = if_changed(request, response)
        if compressible and response.body:
            await compress(request, response)
        return response

    return outgoing
