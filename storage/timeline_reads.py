"""What happened to incidents, as readers ask for it."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Integer, Select, bindparam, case, func, select, tuple_

from core.domain.ids import EntryId, IncidentId, OrganizationId
from core.domain.viewer import EVERYTHING, Viewer
from core.errors import NotFound
from core.language import say
from core.views import TimelineEntry, TimelineQuery, TimelineStretch
from storage.connection import Connection
from storage.expressions import OneOf
from storage.privacy import Eyed, as_seen
from storage.readers import Readers
from storage.tables import timeline
from storage.timeline import ENTRY_COLUMNS, OF_INCIDENT, ONE, entry_of
from storage.types import UtcDateTime

_OF_INCIDENT = Eyed(OF_INCIDENT, timeline.c.incident_id)
_ONE = Eyed(ONE, timeline.c.incident_id)
_NAMED = Eyed(OF_INCIDENT.where(OneOf(timeline.c.id, "ids")), timeline.c.incident_id)
_READ = (
    timeline.c.organization_id == bindparam("organization"),
    timeline.c.incident_id == bindparam("incident"),
    ~OneOf(timeline.c.kind, "unread"),
    ~OneOf(timeline.c.id, "apart"),
)
_BEFORE = tuple_(timeline.c.at, timeline.c.sequence) < tuple_(
    bindparam("until_at", type_=UtcDateTime), bindparam("until_number", type_=BigInteger)
)
_count: Select[Any] = select(func.count()).where(*_READ)
_COUNT = Eyed(_count, timeline.c.incident_id)
_COUNT_UNTIL = Eyed(_count.add_columns(func.count(case((_BEFORE, 1)))), timeline.c.incident_id)


class SqlTimelineReads:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._viewer: Viewer = EVERYTHING

    async def timeline(
        self, organization_id: OrganizationId, id: IncidentId
    ) -> list[TimelineEntry]:
        values = {"organization": organization_id, "incident": id}

        async def question(connection: Connection) -> list[TimelineEntry]:
            return await self._entries(connection, _OF_INCIDENT, values)

        return await self._readers.ask(question)

    async def timeline_named(
        self, organization_id: OrganizationId, id: IncidentId, entry_ids: Collection[str]
    ) -> list[TimelineEntry]:
        values = {"organization": organization_id, "incident": id, "ids": sorted(entry_ids)}

        async def question(connection: Connection) -> list[TimelineEntry]:
            return await self._entries(connection, _NAMED, values)

        return await self._readers.ask(question)

    async def timeline_stretch(
        self, organization_id: OrganizationId, id: IncidentId, query: TimelineQuery
    ) -> TimelineStretch:
        values = {"organization": organization_id, "incident": id, **_given(query)}
        until = query.until is not None

        async def question(connection: Connection) -> TimelineStretch:
            counting = _COUNT_UNTIL if until else _COUNT
            [counted] = await counting.fetch(connection, self._viewer, values)
            entries = await self._entries(connection, _stretch(query.last, until), values)
            total, end = counted[0], counted[-1]
            before = max(end - len(entries), 0) if query.last else min(query.offset, total)
            return TimelineStretch(entries=tuple(entries), before=before, total=total)

        return await self._readers.snapshot(question)

    async def entry(self, organization_id: OrganizationId, id: EntryId) -> TimelineEntry:
        values = {"organization": organization_id, "id": id}

        async def question(connection: Connection) -> list[TimelineEntry]:
            return await self._entries(connection, _ONE, values)

        entries = await self._readers.glance(question)
        if not entries:
            raise NotFound(say("There is no timeline entry {id}.", id=id))
        return entries[0]

    async def _entries(
        self, connection: Connection, statement: Eyed, values: dict[str, Any]
    ) -> list[TimelineEntry]:
        rows = await statement.fetch(connection, self._viewer, values)
        entries = [entry_of(row) for row in rows]
        organization_id = OrganizationId(values["organization"])
        return await as_seen(connection, organization_id, self._viewer, entries)


def _given(query: TimelineQuery) -> dict[str, Any]:
    at, number = query.until or (None, None)
    return {
        "unread": sorted(kind.__name__ for kind in query.unread),
        "apart": sorted(query.apart),
        "until_at": at,
        "until_number": number,
        "limit": query.limit,
        "offset": 0 if query.last else query.offset,
    }


@lru_cache(maxsize=4)
def _stretch(last: bool, until: bool) -> Eyed:
    """Chosen by when they were, and only then read: what the others say is long."""
    order = (timeline.c.at, timeline.c.sequence)
    those = (
        select(timeline.c.sequence)
        .where(*_READ, *([_BEFORE] if until else []))
        .order_by(*(one.desc() if last else one for one in order))
        .limit(bindparam("limit", type_=Integer))
        .offset(bindparam("offset", type_=BigInteger))
    )
    chosen = select(*ENTRY_COLUMNS).where(timeline.c.sequence.in_(those)).order_by(*order)
    return Eyed(chosen, timeline.c.incident_id)
