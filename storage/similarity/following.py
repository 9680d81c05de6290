"""What other processes embedded: another replica, or `tocsin reindex`."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from storage.similarity.vectors import Later, SqlVectors

LAG = timedelta(seconds=10)
"""What is younger may not be committed yet, or its writer's clock may be behind."""
MOST_TOGETHER = 128
MOST_REMEMBERED = 10_000


class Follower:
    """Reads on from a moment; what this process made itself is passed over."""

    def __init__(self, vectors: SqlVectors, since: datetime) -> None:
        self._vectors = vectors
        self._after = (since - LAG, "")
        self._own: OrderedDict[str, datetime] = OrderedDict()

    def seen(self, ids: Iterable[str], at: datetime) -> None:
        """These were stored at that moment by this process, and put into the index."""
        for id in ids:
            self._own[id] = at
            self._own.move_to_end(id)
        while len(self._own) > MOST_REMEMBERED:
            self._own.popitem(last=False)

    async def later(self, model: str, now: datetime) -> list[Later]:
        """Those of others; `done` goes on behind them."""
        while True:
            found = await self._vectors.later(model, self._after, now - LAG, MOST_TOGETHER)
            others = [one for one in found if self._own.get(one.entry.id) != one.made_at]
            if others or not found:
                return others
            self.done(found)

    def done(self, later: Sequence[Later]) -> None:
        if later:
            self._after = (later[-1].made_at, later[-1].entry.id)
