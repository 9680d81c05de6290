"""The topic of the incident's channel, set only when it says something else."""

from hashlib import sha256

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.posting import Poster
from bot.slack.shapes import Room
from bot.slack.views.topic import topic
from core.effects import RefreshTopic
from core.ports import Posting

ROLE = "topic"


class Topics:
    def __init__(self, poster: Poster) -> None:
        self._poster = poster

    async def refresh(self, effect: RefreshTopic, errand: IncidentErrand) -> None:
        if errand.room is None:
            return
        wanted = topic(errand.card)
        mark = sha256(wanted.encode()).hexdigest()[:32]
        standing = await self._poster.standing(errand, ROLE)
        if standing and (standing.ts, standing.channel_id) == (mark, errand.room.id):
            return
        await self._set(errand, errand.room, wanted)
        posting = Posting(role=ROLE, channel_id=errand.room.id, ts=mark)
        await self._poster.note(errand, posting)

    @staticmethod
    async def _set(errand: IncidentErrand, room: Room, wanted: str) -> None:
        """Setting the same topic twice would be seen twice in the channel."""
        if errand.parcel.doubtful and (await errand.gateway.channel(room)).topic == wanted:
            return
        await errand.gateway.set_topic(room, wanted)
