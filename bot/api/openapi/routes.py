"""Where the OpenAPI document and its pages are served; it is made when first asked for."""

from functools import cache
from typing import Any

import orjson
from aiohttp import web

from bot.api.answers import answer
from bot.api.documentation import add_documentation
from bot.api.openapi.document import document
from bot.api.server import Server

PATHS = ("/openapi.json", "/v1/openapiV3.json")


def add_openapi(app: web.Application, server: Server, *, version: str, base: str = "/") -> None:
    """`base` is the URL at which clients reach the server."""

    @cache
    def described() -> dict[str, Any]:
        return document(server.operations, version=version, base=base)

    @cache
    def body() -> bytes:
        return orjson.dumps(described())

    async def show(_: web.Request) -> web.Response:
        return answer(body())

    for path in PATHS:
        app.router.add_get(path, show)
    add_documentation(app, described)
