"""Status updates in SQL."""

from typing import Any

from sqlalchemy import Column

from core.domain.actor import Actor
from core.domain.ids import OrganizationId
from core.domain.update import StatusUpdate
from storage.search_index import SearchIndex
from storage.session import Draft
from storage.statements import Row, insertion
from storage.tables import updates

COLUMNS: list[Column[Any]] = [
    updates.c[name]
    for name in (
        *("id", "incident_id", "phase", "text", "at", "surface", "author", "author_id"),
        *("status", "severity"),
    )
]
_INSERT = insertion(updates)


class SqlUpdates:
    def __init__(self, draft: Draft, organization_id: OrganizationId, search: SearchIndex) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self._search = search

    async def add(self, update: StatusUpdate) -> None:
        row = {
            "id": update.id,
            "organization_id": self._organization_id,
            "incident_id": update.incident_id,
            "phase": update.phase,
            "text": update.text,
            "surface": update.by.surface,
            "author": update.by.name,
            "author_id": update.by.user_id,
            "at": update.at,
            "status": update.status,
            "severity": update.severity,
        }
        await self._search.said(update)
        self._draft.stage(_INSERT, row, ("updates", update.incident_id))


def update_of(row: Row) -> StatusUpdate:
    id, incident_id, phase, text, at, surface, author, author_id, status, severity = row
    return StatusUpdate(
        id=id,
        incident_id=incident_id,
        phase=phase,
        text=text,
        at=at,
        by=Actor(surface=surface, name=author, user_id=author_id),
        status=status or "",
        severity=severity or "",
    )
