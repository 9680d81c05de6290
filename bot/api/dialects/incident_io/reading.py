"""Reads incidents as incident.io's clients ask for them: by id or number, in pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.api.auth import Client
from bot.api.dialects.incident_io.conditions import REAL
from bot.api.dialects.incident_io.paging import meta
from bot.api.dialects.incident_io.terms import Terms
from bot.api.dialects.incident_io.vocabulary import Vocabulary
from bot.api.doors import Doors
from bot.api.giving_up import record_to_change
from core.domain.ids import OrganizationId
from core.errors import InvalidInput, NotFound
from core.views import IncidentPage, IncidentQuery, IncidentRow


class IncidentReading:
    def __init__(self, doors: Doors, vocabulary: Vocabulary) -> None:
        self._doors = doors
        self._vocabulary = vocabulary

    async def row(self, client: Client, id: str) -> IncidentRow:
        """By its id, or by the n of `INC-n`; `NotFound` otherwise."""
        reads = self._doors.seen_by(client)
        return (await reads.incident(client.organization_id, _named(id))).row

    async def row_to_change(self, client: Client, key: str | None, id: str) -> IncidentRow:
        """The same; once more for whoever gave up their sight of it with this very request."""
        return (await record_to_change(self._doors, client, key, _named(id))).row

    async def meant(self, client: Client, id: str, *, field: str) -> IncidentRow:
        """The same for an id out of a body or a query: `InvalidInput` names its `field`."""
        try:
            return await self.row(client, id)
        except NotFound as error:
            raise InvalidInput("There is no incident with that id.", field=field) from error

    async def terms(self, organization_id: OrganizationId, rows: Sequence[IncidentRow]) -> Terms:
        return await self._vocabulary.terms(organization_id, rows)

    async def page(
        self, client: Client, query: IncidentQuery, after: str | None
    ) -> tuple[IncidentPage, Terms, dict[str, Any]]:
        """The incidents after the one with that id, what shows them, and where they end."""
        organization_id, place = client.organization_id, await self._place(client, after)
        page = await self._doors.seen_by(client).incidents(
            organization_id, replace(query, after=place)
        )
        last = page.rows[-1].id if page.rows and page.more else None
        terms = await self.terms(organization_id, page.rows)
        return page, terms, {**meta(query.limit, last), "total_record_count": page.total}

    async def _place(self, client: Client, after: str | None) -> tuple[datetime, str] | None:
        if after is None:
            return None
        row = await self.meant(client, after, field="after")
        return row.created_at, row.id


STANDARD = IncidentQuery(modes=REAL)
"""What lists show that are asked for nothing else."""


def _named(id: str) -> str:
    return f"INC-{id}" if id.isascii() and id.isdecimal() else id
