"""`GET /docs` and `GET /redoc`: written once, when first asked for, and without any script."""

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files

from aiohttp import web

from bot.api.documentation.pages import docs_page, redoc_page
from bot.api.documentation.reading import Json

Page = Callable[[Json, str], str]


def add_documentation(app: web.Application, document: Callable[[], Json]) -> None:
    """`document` is asked for once, after every route is there."""
    app.router.add_get("/docs", _serving(docs_page, document))
    app.router.add_get("/redoc", _serving(redoc_page, document))


def policy(style: str) -> str:
    """Nothing may be loaded, run or sent; this one style applies."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _serving(
    page: Page, document: Callable[[], Json]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    @cache
    def written() -> tuple[bytes, str]:
        style = files("bot.api.documentation").joinpath("style.css").read_text(encoding="utf-8")
        return page(document(), style).encode(), policy(style)

    async def serve(_: web.Request) -> web.Response:
        body, allowed = await asyncio.to_thread(written)
        return web.Response(
            body=body,
            content_type="text/html",
            charset="utf-8",
            headers={
                "Content-Security-Policy": allowed,
                "Referrer-Policy": "no-referrer",
                "X-Content-Type-Options": "nosniff",
            },
        )

    return serve
