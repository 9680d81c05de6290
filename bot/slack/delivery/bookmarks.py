"""The bookmarks of the incident's channel: its announcement, call and links, and its alerts'."""

from collections.abc import Collection

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.posting import Poster
from bot.slack.failures import Refused
from bot.slack.shapes import Bookmark, Room
from bot.slack.text import clip
from bot.slack.views.links import is_link
from bot.slack.views.particulars import address
from core.domain.incident import Incident
from core.effects import AddBookmarks
from core.language import say, to_say

MOST = 10
MAX_TITLE = 100
ANNOUNCEMENT_TITLE = to_say("Announcement")
CALL_TITLE = to_say("Call")
REFUSED_LINK = frozenset({"invalid_link", "too_many_bookmarks"})
"""An odd link of an alert keeps no other one from its place."""


class Bookmarks:
    def __init__(self, poster: Poster) -> None:
        self._poster = poster

    async def add(self, effect: AddBookmarks, errand: IncidentErrand) -> None:
        if errand.room is None or errand.card.incident.deleted_at:
            return
        wanted = await self._wanted(errand)
        there = await _without_stale(errand, errand.room, wanted)
        links = {one.link for one in there}
        titles = {one.title for one in there}
        for title, link in wanted:
            # Slack may write a link in its own way, so that the title tells as well.
            if link not in links and title not in titles:
                await _add(errand, errand.room, title, link)
                links.add(link)
                titles.add(title)

    async def _wanted(self, errand: IncidentErrand) -> list[tuple[str, str]]:
        announced = await self._announcement(errand)
        alerts = [
            (clip(label, MAX_TITLE), link)
            for label, link in errand.card.links.items()
            if label.strip() and is_link(link)
        ]
        return [*announced, *_pointed_at(errand.card.incident), *alerts][:MOST]

    async def _announcement(self, errand: IncidentErrand) -> list[tuple[str, str]]:
        spot = await self._poster.announcement_thread(errand)
        if spot is None:
            return []
        try:
            link = await errand.gateway.permalink(spot.room, spot.thread_ts)
        except Refused:
            return []  # it was deleted; the channel is of use without a link to it
        return [(say(ANNOUNCEMENT_TITLE), link)]


def _pointed_at(incident: Incident) -> list[tuple[str, str]]:
    called = [(say(CALL_TITLE), incident.call_url)]
    named = [(_named(one), one) for one in incident.links]
    return [(title, link) for title, link in [*called, *named] if is_link(link)]


def _named(link: str) -> str:
    return clip(address(link), MAX_TITLE)


async def _without_stale(
    errand: IncidentErrand, room: Room, wanted: Collection[tuple[str, str]]
) -> list[Bookmark]:
    """Those that stay, after the ones of ours have gone that led to another call or link."""
    kept, links = [], {link for _, link in wanted}
    for one in await errand.gateway.bookmarks(room):
        ours = one.by == errand.workspace.bot_user_id
        pointing = one.title in (say(CALL_TITLE), _named(one.link))
        if ours and pointing and one.link not in links:
            await errand.gateway.remove_bookmark(room, one.id)
        else:
            kept.append(one)
    return kept


async def _add(errand: IncidentErrand, room: Room, title: str, link: str) -> None:
    try:
        await errand.gateway.add_bookmark(room, title, link)
    except Refused as refused:
        if refused.code not in REFUSED_LINK:
            raise
