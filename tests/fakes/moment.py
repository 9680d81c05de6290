"""Time that moves when it is told to, and ids that count."""

from datetime import UTC, datetime, timedelta

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
    """`inc_000001`, `upd_000002` …: in order, whatever the prefix."""

    def __init__(self) -> None:
        self._made = 0

    def __call__(self, prefix: str) -> str:
        self._made += 1
        return f"{prefix}_{self._made:06d}"
