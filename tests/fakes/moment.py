"""Time that moves when it is told to, and ids that count."""

from datetime import UTC, datetime, timedelta
from itertools import count

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


class FakeClock:
    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> datetime:
        """`clock.advance(minutes=5)`; answers the new time."""
        self.now += timedelta(**duration)
        return self.now


class FakeIds:
    """`inc_000001`, `upd_000002` …: in order, whatever the prefix and whichever thread asks."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self, prefix: str) -> str:
        return f"{prefix}_{next(self._numbers):06d}"
