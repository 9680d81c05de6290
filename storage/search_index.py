"""Keeps what can be found in step with what is stored, within one transaction."""

from sqlalchemy import bindparam, select
from sqlalchemy import delete as sql_delete

from core.domain.ids import IncidentId, OrganizationId
from core.domain.incident import Incident
from core.domain.search import FINDABLE, MOST_UPDATES, Document, document_of
from core.domain.update import StatusUpdate
from storage.search_terms import filed
from storage.session import Draft
from storage.statements import Statement, deletion, replacement
from storage.tables import search_documents, updates

_documents = search_documents.c
_KEEP = replacement(search_documents, "id", keep=frozenset({"organization_id"}))
_FORGET = deletion(
    sql_delete(search_documents).where(
        _documents.organization_id == bindparam("organization"),
        _documents.id == bindparam("id"),
    ),
    search_documents,
)
"""Its vector goes with it."""
_SAID = Statement(
    select(updates.c.text)
    .where(
        updates.c.organization_id == bindparam("organization"),
        updates.c.incident_id == bindparam("id"),
    )
    .order_by(updates.c.sequence.desc())
    .limit(MOST_UPDATES)
)


class SearchIndex:
    def __init__(self, draft: Draft, organization_id: OrganizationId) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self._things: dict[str, object] = {}
        self._said: dict[str, list[str]] = {}

    def seen(self, id: str, thing: object) -> None:
        """So it was read: as long as its words stay, nothing need be written."""
        if isinstance(thing, FINDABLE):
            self._things[id] = thing

    async def keep(self, id: str, thing: object) -> None:
        if not isinstance(thing, FINDABLE):
            return
        before = self._things.get(id)
        self._things[id] = thing
        if before is None or document_of(before) != document_of(thing):
            said = await self._updates(thing) if isinstance(thing, Incident) else []
            self._write(id, document_of(thing, said))

    async def said(self, update: StatusUpdate) -> None:
        """Has to be told before the update is staged."""
        thing = self._things.get(update.incident_id)
        said = await self._stored(update.incident_id)
        said.append(update.text)
        if thing is not None:
            self._write(update.incident_id, document_of(thing, said))

    async def _updates(self, incident: Incident) -> list[str]:
        if incident.version > 1:
            return await self._stored(incident.id)
        return self._said.setdefault(incident.id, [])

    async def _stored(self, id: IncidentId) -> list[str]:
        """Those of this transaction included, the oldest first."""
        if id not in self._said:
            which = {"organization": self._organization_id, "id": id}
            rows = await self._draft.fetch(_SAID, which, ("updates", id))
            self._said[id] = [text for (text,) in reversed(rows)]
        return self._said[id]

    def _write(self, id: str, document: Document | None) -> None:
        if document is None:
            which = {"organization": self._organization_id, "id": id}
            self._draft.stage(_FORGET, which, ("search", id))
        else:
            self._draft.stage(_KEEP, row_of(document, self._organization_id), ("search", id))


def row_of(document: Document, organization_id: OrganizationId) -> dict[str, object]:
    """Its vector is of other words, until it is made anew."""
    return {
        "id": document.id,
        "organization_id": organization_id,
        "kind": document.kind,
        "title": document.title,
        "body": document.body,
        "words": filed(document, organization_id),
        "stale": True,
    }
