"""Which window is meant: the one named, the only one that fits, or a question."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from bot.slack.blocks import Message
from bot.slack.gesture import Person
from bot.slack.maintenance import wishes as w
from bot.slack.views.maintenance_card import maintenance_card
from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance
from core.ports import AgendaQuery, Clock, MaintenanceQuery, MaintenanceRow, ReadModels

NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""Later than anything is scheduled for."""

MOST = 100
SOON = timedelta(hours=1)
"""Somebody who names none may well mean the one that begins within it."""

Fits: TypeAlias = Callable[[Maintenance], bool]


class WindowTargets:
    def __init__(self, reads: ReadModels, clock: Clock) -> None:
        self._reads = reads
        self._clock = clock

    async def named(self, person: Person, id_or_reference: str) -> MaintenanceRow:
        """`NotFound` when there is no window of that name."""
        return await self._reads.maintenance(person.caller.organization_id, id_or_reference)

    async def card(self, person: Person, id: MaintenanceId) -> Message:
        """All there is to see of it at this moment."""
        card = await self._reads.maintenance_card(person.caller.organization_id, id)
        return maintenance_card(card, self._clock())

    async def meant(self, person: Person, wish: w.OnWindow) -> list[MaintenanceRow]:
        """The one that is named, or all that could be meant."""
        if wish.reference:
            return [await self.named(person, wish.reference)]
        rows = await self.active(person)
        for fits in preferences(wish):
            if found := [row for row in rows if fits(row.maintenance)]:
                due = [row for row in found if self._due(row.maintenance)]
                return due if isinstance(wish, w.Start) and len(due) == 1 else found
        return []

    def certain(self, wish: w.OnWindow, window: Maintenance) -> bool:
        """Whether the only one that fits may be taken for the one meant. What changes nothing yet
        may be about any; otherwise it runs, or its time has come or comes soon."""
        return bool(wish.reference) or asks(wish) or window.running or self._due(window)

    def _due(self, window: Maintenance) -> bool:
        return window.scheduled_only and window.scheduled_start_at - self._clock() <= SOON

    async def active(self, person: Person) -> list[MaintenanceRow]:
        """What runs, then what is still to come in the order of its starts; not what nobody
        started while it was time."""
        query = AgendaQuery(since=self._clock(), until=NEVER, completed=False, limit=MOST)
        rows = await self._reads.agenda(person.caller.organization_id, query)
        return sorted(rows, key=lambda row: not row.maintenance.running)

    async def newest(self, person: Person, limit: int) -> list[MaintenanceRow]:
        """Whatever their state, what was scheduled last first."""
        query = MaintenanceQuery(limit=limit)
        return [*(await self._reads.maintenances(person.caller.organization_id, query)).rows]


def asks(wish: w.OnWindow) -> bool:
    """Whether it only shows something: the window, or a form about it."""
    match wish:
        case w.Show() | w.Edit() | w.Extend(by=None, until=None):
            return True
        case w.Cancel(reason="") | w.Progress(text=""):
            return True
        case _:
            return False


def preferences(wish: w.OnWindow) -> tuple[Fits, ...]:
    """What the wish is most likely about comes first."""
    match wish:
        case w.Start() | w.Edit():
            return (_scheduled,)
        case w.Complete():
            return (_running,)
        case w.Skip():
            return (_recurs,)
        case w.Cancel():
            return (_any,)
        case _:
            return _running, _scheduled


def _running(window: Maintenance) -> bool:
    return window.running


def _scheduled(window: Maintenance) -> bool:
    return window.scheduled_only


def _recurs(window: Maintenance) -> bool:
    return window.scheduled_only and bool(window.recurrence)


def _any(window: Maintenance) -> bool:
    return True
