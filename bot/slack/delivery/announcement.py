"""The announcement: there and true, in the channel where everybody looks."""

import re

from bot.slack.delivery.errand import Errand
from bot.slack.delivery.posting import ANNOUNCEMENT, Poster
from bot.slack.failures import Refused
from bot.slack.shapes import Room, Spot
from bot.slack.views.announcement import announcement
from core.domain.ids import ChannelId
from core.effects import RefreshAnnouncement
from core.ports import Undeliverable

_ID = re.compile(r"[CG][A-Z0-9]{6,}")


class Announcements:
    """`channel` is a name or an id; a name is looked up once per workspace."""

    def __init__(self, poster: Poster, channel: str) -> None:
        self._poster = poster
        self._channel = channel.lstrip("#")
        self._known: dict[str, Room] = {}

    async def refresh(self, effect: RefreshAnnouncement, errand: Errand) -> None:
        standing = await self._poster.standing(errand, ANNOUNCEMENT)
        if standing is None and errand.card.incident.deleted_at:
            return
        name = self._channel if not _ID.fullmatch(self._channel) else ""
        room = Room(id=standing.channel_id, name=name) if standing else await self._room(errand)
        message = announcement(errand.card)
        try:
            await self._poster.kept_true(errand, ANNOUNCEMENT, Spot(room=room), message)
        except Refused:
            self._known.pop(errand.workspace.team_id, None)  # another may take its place
            raise

    async def _room(self, errand: Errand) -> Room:
        if _ID.fullmatch(self._channel):
            return Room(id=ChannelId(self._channel))
        team = errand.workspace.team_id
        if team not in self._known:
            self._known[team] = await self._look_up(errand)
        return self._known[team]

    async def _look_up(self, errand: Errand) -> Room:
        async for channel in errand.gateway.channels():
            if channel.room.name == self._channel.lower():
                return channel.room
        raise Undeliverable(
            f"There is no channel #{self._channel} for announcements that Tocsin can see; "
            "create it (a private one: invite Tocsin) or set TOCSIN_ANNOUNCEMENT_CHANNEL, "
            "then replay."
        )
