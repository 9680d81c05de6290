"""`/api/v1/maintenances.ics`, and the token with which calendar programs read it."""

import asyncio

from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer, no_content
from bot.api.auth import Client, Gate
from bot.api.calendar.events import calendar_of
from bot.api.calendar.gathering import agenda_of
from bot.api.calendar.shapes import CalendarFeedAnswer, CalendarQuery, CalendarText
from bot.api.doors import Doors
from bot.api.operations import Access, Call, Operation, Tag
from bot.calendar_urls import FEED, feed_url
from bot.credentials import hash_of, new_token
from bot.web.authorization import unauthorized
from bot.web.lookups import Lookup
from bot.web.times import instant
from core.commands import OpenCalendarFeed, WithdrawCalendarFeed
from core.domain.account import Dialect
from core.domain.actor import Actor, Caller, Permission, Surface
from core.domain.ids import OrganizationId

READ = Operation(
    method="GET",
    path=FEED,
    name="read_calendar",
    summary="Maintenance as a calendar to subscribe to",
    description="Takes the token of the organisation's feed in the query, or any credential that "
    "may read maintenance. Shows what is over since a month at most, what is ahead, and for 90 "
    "days the occurrences that recurring maintenance will have.",
    tag=Tag.TOCSIN,
    needs=Access.CALENDAR,
    query=CalendarQuery,
    answers={200: CalendarText},
    media_type="text/calendar",
)
OPEN = Operation(
    method="POST",
    path="/api/v1/calendar-feed",
    name="open_calendar_feed",
    summary="Make the address of the calendar, or another one instead",
    description="The address is shown in this answer only; the one before serves no more.",
    tag=Tag.TOCSIN,
    needs=Permission.WRITE_INTEGRATIONS,
    answers={201: CalendarFeedAnswer},
)
WITHDRAW = Operation(
    method="DELETE",
    path="/api/v1/calendar-feed",
    name="withdraw_calendar_feed",
    summary="Make the address of the calendar useless",
    tag=Tag.TOCSIN,
    needs=Permission.WRITE_INTEGRATIONS,
    answers={204: None},
    refuses=frozenset({404}),
)


class CalendarFeed:
    def __init__(self, doors: Doors, gate: Gate, base_url: str) -> None:
        self._doors = doors
        self._gate = gate
        self._base_url = base_url
        self._writing = asyncio.Lock()  # one large calendar at a time leaves the others their turn
        self._tokens: Lookup[OrganizationId] = Lookup(doors.directory.calendar_feed)

    def register(self) -> None:
        self._doors.server.add(READ, self.read)
        self._doors.server.add(OPEN, self.open)
        self._doors.server.add(WITHDRAW, self.withdraw)

    async def read(self, call: Call) -> web.Response:
        """Made anew when something was committed, and once a minute, for time goes on as well."""
        organization_id = (await self._reader(call)).organization_id

        async def page() -> bytes:
            return await self._calendar(organization_id)

        minute = self._doors.clock().replace(second=0, microsecond=0)
        body = await self._doors.pages.page(("calendar", organization_id, minute), page)
        return web.Response(body=body, content_type="text/calendar", charset="utf-8")

    async def open(self, call: Call) -> web.Response:
        """Under the key of an earlier request its feed comes back, whose token nobody knows."""
        token = new_token()
        feed = await self._doors.bus.execute(
            OpenCalendarFeed(caller=call.client.caller, key=call.key, token_hash=hash_of(token))
        )
        is_new = feed.token_hash == hash_of(token)
        entry = {
            "url": feed_url(self._base_url, token) if is_new else None,
            "token": token if is_new else None,
            "created_at": instant(feed.created_at),
            "created_by": feed.created_by,
        }
        return answer(wire_v1.one(entry), status=201)

    async def withdraw(self, call: Call) -> web.Response:
        await self._doors.bus.execute(WithdrawCalendarFeed(caller=call.client.caller, key=call.key))
        return no_content()

    async def _reader(self, call: Call) -> Client:
        """Whoever has the token of a feed, or a credential; guessing is limited by the address it
        comes from."""
        token = call.query.token
        if token is None:
            return await self._gate.admit(call.request, Permission.READ_MAINTENANCES)
        organization_id = await self._tokens.find(token)
        if organization_id is None:
            await self._gate.turn_away(call.request)
            raise unauthorized("invalid_token", "This token does not open a calendar.")
        return await self._gate.count(_subscriber(organization_id), call.request)

    async def _calendar(self, organization_id: OrganizationId) -> bytes:
        reads = self._doors.reads
        organization = await reads.organization(organization_id)
        agenda = await agenda_of(reads, organization_id, self._doors.clock())

        def written() -> bytes:
            shown, expected = agenda.shown(), agenda.expected()
            return calendar_of(organization.name, shown, expected, agenda.now)

        async with self._writing:
            return await asyncio.to_thread(written)


def _subscriber(organization_id: OrganizationId) -> Client:
    """All calendar programs of an organisation are one to the limits."""
    caller = Caller(
        organization_id=organization_id,
        actor=Actor(surface=Surface.REST, name="calendar"),
        permissions=frozenset({Permission.READ_MAINTENANCES}),
    )
    return Client(caller=caller, dialect=Dialect.NEUTRAL, member="calendar")
