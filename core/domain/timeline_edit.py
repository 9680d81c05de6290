"""Corrections of an incident's history: other words, another time, or left out."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.domain.ids import IncidentId
from core.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEdit(Record):
    """Of the line with the id `line_id`; what happened stays as it was written down, and is read
    with `text` and at `at` where they are given, and not at all where it is `hidden`."""

    NOUN: ClassVar[str] = "timeline edit"
    PREFIX: ClassVar[str] = "ted"

    incident_id: IncidentId
    line_id: str
    text: str | None = None
    at: datetime | None = None
    hidden: bool = False

    @property
    def label(self) -> str:
        return self.line_id

    @property
    def parent_id(self) -> str | None:
        return self.incident_id

    @property
    def unique_key(self) -> str | None:
        return self.line_id
