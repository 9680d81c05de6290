"""What was said of alerts, in a list."""

from dataclasses import dataclass

from core.domain.alert_note import AlertNote
from tests.fakes.rows import OrganizationRows


@dataclass(frozen=True, slots=True)
class FakeAlertNotes:
    rows: OrganizationRows

    async def add(self, note: AlertNote) -> None:
        self.rows.alert_notes.append(note)
