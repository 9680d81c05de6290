"""One at a time, and of those that wait the oldest first."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from heapq import heappop, heappush

GATHERING = 0.02
"""Seconds in which those that come together line up before the first of them goes."""


class Turns:
    def __init__(self) -> None:
        self._busy = False
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._count = 0

    @asynccontextmanager
    async def turn(self, number: int) -> AsyncIterator[None]:
        """Those with lower numbers come first."""
        await self._begin(number)
        try:
            yield
        finally:
            self._end()

    async def _begin(self, number: int) -> None:
        loop = asyncio.get_running_loop()
        if not self._busy:
            self._busy = True
            loop.call_later(GATHERING, self._end)
        mine: asyncio.Future[None] = loop.create_future()
        self._count += 1
        heappush(self._waiting, (number, self._count, mine))
        try:
            await mine
        except asyncio.CancelledError:
            if not mine.cancelled():
                self._end()  # its turn had come just then
            raise

    def _end(self) -> None:
        while self._waiting:
            _, _, next_one = heappop(self._waiting)
            if not next_one.done():
                next_one.set_result(None)
                return
        self._busy = False
