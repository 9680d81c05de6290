"""The calendar feed of an organisation, in its rows."""

from collections.abc import Callable
from dataclasses import dataclass

from core.domain.calendar_feed import CalendarFeed
from core.domain.events import Event
from core.errors import NotFound
from tests.fakes.rows import OrganizationRows


@dataclass(frozen=True, slots=True)
class FakeCalendarFeeds:
    rows: OrganizationRows
    record: Callable[[Event], None]

    async def get(self) -> CalendarFeed:
        if self.rows.calendar_feed is None:
            raise NotFound("There is no calendar feed.")
        return self.rows.calendar_feed

    async def put(self, feed: CalendarFeed, *, because: Event) -> CalendarFeed:
        self.rows.calendar_feed = feed
        self.record(because)
        return feed

    async def delete(self, *, because: Event) -> None:
        self.rows.calendar_feed = None
        self.record(because)
