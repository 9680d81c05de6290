"""What befalls channels in Slack, told by whoever listens there."""

from dataclasses import dataclass

from core.commands.base import Command, IncidentCommand
from core.domain.channel_fate import ChannelFate
from core.domain.ids import ChannelId


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowChannel(IncidentCommand):
    """Something befell the channel `channel_id`; where the incident has another one meanwhile, it
    is no concern of the incident's. `channel_name` is what it is called now, if that is known."""

    channel_id: ChannelId
    fate: ChannelFate
    channel_name: str = ""
    moved_to: ChannelId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveChannel(Command[None]):
    """A channel goes on under another id: whatever names the old one names the new one."""

    channel_id: ChannelId
    moved_to: ChannelId
