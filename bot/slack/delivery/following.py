"""What a delivery learns of an incident's channel: from then on everybody knows of it."""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.slack.channel_truth import standing_of
from bot.slack.delivery.errand import Deliver, IncidentErrand, as_it_is
from bot.slack.failures import Refused
from bot.slack.people import tocsin
from bot.slack.shapes import Room
from core.bus import CommandBus
from core.commands.rooms import FollowChannel
from core.domain.channel_fate import ChannelFate
from core.ports import ReadModels, Undeliverable

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

BELIEVED_FOR = 10.0
"""Seconds for which a channel that was seen to be private is taken to be so."""

MOST_SEEN = 1_000


class Following:
    """`now` is the time, in seconds, by which it forgets what it has seen."""

    def __init__(
        self, bus: CommandBus, reads: ReadModels, now: Callable[[], float] | None = None
    ) -> None:
        self._bus = bus
        self._reads = reads
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._seen_private: dict[tuple[str, str], float] = {}

    def minding(self, deliver: Deliver) -> Deliver:
        """The same delivery; where it fails because the incident's channel is gone, that is
        followed and it is delivered once more, to wherever news goes now. Of a private incident
        nothing is delivered into a channel that somebody made public."""

        async def delivered(effect: Any, errand: IncidentErrand) -> None:
            errand = await self._kept_private(errand)
            try:
                await deliver(effect, errand)
            except Undeliverable as refusal:
                if not _is_suspicious(refusal) or not await self._learned(errand):
                    raise
                await deliver(effect, await as_it_is(errand, self._reads))

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

    async def _kept_private(self, errand: IncidentErrand) -> IncidentErrand:
        """Slack tells of a channel that is made public, but it may have told nobody."""
        room = errand.room
        if room is None or not errand.secret or not await self._is_exposed(errand, room):
            return errand
        await self.tell(errand, room, ChannelFate.MADE_PUBLIC)
        return await as_it_is(errand, self._reads)

    async def _is_exposed(self, errand: IncidentErrand, room: Room) -> bool:
        """What Tocsin cannot see is found out when something is to be said there."""
        which, now = (errand.workspace.team_id, room.id), self._now()
        if which in self._seen_private and now - self._seen_private[which] < BELIEVED_FOR:
            return False
        try:
            channel = (await standing_of(errand.gateway, room)).channel
        except Refused:
            return False
        if channel is None or not channel.private:
            return channel is not None
        if len(self._seen_private) >= MOST_SEEN:
            self._seen_private.clear()
        self._seen_private[which] = now
        return False

    async def _learned(self, errand: IncidentErrand) -> bool:
        """Whether it is the incident's own channel that is gone; it may be any other one."""
        if errand.room is None:
            return False
        fate = (await standing_of(errand.gateway, errand.room)).gone
        if fate is None:
            return False
        await self.tell(errand, errand.room, fate)
        return True


def _is_suspicious(refusal: Undeliverable) -> bool:
    """Several refusals that became one have no code; any of them may mean that."""
    return not isinstance(refusal, Refused) or refusal.code in SUSPICIOUS
