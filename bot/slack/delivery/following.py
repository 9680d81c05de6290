"""What a delivery learns of an incident's channel: from then on everybody knows of it."""

from dataclasses import replace
from typing import Any

from bot.slack.channel_truth import standing_of
from bot.slack.delivery.errand import Deliver, IncidentErrand
from bot.slack.failures import Refused
from bot.slack.people import tocsin
from bot.slack.shapes import Room
from core.bus import CommandBus
from core.commands.rooms import FollowChannel
from core.domain.channel_fate import ChannelFate
from core.ports import ReadModels

SUSPICIOUS = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "is_inactive",
        "method_not_supported_for_channel_type",
        "not_in_channel",
    }
)
"""Refusals that may mean that the channel is not there for Tocsin any more."""


class Following:
    def __init__(self, bus: CommandBus, reads: ReadModels) -> None:
        self._bus = bus
        self._reads = reads

    def minding(self, deliver: Deliver) -> Deliver:
        """The same delivery; where it fails because the incident's channel is gone, that is
        followed and it is delivered once more, to wherever news goes now."""

        async def delivered(effect: Any, errand: IncidentErrand) -> None:
            try:
                await deliver(effect, errand)
            except Refused as refused:
                if refused.code not in SUSPICIOUS or not await self._learned(errand):
                    raise
                card = await self._reads.card(errand.organization_id, errand.incident_id)
                await deliver(effect, replace(errand, card=card))

        return delivered

    async def tell(self, errand: IncidentErrand, room: Room, fate: ChannelFate) -> None:
        await self._bus.execute(
            FollowChannel(
                caller=tocsin(errand.organization_id),
                incident_id=errand.incident_id,
                channel_id=room.id,
                fate=fate,
            )
        )

    async def _learned(self, errand: IncidentErrand) -> bool:
        """Whether it is the incident's own channel that is gone; it may be any other one."""
        if errand.room is None:
            return False
        fate = (await standing_of(errand.gateway, errand.room)).gone
        if fate is None:
            return False
        await self.tell(errand, errand.room, fate)
        return True
