"""What Opsgenie's API tells of alerts: one, many, how many, their notes, and outcomes."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from itertools import islice
from typing import Any

from aiohttp import web

from bot.paging import genie
from bot.paging.alert_words import note_of, whole_alert
from bot.paging.finding import Finder
from bot.paging.listing import Listing, listing_of, paging
from bot.paging.opsgenie_acts import ALERTS, ONE
from bot.paging.outcomes import outcome, waiting_of
from bot.paging.query_terms import asks_for_open, fits
from bot.paging.switchboard import Ringing, Switchboard
from bot.web.problems import refusal
from core.domain.alert import AlertStatus, Fingerprint
from core.ports import AlertQuery, AlertRow, InboxRow

PAGE = 200
MOST_SEEN = 10_000
"""Of one question: so many alerts are looked at, the newest first."""

GLANCE = 0.05
"""Seconds between two looks at a request that is not carried out yet."""


class Reads:
    def __init__(self, switchboard: Switchboard, finder: Finder) -> None:
        self._switchboard = switchboard
        self._finder = finder
        self._around = switchboard.around

    def register(self, app: web.Application) -> None:
        app.router.add_get(ALERTS, self.several)
        app.router.add_get(f"{ALERTS}/count", self.count)
        app.router.add_get(f"{ALERTS}/requests/{{request_id}}", self.request)
        app.router.add_get(ONE, self.get)
        app.router.add_get(f"{ONE}/notes", self.notes)

    async def get(self, request: web.Request) -> web.Response:
        ringing = await genie.ringing(request, self._switchboard)
        row = await self._finder.named(ringing, request)
        return genie.told(whole_alert(row, ringing.integration, self._around.clock()))

    async def several(self, request: web.Request) -> web.Response:
        ringing = await genie.ringing(request, self._switchboard)
        listing = listing_of(request)
        found = await self._found(ringing, listing, enough=listing.enough)
        shown = list(islice(listing.sorted(found), listing.offset, listing.offset + listing.limit))
        more = len(found) > listing.offset + listing.limit
        return genie.told(shown, paging=paging(request, listing, more=more))

    async def count(self, request: web.Request) -> web.Response:
        ringing = await genie.ringing(request, self._switchboard)
        found = await self._found(ringing, listing_of(request), enough=None)
        return genie.told({"count": len(found)})

    async def notes(self, request: web.Request) -> web.Response:
        ringing = await genie.ringing(request, self._switchboard)
        row = await self._finder.named(ringing, request)
        notes = await self._around.reads.alert_notes(ringing.organization_id, row.episode.id)
        listing = listing_of(request, descending=False)
        ordered = notes[::-1] if listing.descending else notes
        place = next((i + 1 for i, n in enumerate(ordered) if n.id == listing.after), 0)
        return genie.told([note_of(note) for note in ordered[place : place + listing.limit]])

    async def request(self, request: web.Request) -> web.Response:
        """An alert that was just sent is usually known within moments, so they are waited for."""
        ringing = await genie.ringing(request, self._switchboard)
        row = await self._dealt(ringing, request.match_info["request_id"])
        waiting = waiting_of(row) if row else None
        if row is None or waiting is None:
            message = "Request not found. It might not be processed, yet."
            raise refusal(404, "not_found", message)
        alert = await self._alert_then(ringing, waiting.alias, row) if waiting.alias else None
        return genie.told(outcome(row, waiting, alert))

    async def _dealt(self, ringing: Ringing, request_id: str) -> InboxRow | None:
        looks = max(int(self._around.patience / GLANCE), 1)
        for _ in range(looks):
            row = await self._around.reads.delivery_of_request(
                ringing.organization_id, ringing.integration.id, request_id
            )
            if row is None or row.dealt_at:
                return row
            await asyncio.sleep(GLANCE)
        return None

    async def _alert_then(self, ringing: Ringing, alias: str, row: InboxRow) -> AlertRow | None:
        query = AlertQuery(
            fingerprint=Fingerprint(alias),
            integration_ids=frozenset({ringing.integration.id}),
            until=max(row.dealt_at or row.received_at, row.received_at),
            limit=1,
        )
        page = await self._around.reads.alerts(ringing.organization_id, query)
        return next((one for one in page.rows if not one.episode.orphan), None)

    async def _found(
        self, ringing: Ringing, listing: Listing, *, enough: int | None
    ) -> list[dict[str, Any]]:
        """Those that fit, newest first; no more than are `enough`."""
        now, found = self._around.clock(), []
        async with aclosing(self._newest(ringing, listing)) as rows:
            async for row in rows:
                shown = whole_alert(row, ringing.integration, now)
                if fits(listing.query, shown):
                    found.append(shown)
                if enough is not None and len(found) >= enough:
                    break
        return found

    async def _newest(self, ringing: Ringing, listing: Listing) -> AsyncGenerator[AlertRow, None]:
        firing = frozenset({AlertStatus.FIRING})
        query = AlertQuery(
            integration_ids=frozenset({ringing.integration.id}),
            statuses=firing if asks_for_open(listing.query) else frozenset(),
            limit=PAGE,
        )
        for _ in range(MOST_SEEN // PAGE):
            page = await self._around.reads.alerts(ringing.organization_id, query)
            for row in page.rows:
                if not row.episode.orphan:
                    yield row
            if not page.more:
                return
            query = replace(query, after=page.rows[-1].episode.id)
