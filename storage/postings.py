"""Where things of an incident stand in Slack, in SQL."""

from sqlalchemy import bindparam, select

from core.domain.ids import IncidentId, OrganizationId
from core.ports import Posting
from storage.connection import Connection
from storage.mapping import Mapping
from storage.readers import Readers
from storage.session import Draft
from storage.statements import Statement, replacement
from storage.tables import postings
from storage.writer import Writer

_POSTING = Mapping(Posting)
_FIND = Statement(
    select(*_POSTING.columns(postings)).where(
        postings.c.organization_id == bindparam("organization"),
        postings.c.incident_id == bindparam("incident"),
        postings.c.role == bindparam("role"),
    )
)
_RECORD = replacement(postings, "incident_id", "role")


class SqlPostings:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def find(
        self, organization_id: OrganizationId, incident_id: IncidentId, role: str
    ) -> Posting | None:
        values = {"organization": organization_id, "incident": incident_id, "role": role}

        async def question(connection: Connection) -> Posting | None:
            rows = await connection.fetch(_FIND, values)
            return _POSTING.value(rows[0]) if rows else None

        return await self._readers.glance(question)

    async def record(
        self, organization_id: OrganizationId, incident_id: IncidentId, posting: Posting
    ) -> None:
        row = _POSTING.row(posting, organization_id=organization_id, incident_id=incident_id)

        async def work(draft: Draft) -> None:
            draft.stage(_RECORD, row, ("postings", incident_id))

        await self._writer.submit(work)
