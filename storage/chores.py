"""What is due, found by indexes that hold little else."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, select

from core.domain.ids import IncidentId, OrganizationId
from storage.connection import Connection
from storage.readers import Readers
from storage.statements import Row, Statement
from storage.tables import incidents
from storage.tables.incidents import metric_drafts
from storage.types import UtcDateTime

_FORGOTTEN_DRAFTS = Statement(
    select(incidents.c.organization_id, incidents.c.id)
    .where(metric_drafts, incidents.c.updated_at <= bindparam("before", type_=UtcDateTime))
    .order_by(incidents.c.updated_at, incidents.c.id)
    .limit(bindparam("limit", type_=Integer))
)


class SqlChores:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def forgotten_drafts(
        self, before: datetime, limit: int
    ) -> list[tuple[OrganizationId, IncidentId]]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(_FORGOTTEN_DRAFTS, {"before": before, "limit": limit})

        return [(organization_id, id) for organization_id, id in await self._readers.ask(question)]
