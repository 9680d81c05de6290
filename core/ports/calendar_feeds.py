"""The calendar feed of an organisation, inside a transaction."""

from typing import Protocol

from core.domain.calendar_feed import CalendarFeed
from core.domain.events import Event


class CalendarFeeds(Protocol):
    """The one of the transaction's organisation."""

    async def get(self) -> CalendarFeed:
        """The feed, or `NotFound`."""

    async def put(self, feed: CalendarFeed, *, because: Event) -> CalendarFeed:
        """Instead of the one before, if there was one."""

    async def delete(self, *, because: Event) -> None: ...
