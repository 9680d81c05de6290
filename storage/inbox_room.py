"""How much the inbox holds: what is beyond that is refused, and may be sent again."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import inf

from core.errors import Unavailable

TOO_FAST = "Alerts arrive faster than they can be stored; send this one again in a moment."
FULL = "Too many alerts wait to be dealt with already; send this one again in a moment."

LOOKS = 8
"""So often is looked while as many come in as there is room for: others fill it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """`storing`: deliveries in memory that are not safe yet. `pending`: rows that nobody has dealt
    with. `rest`: seconds between two looks at an inbox that is full."""

    storing: int = 10_000
    pending: int = 500_000
    rest: float = 1.0


class Room:
    """That of the rows. Counting them all takes a while, so it is done now and then; what came in
    since is added, and what was dealt with since is seen when it seems to be full."""

    def __init__(self, bounds: Bounds, count: Callable[[int], Awaitable[int]]) -> None:
        self._bounds = bounds
        self._count = count
        self._taken = bounds.pending
        self._since = 0
        self._looked_at = -inf
        self._looking = asyncio.Lock()

    async def admit(self, wanted: int) -> int:
        """How many of them may come in, which is said to them."""
        async with self._looking:
            if self._due(wanted):
                await self._look()
        admitted = max(min(wanted, self._bounds.pending - self._taken), 0)
        self._taken += admitted
        self._since += admitted
        return admitted

    def _due(self, wanted: int) -> bool:
        if self._since * LOOKS >= self._bounds.pending:
            return True
        full = self._taken + wanted > self._bounds.pending
        return full and self._now() - self._looked_at >= self._bounds.rest

    async def _look(self) -> None:
        self._taken = await self._count(self._bounds.pending)
        self._since = 0
        self._looked_at = self._now()

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def require_pace(storing: int, bounds: Bounds) -> None:
    """Refuses one more where so many are being stored."""
    if storing >= bounds.storing:
        raise Unavailable(TOO_FAST)
