"""What happened, as it is read again."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.events import Event
from core.domain.ids import EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    id: EntryId
    at: datetime
    event: Event
