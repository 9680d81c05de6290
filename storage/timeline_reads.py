"""What happened to incidents, as readers ask for it."""

from core.domain.ids import EntryId, IncidentId, OrganizationId
from core.domain.viewer import EVERYTHING, Viewer
from core.errors import NotFound
from core.language import say
from core.views import TimelineEntry
from storage.connection import Connection
from storage.privacy import Eyed, as_seen
from storage.readers import Readers
from storage.tables import timeline
from storage.timeline import OF_INCIDENT, ONE, entry_of

_OF_INCIDENT = Eyed(OF_INCIDENT, timeline.c.incident_id)
_ONE = Eyed(ONE, timeline.c.incident_id)


class SqlTimelineReads:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._viewer: Viewer = EVERYTHING

    async def timeline(
        self, organization_id: OrganizationId, id: IncidentId
    ) -> list[TimelineEntry]:
        async def question(connection: Connection) -> list[TimelineEntry]:
            values = {"organization": organization_id, "incident": id}
            rows = await _OF_INCIDENT.fetch(connection, self._viewer, values)
            entries = [entry_of(row) for row in rows]
            return await as_seen(connection, organization_id, self._viewer, entries)

        return await self._readers.ask(question)

    async def entry(self, organization_id: OrganizationId, id: EntryId) -> TimelineEntry:
        async def question(connection: Connection) -> list[TimelineEntry]:
            values = {"organization": organization_id, "id": id}
            rows = await _ONE.fetch(connection, self._viewer, values)
            entries = [entry_of(row) for row in rows]
            return await as_seen(connection, organization_id, self._viewer, entries)

        entries = await self._readers.glance(question)
        if not entries:
            raise NotFound(say("There is no timeline entry {id}.", id=id))
        return entries[0]
