"""How long to wait before trying again, when nobody knows how long the trouble lasts."""

from collections.abc import Callable, Hashable
from datetime import timedelta
from typing import Generic, TypeVar

FIRST_DELAY = timedelta(seconds=2)
LONGEST_DELAY = timedelta(minutes=10)
REMEMBERED = 10_000

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
