"""The announcement: there and true, in the channel where everybody looks."""

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.posting import ANNOUNCEMENT, Poster
from bot.slack.delivery.rooms import Rooms
from bot.slack.delivery.turns import Turns
from bot.slack.naming import name_in
from bot.slack.shapes import Room, Spot
from bot.slack.views.announcement import announcement
from core.effects import RefreshAnnouncement


class Announcements:
    """`channel` is a name or an id."""

    def __init__(self, poster: Poster, rooms: Rooms, channel: str) -> None:
        self._poster = poster
        self._rooms = rooms
        self._channel = channel
        self._missing = nowhere_to_announce(name_in(channel))
        self._turns: dict[str, Turns] = {}

    async def refresh(self, effect: RefreshAnnouncement, errand: IncidentErrand) -> None:
        async def show(room: Room) -> None:
            message = announcement(errand.card)
            await self._poster.kept_true(errand, ANNOUNCEMENT, Spot(room=room), message)

        standing = await self._poster.standing(errand, ANNOUNCEMENT)
        if standing is not None:
            await show(Room(id=standing.channel_id, name=name_in(self._channel)))
        elif not errand.card.incident.deleted_at:
            # Many at once, as after an outage, are read in the order in which they began.
            turns = self._turns.setdefault(errand.workspace.team_id, Turns())
            async with turns.turn(errand.parcel.id):
                await self._rooms.shown_in(errand, self._channel, show, missing=self._missing)


def nowhere_to_announce(name: str) -> str:
    return (
        f"There is no channel #{name} for announcements that Tocsin can see; "
        "create it (a private one: invite Tocsin) or set TOCSIN_ANNOUNCEMENT_CHANNEL, "
        "then replay."
    )
