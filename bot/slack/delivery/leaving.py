"""A channel that an incident left because it became private is put away.

It gets a name and a topic that tell nothing and is archived. What Slack itself wrote into it, such
as the topics that it had, nobody can take back.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeAlias

import structlog

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.posting import as_member
from bot.slack.failures import Refused
from bot.slack.naming import names_of_left
from bot.slack.shapes import Channel, Room
from bot.slack.views.following import withdrawn_words
from core.language import say
from core.ports import Undeliverable

Act: TypeAlias = Callable[[], Awaitable[object]]

log = structlog.get_logger(__name__)


async def put_away(errand: IncidentErrand, room: Room) -> None:
    """Last of all, for nothing can be edited there afterwards."""
    try:
        channel = await errand.gateway.channel(room)
    except Refused as refused:
        log.info("left_channel_not_seen", reason=str(refused))
        return
    if channel.archived:
        return
    room = await made_nameless(errand, channel)
    try:
        await as_member(errand, room, partial(errand.gateway.archive, room))
    except Refused as refused:
        if refused.code != "already_archived":
            raise _left_open(errand, room, refused) from refused


async def made_nameless(errand: IncidentErrand, channel: Channel) -> Room:
    """As far as Slack allows: an archived channel with its old name is better than an open one.
    What only those can see who are in it keeps its name."""
    gateway, room = errand.gateway, channel.room
    if channel.archived or channel.private:
        return room
    told = withdrawn_words(errand.card.incident)
    bot = errand.workspace.bot_user_id
    await _if_allowed(partial(gateway.remove_bookmarks, room, bot))
    if channel.topic != told:
        await _if_allowed(partial(as_member, errand, room, partial(gateway.set_topic, room, told)))
    return await _renamed(errand, room)


async def _renamed(errand: IncidentErrand, room: Room) -> Room:
    names = [*names_of_left(errand.card.incident)]
    for name in names if room.name not in names else ():
        code = await _if_allowed(partial(errand.gateway.rename, room, name))
        if not code:
            return Room(id=room.id, name=name)
        if code != "name_taken":
            break
    return room


async def _if_allowed(act: Act) -> str:
    """Why it was refused; empty where it was done."""
    try:
        await act()
    except Refused as refused:
        log.info("left_channel_as_it_was", reason=str(refused))
        return refused.code
    return ""


def _left_open(errand: IncidentErrand, room: Room, refused: Refused) -> Undeliverable:
    return Undeliverable(
        say(
            "The channel {channel} that {reference} had while it was public could not be archived; "
            "see to it by hand. {reason}",
            channel=room.spoken,
            reference=errand.reference,
            reason=str(refused),
        )
    )
