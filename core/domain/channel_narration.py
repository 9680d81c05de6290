"""What befell the channel of an incident, as sentences."""

from typing import assert_never

from core.domain.channel_fate import ChannelFate
from core.domain.events.responding import ChannelChanged
from core.language import say


def narrate_channel(event: ChannelChanged) -> str:  # noqa: C901 - one line per fate
    who, name = event.by.name, event.channel_name
    match event.what:
        case ChannelFate.RENAMED:
            return say(
                "{who} renamed the channel #{before} to #{name}.",
                who=who,
                before=event.before,
                name=name,
            )
        case ChannelFate.ARCHIVED:
            return say("{who} archived the channel #{name}.", who=who, name=name)
        case ChannelFate.UNARCHIVED:
            return say("{who} brought the channel #{name} back.", who=who, name=name)
        case ChannelFate.DELETED:
            return say("{who} deleted the channel #{name}.", who=who, name=name)
        case ChannelFate.LOST:
            return say("Tocsin was taken out of the channel #{name}.", name=name)
        case ChannelFate.REGAINED:
            return say("Tocsin is in the channel #{name} again.", name=name)
        case ChannelFate.ABANDONED:
            return say(
                "Slack does not give the channel #{name} back; another one opens.", name=name
            )
        case ChannelFate.MOVED:
            return say("The channel #{name} has another id in Slack.", name=name)
        case ChannelFate.SHARED:
            return say(
                "The channel #{name} is shared with another organisation, whose people can read "
                "it.",
                name=name,
            )
        case ChannelFate.UNSHARED:
            return say(
                "The channel #{name} is no longer shared with another organisation.", name=name
            )
        case ChannelFate.MADE_PRIVATE:
            return say("{who} made the channel #{name} private.", who=who, name=name)
        case ChannelFate.MADE_PUBLIC:
            return say("{who} made the channel #{name} public.", who=who, name=name)
        case _:
            assert_never(event.what)
