"""The calendar feed of an organisation in SQL."""

from sqlalchemy import bindparam, delete, select

from core.domain.calendar_feed import CalendarFeed
from core.domain.events import Event
from core.domain.ids import OrganizationId
from core.errors import NotFound
from storage.incidents import Record
from storage.mapping import Mapping
from storage.session import Draft, Key
from storage.statements import Statement, deletion, replacement
from storage.tables import calendar_feeds

_FEED = Mapping(CalendarFeed)
_ours = calendar_feeds.c.organization_id == bindparam("organization")
_GET = Statement(select(*_FEED.columns(calendar_feeds)).where(_ours))
_PUT = replacement(calendar_feeds, "organization_id")
_DELETE = deletion(delete(calendar_feeds).where(_ours), calendar_feeds)


class SqlCalendarFeeds:
    def __init__(self, draft: Draft, organization_id: OrganizationId, record: Record) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self._record = record

    async def get(self) -> CalendarFeed:
        row = await self._draft.one(_GET, {"organization": self._organization_id}, self._key)
        if row is None:
            raise NotFound("There is no calendar feed.")
        return _FEED.value(row)

    async def put(self, feed: CalendarFeed, *, because: Event) -> CalendarFeed:
        await self._draft.settle(self._key)
        row = _FEED.row(feed, organization_id=self._organization_id)
        self._draft.stage(_PUT, row, self._key)
        self._record(because)
        return feed

    async def delete(self, *, because: Event) -> None:
        await self._draft.settle(self._key)
        self._draft.stage(_DELETE, {"organization": self._organization_id}, self._key)
        self._record(because)

    @property
    def _key(self) -> Key:
        return ("calendar_feeds", self._organization_id)
