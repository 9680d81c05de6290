"""Which windows a calendar shows: what is ahead first, then what is just over, never too many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.api.calendar.events import Times
from core.domain.ids import OrganizationId
from core.domain.maintenance import Maintenance
from core.domain.occurrences import coming
from core.ports import AgendaQuery, MaintenanceRow, ReadModels

AHEAD = timedelta(days=366)
PAST = (timedelta(days=31), timedelta(days=7), timedelta(days=1))
"""How far back it goes: the furthest of these that has not too many."""
EXPECTED = timedelta(days=90)
"""How far ahead the occurrences are shown that nobody has made yet."""
MOST_AHEAD, MOST_PAST, MOST_EXPECTED = 500, 200, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    rows: tuple[MaintenanceRow, ...]
    now: datetime

    def shown(self) -> list[MaintenanceRow]:
        """Without those that nobody started in their time: they did not take place."""
        return [row for row in self.rows if not self._nobody_came(row.maintenance)]

    def expected(self) -> list[tuple[MaintenanceRow, Times]]:
        """What recurring windows will be followed by, the nearest first. It may take a while."""
        recurring = [row for row in self.rows if row.maintenance.recurrence]
        if not recurring:
            return []
        until, limit = self.now + EXPECTED, max(1, MOST_EXPECTED // len(recurring))
        found = [
            (row, times)
            for row in recurring
            for times in coming(row.maintenance, until=until, limit=limit, since=self.now)
        ]
        return sorted(found, key=_start)[:MOST_EXPECTED]

    def _nobody_came(self, window: Maintenance) -> bool:
        return window.scheduled_only and window.scheduled_end_at <= self.now


async def agenda_of(reads: ReadModels, organization_id: OrganizationId, now: datetime) -> Agenda:
    query = AgendaQuery(since=now, until=now + AHEAD, limit=MOST_AHEAD)
    ahead = await reads.agenda(organization_id, query)
    known = {row.maintenance.id for row in ahead}
    past = await _past(reads, organization_id, now)
    over = [row for row in past if row.maintenance.id not in known]
    return Agenda(rows=(*over, *ahead), now=now)


async def _past(
    reads: ReadModels, organization_id: OrganizationId, now: datetime
) -> Sequence[MaintenanceRow]:
    for back in PAST:
        query = AgendaQuery(since=now - back, until=now, limit=MOST_PAST + 1)
        rows = await reads.agenda(organization_id, query)
        if len(rows) <= MOST_PAST:
            return rows
    return ()


def _start(one: tuple[MaintenanceRow, Times]) -> tuple[datetime, int]:
    row, times = one
    return times[0], row.maintenance.number
