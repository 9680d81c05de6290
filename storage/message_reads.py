"""What was said of incidents, as readers ask for it."""

from functools import lru_cache

from sqlalchemy import ColumnElement, Integer, bindparam, select

from core.domain.ids import IncidentId, OrganizationId
from core.domain.update import Note, StatusUpdate
from core.domain.viewer import EVERYTHING, Viewer
from core.errors import InvalidInput, NotFound
from core.language import say
from core.views import UpdatePage, UpdateQuery
from storage.connection import Connection
from storage.notes import OF_INCIDENT as NOTES
from storage.notes import note_of
from storage.privacy import Eyed
from storage.readers import Readers
from storage.statements import Row, Statement
from storage.tables import incidents, notes, updates
from storage.updates import COLUMNS, update_of

_OURS = updates.c.organization_id == bindparam("organization")
_UPDATE = Eyed(
    select(*COLUMNS).where(_OURS, updates.c.id == bindparam("id")), updates.c.incident_id
)
_NOTES = Eyed(NOTES, notes.c.incident_id)
_PLACE = Statement(select(updates.c.sequence).where(_OURS, updates.c.id == bindparam("id")))


class SqlMessageReads:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._viewer: Viewer = EVERYTHING

    async def update(self, organization_id: OrganizationId, id: str) -> StatusUpdate:
        async def question(connection: Connection) -> list[Row]:
            values = {"organization": organization_id, "id": id}
            return await _UPDATE.fetch(connection, self._viewer, values)

        rows = await self._readers.glance(question)
        if not rows:
            raise NotFound(say("There is no status update {id}.", id=id))
        return update_of(rows[0])

    async def updates(self, organization_id: OrganizationId, query: UpdateQuery) -> UpdatePage:
        async def question(connection: Connection) -> UpdatePage:
            return await _page(connection, organization_id, query, self._viewer)

        return await self._readers.ask(question)

    async def notes(self, organization_id: OrganizationId, id: IncidentId) -> list[Note]:
        async def question(connection: Connection) -> list[Row]:
            values = {"organization": organization_id, "incident": id}
            return await _NOTES.fetch(connection, self._viewer, values)

        return [note_of(row) for row in await self._readers.glance(question)]


async def _page(
    connection: Connection, organization_id: OrganizationId, query: UpdateQuery, viewer: Viewer
) -> UpdatePage:
    which = {"organization": organization_id, "limit": query.limit + 1}
    if query.incident_id is not None:
        which["incident"] = query.incident_id
    if query.after is not None:
        which["after"] = await _place(connection, organization_id, query.after)
    statement = _newest(query.incident_id is not None, query.after is not None)
    rows = await statement.fetch(connection, viewer, which)
    shown = tuple(update_of(row) for row in rows[: query.limit])
    return UpdatePage(updates=shown, more=len(rows) > query.limit)


async def _place(connection: Connection, organization_id: OrganizationId, id: str) -> int:
    rows = await connection.fetch(_PLACE, {"organization": organization_id, "id": id})
    if not rows:
        raise InvalidInput(say("There is no status update {id}.", id=id), field="after")
    place: int = rows[0][0]
    return place


@lru_cache(maxsize=4)
def _newest(of_incident: bool, after: bool) -> Eyed:
    narrowed: list[ColumnElement[bool]] = []
    if of_incident:
        narrowed.append(updates.c.incident_id == bindparam("incident"))
    if after:
        narrowed.append(updates.c.sequence < bindparam("after", type_=Integer))
    return Eyed(
        select(*COLUMNS)
        .join(incidents, incidents.c.id == updates.c.incident_id)
        .where(_OURS, incidents.c.deleted_at.is_(None), *narrowed)
        .order_by(updates.c.sequence.desc())
        .limit(bindparam("limit", type_=Integer)),
        updates.c.incident_id,
    )
