"""Server-Sent Events: what changed, for the page to fetch again."""

import asyncio
import json

from aiohttp import web

from sandbox.json_types import Json
from sandbox.model.changes import Change

# A page that sleeps longer than this many changes has to reload anyway.
MOST_WAITING = 1_000
KEEP_ALIVE_SECONDS = 15


class Broadcaster:
    """Hands every change to every open page."""

    def __init__(self) -> None:
        self._pages: set[asyncio.Queue[Json | None]] = set()

    def register(self, app: web.Application) -> None:
        app.router.add_get("/_sandbox/events", self.stream)

    def hear_change(self, change: Change) -> None:
        parts = {"channel": change.channel, "ts": change.ts, "user": change.user}
        self._tell({"type": change.type, **{name: part for name, part in parts.items() if part}})

    def hear_entry(self, entry: Json) -> None:
        self._tell({"type": "journal", "entry": entry})

    def _tell(self, news: Json | None) -> None:
        for page in self._pages:
            if not page.full():
                page.put_nowait(news)

    def close(self) -> None:
        self._tell(None)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        page: asyncio.Queue[Json | None] = asyncio.Queue(MOST_WAITING)
        self._pages.add(page)
        try:
            await response.write(b": welcome\n\n")
            while (news := await _next(page)) is not None:
                await response.write(_encode(news))
        except ConnectionError:
            return response
        finally:
            self._pages.discard(page)
        return response


async def _next(page: asyncio.Queue[Json | None]) -> Json | None:
    try:
        async with asyncio.timeout(KEEP_ALIVE_SECONDS):
            return await page.get()
    except TimeoutError:
        return {}


def _encode(news: Json) -> bytes:
    return f"data: {json.dumps(news)}\n\n".encode() if news else b": still here\n\n"
