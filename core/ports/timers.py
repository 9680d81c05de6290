"""What is due without anybody asking, as a transaction sees it."""

from collections.abc import Collection
from typing import Protocol

from core.domain.ids import IncidentId
from core.domain.timer import Timer, TimerKind


class Timers(Protocol):
    async def get(self, kind: TimerKind, subject_id: str) -> Timer | None:
        """Nobody else changes it before this transaction does, or is told `Conflict`."""

    async def set(self, timer: Timer) -> None:
        """In place of the one of its kind and subject, if there is one."""

    async def cancel(self, kind: TimerKind, subject_id: str) -> None:
        """Nothing is due any more."""

    async def cancel_all(self, kinds: Collection[TimerKind], subject_id: str) -> None:
        """Nothing of these kinds is due any more."""

    async def unawaited_channels(self) -> list[IncidentId]:
        """Incidents with a channel that is not archived, and no timer to archive it; the newest
        first."""
