"""What is due without anybody asking, in a dict."""

from collections.abc import Collection
from dataclasses import dataclass

from core.domain.ids import IncidentId
from core.domain.timer import Timer, TimerKind
from tests.fakes.rows import OrganizationRows


@dataclass(frozen=True, slots=True)
class FakeTimers:
    rows: OrganizationRows

    async def get(self, kind: TimerKind, subject_id: str) -> Timer | None:
        return self.rows.timers.get((kind, subject_id))

    async def set(self, timer: Timer) -> None:
        self.rows.timers[timer.kind, timer.subject_id] = timer

    async def cancel(self, kind: TimerKind, subject_id: str) -> None:
        self.rows.timers.pop((kind, subject_id), None)

    async def cancel_all(self, kinds: Collection[TimerKind], subject_id: str) -> None:
        for kind in kinds:
            await self.cancel(kind, subject_id)

    async def unawaited_channels(self) -> list[IncidentId]:
        found = [
            one
            for one in self.rows.incidents.values()
            if one.channel_id and not (one.archived_at or one.deleted_at)
            if (TimerKind.ARCHIVE, one.id) not in self.rows.timers
        ]
        return [one.id for one in sorted(found, key=lambda one: one.number, reverse=True)]
