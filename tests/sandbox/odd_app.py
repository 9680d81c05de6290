"""An app at addresses of one's choice, that answers in ways no framework would."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class OddApp:
    url: str = ""
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@asynccontextmanager
async def odd_app(answer: Handler) -> AsyncIterator[OddApp]:
    """Everything asked for is kept, and answered by the one function."""
    odd = OddApp()

    async def handle(request: web.Request) -> web.StreamResponse:
        odd.asked.append((request.method, request.path_qs, await request.read()))
        odd.headers.append(dict(request.headers))
        return await answer(request)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        odd.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield odd
    finally:
        await runner.cleanup()
