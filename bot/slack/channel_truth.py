"""How things stand with a channel by Slack's own account, whatever was heard and in which order."""

from dataclasses import dataclass

from bot.slack.failures import Refused
from bot.slack.gateway import Gateway
from bot.slack.shapes import Channel, Room
from core.domain.channel_fate import ChannelFate

UNSEEN = frozenset({"channel_not_found", "channel_is_limited_access"})
"""It was deleted, or is private and Tocsin is not in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`channel` is None where Tocsin cannot see it any more."""

    channel: Channel | None

    @property
    def gone(self) -> ChannelFate | None:
        """Why nothing can be written there; None where it can."""
        if self.channel is None:
            return ChannelFate.LOST
        if self.channel.archived:
            return ChannelFate.ARCHIVED
        return None if self.channel.joined else ChannelFate.LOST


async def standing_of(gateway: Gateway, room: Room) -> Standing:
    try:
        return Standing(channel=await gateway.channel(room))
    except Refused as refused:
        if refused.code not in UNSEEN:
            raise
        return Standing(channel=None)
