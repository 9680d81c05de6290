"""How long to wait before trying again, when nobody knows how long the trouble lasts."""

from collections.abc import Callable, Hashable
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

FIRST_DELAY = timedelta(seconds=2)
LONGEST_DELAY = timedelta(minutes=10)
LONGEST_OUTAGE_DELAY = timedelta(seconds=20)
"""Of what waits for somebody else: it has to be done within a minute of their return."""

REMEMBERED = 10_000
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

K = TypeVar("K", bound=Hashable)


class Patience(Generic[K]):
    """How often each parcel, or whatever else is tried again, was tried in vain.

    Kept in memory only: whoever starts anew had better look at once. Of several replicas any
    may be the one that gets a parcel through, so what is remembered longest is forgotten.
    """

    def __init__(self) -> None:
        self._in_vain: dict[K, int] = {}

    def tried_in_vain(self, id: K) -> int:
        """Remember one more time; answers how often it had been in vain before."""
        before = self._in_vain.pop(id, 0)
        self._in_vain[id] = before + 1
        if len(self._in_vain) > REMEMBERED:
            del self._in_vain[next(iter(self._in_vain))]
        return before

    def forget(self, id: K) -> None:
        self._in_vain.pop(id, None)


class Resting(Generic[K]):
    """What failed and is left alone for a while, a longer one each time."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._patience: Patience[K] = Patience()
        self._until: dict[K, float] = {}

    def failed(self, id: K) -> timedelta:
        """For how long nobody should look at it."""
        delay = delay_after(self._patience.tried_in_vain(id), 0.0)
        self._until[id] = self._monotonic() + delay.total_seconds()
        return delay

    def recovered(self, id: K) -> None:
        self._patience.forget(id)

    def present(self) -> frozenset[K]:
        """Those that are resting now."""
        now = self._monotonic()
        self._until = {id: until for id, until in self._until.items() if until > now}
        return frozenset(self._until)


def delay_after(failures: int, jitter: float) -> timedelta:
    """How long to wait after an attempt that followed `failures` failed ones."""
    doubled: timedelta = FIRST_DELAY * 2 ** min(failures, 16)
    return min(doubled, LONGEST_DELAY) * (1 + jitter / 4)


def look_again_at(now: datetime, failures: int, jitter: float) -> datetime:
    """When to look next whether somebody who was away is back. In the long run everything looks at
    the same moments: what waited is then done in the order in which it came."""
    delay = delay_after(failures, jitter)
    if delay < LONGEST_OUTAGE_DELAY:
        return now + delay
    rounds = (now - _EPOCH + LONGEST_OUTAGE_DELAY / 2) // LONGEST_OUTAGE_DELAY + 1
    return _EPOCH + rounds * LONGEST_OUTAGE_DELAY
