"""One at a time, and of those that wait the lowest place first: the worst, or the oldest.

Who could not reach Slack in its turn keeps its place for a while: when Slack is back, those that
come first are not those that have waited longest.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from heapq import heappop, heappush

from bot.patience import LONGEST_OUTAGE_DELAY
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.language import say
from core.ports import Unreachable

GATHERING = 0.02
"""Seconds in which those that come together line up before the first of them goes."""

PLACE_KEPT = 1.75 * LONGEST_OUTAGE_DELAY.total_seconds()
"""Seconds; whoever is to try again during an outage has done so by then."""

MOST_INCIDENTS = 1_000_000_000
"""Of one organisation."""

CROWD = 16
"""When so many are away, those behind them come back a second later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Away:
    """`back` is when it tries again, as far as that is known."""

    place: int
    back: float
    until: float


class Turns:
    """`now` is the time by which places are kept, in seconds."""

    def __init__(
        self, place_kept: float = PLACE_KEPT, now: Callable[[], float] | None = None
    ) -> None:
        self._place_kept = place_kept
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._away: dict[Hashable, _Away] = {}
        self._busy = False
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._count = 0

    @asynccontextmanager
    async def turn(self, place: int, who: Hashable = None) -> AsyncIterator[None]:
        """Those with lower places come first; `Unreachable` while one of them is away. `who` it is
        is needed where places change."""
        self.leave(who or place)
        await self._begin(place)
        try:
            self._let_go_first(place)
            yield
        except Unreachable as failure:
            self._keep(place, who or place, failure.retry_after or 0.0)
            raise
        finally:
            self._end()

    def leave(self, who: Hashable) -> None:
        """Nobody need wait for them any more."""
        self._away.pop(who, None)

    def _keep(self, place: int, who: Hashable, wait: float) -> None:
        back = self._now() + wait
        self._away[who] = _Away(place=place, back=back, until=back + self._place_kept)

    def _let_go_first(self, place: int) -> None:
        now = self._now()
        self._away = {who: one for who, one in self._away.items() if one.until > now}
        before = [one.back for one in self._away.values() if one.place < place]
        if before:
            wait = 1 + len(self._away) / CROWD
            soonest = max(min(before) - now, 0.0)
            raise Unreachable(
                say("What came before it has not been told yet."), retry_after=max(wait, soonest)
            )

    async def _begin(self, place: int) -> None:
        loop = asyncio.get_running_loop()
        if not self._busy:
            self._busy = True
            loop.call_later(GATHERING, self._end)
        mine: asyncio.Future[None] = loop.create_future()
        self._count += 1
        heappush(self._waiting, (place, self._count, mine))
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


def place_of(incident: Incident) -> int:
    """By severity as it is now, the worst first, then by age."""
    return (Severity.CRITICAL.rank - incident.severity.rank) * MOST_INCIDENTS + incident.number
