"""How long to wait before trying again, when nobody knows how long the other side stays away."""

from datetime import timedelta

from core.ports import ParcelId

FIRST_DELAY = timedelta(seconds=2)
LONGEST_DELAY = timedelta(minutes=10)
REMEMBERED = 10_000


class Patience:
    """How often each parcel found nobody there.

    Kept in memory only: whoever starts anew had better look at once. Of several replicas any
    may be the one that gets a parcel through, so what is remembered longest is forgotten.
    """

    def __init__(self) -> None:
        self._in_vain: dict[ParcelId, int] = {}

    def tried_in_vain(self, id: ParcelId) -> int:
        """Remember one more time; answers how often it had been in vain before."""
        before = self._in_vain.pop(id, 0)
        self._in_vain[id] = before + 1
        if len(self._in_vain) > REMEMBERED:
            del self._in_vain[next(iter(self._in_vain))]
        return before

    def forget(self, id: ParcelId) -> None:
        self._in_vain.pop(id, None)


def delay_after(failures: int, jitter: float) -> timedelta:
    """How long to wait after an attempt that followed `failures` failed ones."""
    doubled: timedelta = FIRST_DELAY * 2 ** min(failures, 16)
    return min(doubled, LONGEST_DELAY) * (1 + jitter / 4)
