"""What is written down about an incident once it is over."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.domain.ids import IncidentId, UserId
from core.domain.postmortem_sections import without_empty
from core.domain.record import Record

MAX_TITLE = 500
MAX_BODY = 100_000
MAX_CONTRIBUTION = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmortem(Record):
    """`body` is Markdown. `contributors` were asked what they know."""

    NOUN: ClassVar[str] = "postmortem"
    PREFIX: ClassVar[str] = "pmt"

    incident_id: IncidentId
    title: str
    body: str
    contributors: tuple[UserId, ...] = ()
    published_at: datetime | None = None

    @property
    def readable(self) -> str:
        """Its body: once it is published, without what nobody wrote anything about."""
        return without_empty(self.body) if self.published_at else self.body

    @property
    def label(self) -> str:
        return self.title

    @property
    def parent_id(self) -> str | None:
        return self.incident_id

    @property
    def part_of(self) -> IncidentId | None:
        return self.incident_id

    @property
    def unique_key(self) -> str | None:
        """One for each incident."""
        return self.incident_id
