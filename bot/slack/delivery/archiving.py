"""The channel of an incident that is over is archived, and brought back when it goes on."""

from bot.slack.channel_truth import Standing, standing_of
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.following import Following
from bot.slack.delivery.posting import as_member
from bot.slack.failures import Refused
from bot.slack.shapes import Room
from core.domain.channel_fate import ChannelFate
from core.domain.state import OVER
from core.effects import ArchiveChannel, UnarchiveChannel


class Archives:
    def __init__(self, following: Following) -> None:
        self._following = following

    async def archive(self, effect: ArchiveChannel, errand: IncidentErrand) -> None:
        room, incident = errand.room, errand.card.incident
        if room is None or incident.state not in OVER:
            return
        try:
            await as_member(errand, room, lambda: errand.gateway.archive(room))
        except Refused as refused:
            if refused.code != "already_archived":
                raise
        await self._following.tell(errand, room, ChannelFate.ARCHIVED)

    async def unarchive(self, effect: UnarchiveChannel, errand: IncidentErrand) -> None:
        """Where Slack does not give it back, the incident has none and gets another one."""
        incident = errand.card.incident
        if incident.channel_id is None or incident.archived_at is None:
            return
        room = Room(id=incident.channel_id, name=incident.channel_name)
        standing = await standing_of(errand.gateway, room)
        back = await _brought_back(errand, room, standing)
        fate = ChannelFate.UNARCHIVED if back else ChannelFate.ABANDONED
        await self._following.tell(errand, room, fate)


async def _brought_back(errand: IncidentErrand, room: Room, standing: Standing) -> bool:
    if standing.channel is None:
        return False
    try:
        if standing.channel.archived:
            await errand.gateway.unarchive(room)
        if not (await errand.gateway.channel(room)).joined:
            await errand.gateway.join(room)
    except Refused as refused:
        return refused.code == "not_archived"
    return True
