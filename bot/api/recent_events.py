"""What was said of alerts a moment ago, and is not in the database yet."""

from collections.abc import Callable, Hashable
from time import monotonic

LIFETIME = 3.0
"""Seconds; triage has usually seen to it by then."""

MOST = 10_000


class RecentEvents:
    """Only the words of an answer hang on it, so other replicas need not know."""

    def __init__(
        self, *, elapsed: Callable[[], float] = monotonic, lifetime: float = LIFETIME
    ) -> None:
        self._elapsed = elapsed
        self._lifetime = lifetime
        self._said: dict[Hashable, tuple[float, str]] = {}

    def last(self, place: Hashable) -> str | None:
        """The last action there, if it is recent."""
        said = self._said.get(place)
        return said[1] if said and self._elapsed() - said[0] < self._lifetime else None

    def note(self, place: Hashable, action: str) -> None:
        self._said.pop(place, None)
        while len(self._said) >= MOST:
            del self._said[next(iter(self._said))]
        self._said[place] = (self._elapsed(), action)

    def forget(self, place: Hashable) -> None:
        self._said.pop(place, None)
