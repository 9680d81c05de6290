"""What was said of alerts, in SQL."""

from sqlalchemy import bindparam, select

from core.domain.alert_note import AlertNote
from core.domain.ids import OrganizationId
from storage.mapping import Mapping
from storage.session import Draft
from storage.statements import Statement, insertion
from storage.tables import alert_notes

NOTE = Mapping(AlertNote)
OF_ALERT = Statement(
    select(*NOTE.columns(alert_notes))
    .where(
        alert_notes.c.organization_id == bindparam("organization"),
        alert_notes.c.alert_id == bindparam("alert"),
    )
    .order_by(alert_notes.c.at, alert_notes.c.id)
)
_INSERT = insertion(alert_notes)


class SqlAlertNotes:
    def __init__(self, draft: Draft, organization_id: OrganizationId) -> None:
        self._draft = draft
        self._organization_id = organization_id

    async def add(self, note: AlertNote) -> None:
        row = NOTE.row(note, organization_id=self._organization_id)
        self._draft.stage(_INSERT, row, ("alert notes", note.alert_id))
