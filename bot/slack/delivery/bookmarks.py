"""The bookmarks of the incident's channel: its announcement, and where its alerts point."""

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.posting import Poster
from bot.slack.failures import Refused
from bot.slack.shapes import Room
from bot.slack.text import clip
from bot.slack.views.links import is_link
from core.effects import AddBookmarks
from core.language import say, to_say

MOST = 10
MAX_TITLE = 100
ANNOUNCEMENT_TITLE = to_say("Announcement")
REFUSED_LINK = frozenset({"invalid_link", "too_many_bookmarks"})
"""An odd link of an alert keeps no other one from its place."""


class Bookmarks:
    def __init__(self, poster: Poster) -> None:
        self._poster = poster

    async def add(self, effect: AddBookmarks, errand: IncidentErrand) -> None:
        if errand.room is None or errand.card.incident.deleted_at:
            return
        there = await errand.gateway.bookmarks(errand.room)
        links = {link for _, link in there}
        titles = {title for title, _ in there}
        for title, link in await self._wanted(errand):
            # Slack may write a link in its own way, so that the title tells as well.
            if link not in links and title not in titles:
                await _add(errand, errand.room, title, link)

    async def _wanted(self, errand: IncidentErrand) -> list[tuple[str, str]]:
        announced = await self._announcement(errand)
        alerts = [
            (clip(label, MAX_TITLE), link)
            for label, link in errand.card.links.items()
            if label.strip() and is_link(link)
        ]
        return [*announced, *alerts][:MOST]

    async def _announcement(self, errand: IncidentErrand) -> list[tuple[str, str]]:
        spot = await self._poster.announcement_thread(errand)
        if spot is None:
            return []
        try:
            link = await errand.gateway.permalink(spot.room, spot.thread_ts)
        except Refused:
            return []  # it was deleted; the channel is of use without a link to it
        return [(say(ANNOUNCEMENT_TITLE), link)]


async def _add(errand: IncidentErrand, room: Room, title: str, link: str) -> None:
    try:
        await errand.gateway.add_bookmark(room, title, link)
    except Refused as refused:
        if refused.code not in REFUSED_LINK:
            raise
