"""The announcement: there and true, in the channel where everybody looks."""

from bot.slack.delivery.errand import Errand
from bot.slack.delivery.posting import ANNOUNCEMENT, Poster
from bot.slack.failures import Refused
from bot.slack.naming import name_in
from bot.slack.shapes import Room, Spot
from bot.slack.views.announcement import announcement
from core.domain.ids import ChannelId
from core.effects import RefreshAnnouncement
from core.ports import Undeliverable


class Announcements:
    """`channel` is a name or an id; a name is looked up once per workspace."""

    def __init__(self, poster: Poster, channel: str) -> None:
        self._poster = poster
        self._channel = channel.lstrip("#")
        self._name = name_in(channel)
        self._known: dict[str, Room] = {}

    async def refresh(self, effect: RefreshAnnouncement, errand: Errand) -> None:
        standing = await self._poster.standing(errand, ANNOUNCEMENT)
        if standing is not None:
            await self._show(errand, Room(id=standing.channel_id, name=self._name))
        elif not errand.card.incident.deleted_at:
            await self._announce(errand)

    async def _announce(self, errand: Errand) -> None:
        """Another channel may have taken the name since it was looked up. Where none has, that is
        the reason, now as later: two reasons for one trouble would be told twice."""
        room = await self._room(errand)
        try:
            await self._show(errand, room)
        except Refused:
            self._known.pop(errand.workspace.team_id, None)
            another = await self._room(errand)
            if another == room:
                raise
            await self._show(errand, another)

    async def _show(self, errand: Errand, room: Room) -> None:
        message = announcement(errand.card)
        await self._poster.kept_true(errand, ANNOUNCEMENT, Spot(room=room), message)

    async def _room(self, errand: Errand) -> Room:
        if not self._name:
            return Room(id=ChannelId(self._channel))
        team = errand.workspace.team_id
        if team not in self._known:
            self._known[team] = await self._look_up(errand)
        return self._known[team]

    async def _look_up(self, errand: Errand) -> Room:
        async for channel in errand.gateway.channels():
            if channel.room.name == self._name.lower():
                return channel.room
        raise Undeliverable(
            f"There is no channel #{self._name} for announcements that Tocsin can see; "
            "create it (a private one: invite Tocsin) or set TOCSIN_ANNOUNCEMENT_CHANNEL, "
            "then replay."
        )
