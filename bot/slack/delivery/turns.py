"""One at a time, and of those that wait the oldest first.

Who could not reach Slack in its turn keeps its place for a while: when Slack is back, those that
come first are not those that have waited longest.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from heapq import heappop, heappush

from bot.patience import LONGEST_OUTAGE_DELAY
from core.ports import Unreachable

GATHERING = 0.02
"""Seconds in which those that come together line up before the first of them goes."""

PLACE_KEPT = 1.75 * LONGEST_OUTAGE_DELAY.total_seconds()
"""Seconds; whoever is to try again during an outage has done so by then."""

CROWD = 16
"""When so many are away, those behind them come back a second later."""


class Turns:
    def __init__(self, place_kept: float = PLACE_KEPT) -> None:
        self._place_kept = place_kept
        self._away: dict[int, float] = {}
        self._busy = False
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._count = 0

    @asynccontextmanager
    async def turn(self, number: int) -> AsyncIterator[None]:
        """Those with lower numbers come first; `Unreachable` while one of them is away."""
        self._away.pop(number, None)
        await self._begin(number)
        try:
            self._let_go_first(number)
            yield
        except Unreachable:
            self._away[number] = asyncio.get_running_loop().time() + self._place_kept
            raise
        finally:
            self._end()

    def _let_go_first(self, number: int) -> None:
        now = asyncio.get_running_loop().time()
        self._away = {one: until for one, until in self._away.items() if until > now}
        if any(one < number for one in self._away):
            wait = 1 + len(self._away) / CROWD
            raise Unreachable("What came before it has not been told yet.", retry_after=wait)

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
