"""The history of an incident, read from where its parts are kept.

Of a long one only what a page shows is read whole. What stands elsewhere than the log has it (what
people corrected, and messages that they kept) is little, and known each time.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from bot.retelling import as_all_may_read
from core.domain.chronicle import UNREAD, Line, Place, PlacedLine, chronicle, placed_lines
from core.domain.ids import IncidentId, OrganizationId
from core.domain.incident import Incident
from core.domain.kept_message import KeptMessage
from core.domain.timeline_edit import TimelineEdit
from core.ports import ReadModels, RecordQuery
from core.ports.records import K
from core.views import TimelineEntry, TimelineQuery, TimelineStretch

AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """Lines that stand together: `before` is how many stand before them, `total` how many there
    are. `left_out` lines are in no leaf."""

    lines: Sequence[Line]
    before: int
    total: int
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Apart:
    """What people made of a history: what they said, and what they corrected."""

    messages: Sequence[KeptMessage]
    edits: Sequence[TimelineEdit]

    @property
    def corrected(self) -> frozenset[str]:
        return frozenset(one.line_id for one in self.edits)

    def placed(self, entries: Collection[TimelineEntry]) -> list[PlacedLine]:
        """With those of the log that were corrected."""
        return placed_lines(entries, self.messages, self.edits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronicles:
    """Of one incident; `reads` are those of whoever looks."""

    reads: ReadModels
    organization_id: OrganizationId
    id: IncidentId

    async def newest(self, limit: int, place: str = "") -> Leaf:
        """The last lines before the one called `place`; the newest without one, or where it left
        its place meanwhile."""
        apart = await self._apart()
        named = await self._named(apart.corrected | ({place} if place else set()))
        moved = apart.placed([one for one in named if one.id in apart.corrected])
        began = [*moved, *placed_lines(one for one in named if one.id not in apart.corrected)]
        until = next((one.place for one in _shown(began) if one.line.id == place), None)
        leaf = await self._until(until, limit, apart, moved)
        if leaf.lines or until is None:
            return leaf
        return await self._until(None, limit, apart, moved)

    async def stretch(self, offset: int, limit: int, *, hidden_too: bool = False) -> Leaf:
        """Those from `offset` on, oldest first."""
        apart = await self._apart()
        every = apart.placed(await self._named(apart.corrected))
        moved = every if hidden_too else _shown(every)
        begin = max(offset - len(moved), 0)
        found = await self._found(apart, offset=begin, limit=offset + limit - begin)
        # Whatever moved to a place before `begin` stands before `offset`: there is no more of it.
        lines = _together(moved, found)[offset - begin :][:limit]
        total, left_out = found.total + len(moved), len(every) - len(moved)
        return Leaf(lines=lines, before=min(offset, total), total=total, left_out=left_out)

    async def left_out(self) -> list[Line]:
        apart = await self._apart()
        moved = apart.placed(await self._named(apart.corrected))
        return [one.line for one in moved if one.line.hidden]

    async def line(self, id: str) -> Line | None:
        """Also one that is left out."""
        apart = await self._apart()
        placed = apart.placed(await self._named({id}))
        return next((one.line for one in placed if one.line.id == id), None)

    async def _until(
        self, until: Place | None, limit: int, apart: _Apart, moved: Sequence[PlacedLine]
    ) -> Leaf:
        shown = _shown(moved)
        before = [one for one in shown if until is None or one.place < until]
        found = await self._found(apart, limit=limit, last=True, until=until)
        lines = _together(before, found)
        return Leaf(
            lines=lines[-limit:],
            before=found.before + max(len(lines) - limit, 0),
            total=found.total + len(shown),
            left_out=len(moved) - len(shown),
        )

    async def _found(self, apart: _Apart, **stretch: Any) -> TimelineStretch:
        query = TimelineQuery(unread=UNREAD, apart=apart.corrected, **stretch)
        return await self.reads.timeline_stretch(self.organization_id, self.id, query)

    async def _named(self, ids: Collection[str]) -> list[TimelineEntry]:
        if not ids:
            return []
        return await self.reads.timeline_named(self.organization_id, self.id, ids)

    async def _apart(self) -> _Apart:
        where = (self.reads, self.organization_id)
        return _Apart(
            messages=await kept_messages_of(*where, self.id),
            edits=await _of_incident(*where, TimelineEdit, self.id),
        )


def _shown(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    return [one for one in lines if not one.line.hidden]


def _together(moved: Sequence[PlacedLine], found: TimelineStretch) -> list[Line]:
    ordered = sorted([*moved, *placed_lines(found.entries)], key=lambda one: one.place)
    return [one.line for one in ordered]


async def chronicle_of(
    reads: ReadModels, organization_id: OrganizationId, id: IncidentId
) -> list[Line]:
    """What is to be read of it, by time."""
    entries = await reads.timeline(organization_id, id)
    return await _with_words(reads, organization_id, id, entries)


async def chronicle_for_all(
    reads: ReadModels, organization_id: OrganizationId, incident: Incident
) -> list[Line]:
    """The same for everybody who may know of it; `reads` are those of one of them."""
    entries = await reads.timeline(organization_id, incident.id)
    told = await as_all_may_read(reads, organization_id, incident, entries)
    return await _with_words(reads, organization_id, incident.id, told)


async def _with_words(
    reads: ReadModels,
    organization_id: OrganizationId,
    id: IncidentId,
    entries: Sequence[TimelineEntry],
) -> list[Line]:
    """With what people said of it, and without what they left out."""
    messages = await kept_messages_of(reads, organization_id, id)
    edits = await _of_incident(reads, organization_id, TimelineEdit, id)
    return chronicle(entries, messages, edits)


async def kept_messages_of(
    reads: ReadModels, organization_id: OrganizationId, id: IncidentId
) -> list[KeptMessage]:
    return await _of_incident(reads, organization_id, KeptMessage, id)


async def _of_incident(
    reads: ReadModels, organization_id: OrganizationId, kind: type[K], id: IncidentId
) -> list[K]:
    query, found = RecordQuery(parent_id=id, limit=AT_ONCE), list[K]()
    while True:
        page = await reads.records(organization_id, kind, query)
        found += page.rows
        if not page.more:
            return found
        last = page.rows[-1]
        query = RecordQuery(parent_id=id, limit=AT_ONCE, after=(last.created_at, last.id))
