"""The timeline in SQL: what happened, in the order in which it was written."""

from collections.abc import Collection

from sqlalchemy import bindparam, select

from core.domain.events import Event, IncidentEvent, MaintenanceEvent, RecordEvent
from core.domain.ids import EntryId, IncidentId, MaintenanceId, OrganizationId
from core.views import TimelineEntry
from storage.codec import event_from, event_text
from storage.expressions import OneOf
from storage.session import Draft
from storage.statements import Row, Statement, insertion
from storage.tables import timeline

ENTRY_COLUMNS = [timeline.c[name] for name in ("id", "at", "kind", "body", "sequence")]
_entries = select(*ENTRY_COLUMNS).where(timeline.c.organization_id == bindparam("organization"))
OF_INCIDENT = _entries.where(timeline.c.incident_id == bindparam("incident")).order_by(
    timeline.c.sequence
)
ENTRIES = Statement(OF_INCIDENT)
OF_MAINTENANCE = Statement(
    _entries.where(timeline.c.maintenance_id == bindparam("maintenance")).order_by(
        timeline.c.sequence
    )
)
_of_this = _entries.where(timeline.c.incident_id == bindparam("incident"))
_THIS = Statement(_of_this.where(timeline.c.id == bindparam("id")))
_one_of = OneOf(timeline.c.kind, "kinds")
_LAST = Statement(_of_this.where(_one_of).order_by(timeline.c.sequence.desc()).limit(1))
_LAST_BESIDE = Statement(_of_this.where(~_one_of).order_by(timeline.c.sequence.desc()).limit(1))
_OF_KINDS = Statement(_of_this.where(_one_of).order_by(timeline.c.sequence))
ONE = _entries.where(timeline.c.id == bindparam("id"))
_INSERT = insertion(timeline)


class SqlTimeline:
    def __init__(self, draft: Draft, organization_id: OrganizationId) -> None:
        self._draft = draft
        self._organization_id = organization_id

    async def entries(self, incident_id: IncidentId) -> list[TimelineEntry]:
        values = {"organization": self._organization_id, "incident": incident_id}
        rows = await self._draft.fetch(ENTRIES, values, ("timeline", incident_id))
        return [entry_of(row) for row in rows]

    async def entry(self, incident_id: IncidentId, id: str) -> TimelineEntry | None:
        values = {"organization": self._organization_id, "incident": incident_id, "id": id}
        row = await self._draft.one(_THIS, values, ("timeline", incident_id))
        return entry_of(row) if row else None

    async def last(
        self, incident_id: IncidentId, kinds: Collection[type[Event]], *, beside: bool = False
    ) -> TimelineEntry | None:
        values = {
            "organization": self._organization_id,
            "incident": incident_id,
            "kinds": [kind.__name__ for kind in kinds],
        }
        statement = _LAST_BESIDE if beside else _LAST
        row = await self._draft.one(statement, values, ("timeline", incident_id))
        return entry_of(row) if row else None

    async def of_kinds(
        self, incident_id: IncidentId, kinds: Collection[type[Event]]
    ) -> list[TimelineEntry]:
        values = {
            "organization": self._organization_id,
            "incident": incident_id,
            "kinds": [kind.__name__ for kind in kinds],
        }
        rows = await self._draft.fetch(_OF_KINDS, values, ("timeline", incident_id))
        return [entry_of(row) for row in rows]

    async def of_maintenance(self, id: MaintenanceId) -> list[TimelineEntry]:
        values = {"organization": self._organization_id, "maintenance": id}
        rows = await self._draft.fetch(OF_MAINTENANCE, values, ("timeline", id))
        return [entry_of(row) for row in rows]

    def add(self, id: EntryId, event: Event) -> None:
        incident_id = event.incident_id if isinstance(event, IncidentEvent | RecordEvent) else None
        window_id = event.maintenance_id if isinstance(event, MaintenanceEvent) else None
        row = {
            "id": id,
            "organization_id": self._organization_id,
            "incident_id": incident_id,
            "maintenance_id": window_id,
            "at": event.at,
            "kind": type(event).__name__,
            "body": event_text(event),
        }
        self._draft.stage(_INSERT, row, ("timeline", incident_id or window_id or ""))


def entry_of(row: Row) -> TimelineEntry:
    id, at, kind, body, number = row
    return TimelineEntry(id=id, at=at, event=event_from(kind, body), number=number)
