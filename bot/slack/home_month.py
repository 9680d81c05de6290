"""What the month of the App Home shows: windows there are, and what series will bring."""

from dataclasses import dataclass
from datetime import datetime

from bot.slack.gesture import Person
from bot.slack.views.calendar import Month, Slot
from core.domain.maintenance import Maintenance
from core.domain.occurrences import coming, taken
from core.ports import AgendaQuery, ReadModels

MOST = 200
"""Windows that are read for one month, and occurrences that are looked ahead to."""


@dataclass(frozen=True, slots=True)
class Months:
    reads: ReadModels

    async def slots(self, person: Person, month: Month, zone: str, now: datetime) -> list[Slot]:
        """What exists in the month, and what the series that go on will bring."""
        since, until = month.span(zone)
        there = await self._agenda(person, AgendaQuery(since=since, until=until, limit=MOST))
        query = AgendaQuery(since=now, until=until, completed=False, limit=MOST)
        ahead = await self._agenda(person, query) if until > now else []
        slots = [_slot(window, now) for window in there]
        slots += [slot for window in ahead for slot in _ahead(window, since, until)]
        inside = (slot for slot in slots if slot.start < until and slot.end > since)
        return sorted(inside, key=lambda slot: (slot.start, slot.reference))

    async def _agenda(self, person: Person, query: AgendaQuery) -> list[Maintenance]:
        rows = await self.reads.agenda(person.caller.organization_id, query)
        return [row.maintenance for row in rows]


def _slot(window: Maintenance, now: datetime) -> Slot:
    start, end = taken(window, now)
    return Slot(
        reference=window.reference,
        title=window.title,
        start=start,
        end=end,
        running=window.running,
    )


def _ahead(window: Maintenance, since: datetime, until: datetime) -> list[Slot]:
    return [
        Slot(reference=window.reference, title=window.title, start=start, end=end, again=True)
        for start, end in coming(window, since=since, until=until, limit=MOST)
    ]
