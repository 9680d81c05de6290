"""Notes on incidents in SQL."""

from typing import Any

from sqlalchemy import Column, bindparam, select

from core.domain.actor import Actor
from core.domain.ids import NoteId, OrganizationId
from core.domain.update import Note
from core.errors import NotFound
from core.language import say
from storage.session import EVERY, Draft
from storage.statements import Row, Statement, insertion
from storage.tables import notes

COLUMNS: list[Column[Any]] = [
    notes.c[name] for name in ("id", "incident_id", "text", "at", "surface", "author", "author_id")
]
_notes = select(*COLUMNS).where(notes.c.organization_id == bindparam("organization"))
_GET = Statement(_notes.where(notes.c.id == bindparam("id")))
OF_INCIDENT = _notes.where(notes.c.incident_id == bindparam("incident")).order_by(notes.c.sequence)
_INSERT = insertion(notes)


class SqlNotes:
    def __init__(self, draft: Draft, organization_id: OrganizationId) -> None:
        self._draft = draft
        self._organization_id = organization_id

    async def get(self, id: NoteId) -> Note:
        which = {"organization": self._organization_id, "id": id}
        row = await self._draft.one(_GET, which, ("notes", EVERY))
        if row is None:
            raise NotFound(say("There is no note {id}.", id=id))
        return note_of(row)

    async def add(self, note: Note) -> None:
        row = {
            "id": note.id,
            "organization_id": self._organization_id,
            "incident_id": note.incident_id,
            "text": note.text,
            "surface": note.by.surface,
            "author": note.by.name,
            "author_id": note.by.user_id,
            "at": note.at,
        }
        self._draft.stage(_INSERT, row, ("notes", note.id))


def note_of(row: Row) -> Note:
    id, incident_id, text, at, surface, author, author_id = row
    by = Actor(surface=surface, name=author, user_id=author_id)
    return Note(id=id, incident_id=incident_id, text=text, by=by, at=at)
