"""Channels that were chosen in the settings are such that Tocsin can post into them."""

from collections.abc import Mapping
from typing import Any

from bot.slack.failures import Refused
from bot.slack.gateway import Gateway
from bot.slack.naming import name_in
from bot.slack.shapes import Room
from core.domain.ids import ChannelId
from core.errors import InvalidInput
from core.language import say

OF_CHANNELS = ("announcement_channel", "digest_channel")


async def require_open(gateway: Gateway, changed: Mapping[str, Any]) -> None:
    """`InvalidInput` at the field of the first one that Tocsin does not see, or that is over."""
    for field in OF_CHANNELS:
        chosen = str(changed.get(field) or "")
        if chosen and not name_in(chosen):
            await require_room(gateway, Room(id=ChannelId(chosen)), field)


async def require_room(gateway: Gateway, room: Room, field: str) -> None:
    """Tocsin can post into it."""
    try:
        channel = await gateway.channel(room)
    except Refused as refused:
        if refused.code != "channel_not_found":
            raise
        message = say("Tocsin is not in that channel; invite it there first, or choose another.")
        raise InvalidInput(message, field=field) from refused
    if channel.archived:
        message = say(
            "#{channel} is archived; bring it back first, or choose another.",
            channel=channel.room.name,
        )
        raise InvalidInput(message, field=field)
