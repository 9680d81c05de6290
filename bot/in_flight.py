"""Counts the requests being answered, so that a stop can wait for them.

aiohttp's own shutdown drops what is still coming of a request's body; so it begins only when there
is nothing left to finish, or no time.
"""

import asyncio

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

ON_ITS_WAY = 0.05
"""Seconds, in which what was sent before the stop is read and counted."""


class InFlight:
    def __init__(self) -> None:
        self._count = 0
        self._stopping = False
        self._none = asyncio.Event()
        self._none.set()

    def middleware(self) -> Middleware:
        @web.middleware
        async def counted(request: web.Request, handler: Handler) -> web.StreamResponse:
            self._count += 1
            self._none.clear()
            try:
                response = await handler(request)
                if self._stopping:
                    response.force_close()
                return response
            finally:
                self._count -= 1
                if not self._count:
                    self._none.set()

        return counted

    async def finished(self, grace: float) -> None:
        """Returns when every request is answered, or after `grace` seconds."""
        self._stopping = True
        await asyncio.sleep(ON_ITS_WAY)
        try:
            async with asyncio.timeout(grace):
                await self._none.wait()
        except TimeoutError:
            return
