"""What happened, as it is read again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from core.domain.events import Event
from core.domain.ids import EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """What was written down later has a greater `number`."""

    id: EntryId
    at: datetime
    event: Event
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineQuery:
    """A stretch of what happened to an incident, by time; of the same moment as it was written.

    `unread` kinds and the entries in `apart` are not counted. With `last` they are the last ones,
    of those that stand before `until` where it is given: a time, and a number among its equals.
    """

    limit: int
    offset: int = 0
    unread: Collection[type[Event]] = ()
    apart: Collection[str] = ()
    last: bool = False
    until: tuple[datetime, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStretch:
    """`before` is how many stand before the first of the `entries`, `total` how many there are."""

    entries: tuple[TimelineEntry, ...]
    before: int
    total: int
