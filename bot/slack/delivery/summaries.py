"""The week summed up in the digest channel, once, with a chart where Slack takes one."""

import asyncio
from dataclasses import replace
from functools import partial

import structlog

from bot.incident_settings import settings_of
from bot.slack import blocks as b
from bot.slack.delivery.errand import SourceErrand
from bot.slack.delivery.outages import Outages
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.rooms import Rooms
from bot.slack.failures import Refused
from bot.slack.gateway_files import FileDraft
from bot.slack.naming import name_in
from bot.slack.outages import DIGEST
from bot.slack.shapes import Room, Spot
from bot.slack.views.weekly import chart_words, picture_block, weekly_summary
from bot.weekly_chart import weekly_chart
from core.domain.ids import ChannelId
from core.domain.incident_settings import IncidentSettings
from core.domain.particulars import Mode
from core.domain.state import ACTIVE
from core.domain.weekly import WEEK, Week, WeeklySummary, week_of
from core.effects import PostSummary
from core.language import say
from core.ports import Posting, ReadModels
from core.views import IncidentQuery, IncidentRow

SUMMARY, PICTURE = "summary", "summary.picture"
AT_ONCE = 200
STANDARD = frozenset({Mode.STANDARD})
NOT_READY = "invalid_blocks"
"""What Slack says of a message with a picture that it has not looked at yet."""

PAUSES = (0.0, 1.0, 3.0)
"""Seconds before each attempt to show it."""

log = structlog.get_logger(__name__)


class Summaries:
    def __init__(self, poster: Poster, rooms: Rooms, reads: ReadModels, outages: Outages) -> None:
        self._poster = poster
        self._rooms = rooms
        self._reads = reads
        self._outages = outages

    async def post(self, effect: PostSummary, errand: SourceErrand) -> None:
        organization = errand.organization_id
        settings = await settings_of(self._reads, organization)
        if not settings.digest_channel:
            return
        summary = await self._reads.record(organization, WeeklySummary, effect.about)
        week = await self._week(errand, summary, settings)
        missing = say(
            "There is no channel #{name} for the digest that Tocsin can see; create it (a private "
            "one: invite Tocsin) or name another one in the settings.",
            name=name_in(settings.digest_channel) or settings.digest_channel,
        )

        async def show(room: Room) -> bool:
            return await self._shown(errand, room, week)

        channel = settings.digest_channel
        act = partial(self._rooms.shown_in, errand, channel, show, missing=missing)
        await self._outages.minding(errand, DIGEST, channel, act)

    async def _shown(self, errand: SourceErrand, room: Room, week: Week) -> bool:
        """With its picture as soon as Slack has made something of that; it may take a while over
        it, or not take it at all, and the facts are told all the same. Answers whether they had
        not been told before."""
        if await self._poster.standing(errand, SUMMARY):
            return False
        spot = Spot(room=room)
        picture = await self._picture(errand, week) if week.declared else None
        for pause in PAUSES if picture else ():
            await asyncio.sleep(pause)
            try:
                await self._poster.once(errand, SUMMARY, spot, weekly_summary(week, picture))
            except Refused as refused:
                if refused.code != NOT_READY:
                    raise
            else:
                return True
        await self._poster.once(errand, SUMMARY, spot, weekly_summary(week))
        return True

    async def _picture(self, errand: SourceErrand, week: Week) -> b.Block | None:
        """Sent once, however often the summary has to be tried."""
        standing = await self._poster.standing(errand, PICTURE)
        id = standing.ts if standing else await _uploaded(errand, week)
        if id and not standing:
            sent = Posting(role=PICTURE, channel_id=ChannelId(""), ts=id)
            await self._poster.note(errand, sent)
        return picture_block(id, week) if id else None

    async def _week(
        self, errand: SourceErrand, summary: WeeklySummary, settings: IncidentSettings
    ) -> Week:
        lately = IncidentQuery(created_after=summary.since - WEEK, modes=STANDARD)
        going_on = IncidentQuery(states=ACTIVE, modes=STANDARD)
        rows = [*await self._all(errand, lately), *await self._all(errand, going_on)]
        different = {row.id: row for row in rows if row.created_at < summary.until}
        return week_of(
            different.values(),
            since=summary.since,
            until=summary.until,
            timezone=settings.timezone,
        )

    async def _all(self, errand: SourceErrand, query: IncidentQuery) -> list[IncidentRow]:
        rows: list[IncidentRow] = []
        query = replace(query, published_only=True, limit=AT_ONCE)
        while True:
            page = await self._reads.incidents(errand.organization_id, query)
            rows += page.rows
            if not page.more:
                return rows
            last = page.rows[-1]
            query = replace(query, after=(last.created_at, last.id))


async def _uploaded(errand: SourceErrand, week: Week) -> str:
    """The id of the file; empty where Slack takes none."""
    image = await asyncio.to_thread(weekly_chart, week)
    draft = FileDraft(
        name="incidents-of-the-week.png",
        content=image,
        title=say("Incidents of the week"),
        alt=chart_words(week),
    )
    try:
        sent = await errand.gateway.upload(draft)
    except Refused as refused:
        log.warning("slack_chart_refused", reason=str(refused))
        return ""
    return sent.id
