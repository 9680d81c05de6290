"""What was said of an incident while it was public is taken back once it is private.

Its own channel and the messages of those who may know of it stay as they are. Of what Slack does
not let anybody take back, whoever declared it is told.
"""

import re
from collections.abc import Sequence
from functools import partial

import structlog

from bot.slack.delivery.errand import IncidentErrand, as_it_is
from bot.slack.delivery.invitations import member_of
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.whereabouts import insiders
from bot.slack.failures import ARCHIVED, Refused
from bot.slack.shapes import Room
from bot.slack.views.following import withdrawn_line, withdrawn_words
from core.domain.ids import ChannelId
from core.effects import Withdraw
from core.language import say
from core.ports import Posting, ReadModels, Undeliverable
from core.views import Person

CANVAS, FILE = "postmortem.canvas", "postmortem.file"
MESSAGE = re.compile(r"\d+\.\d+")
"""How Slack names messages; what else is noted of an incident is no message."""

DIRECT = "D"
"""With which the ids of messages between two begin."""

NOT_THERE = frozenset(
    {
        "canvas_deleted",
        "canvas_not_found",
        "cant_update_message",
        "channel_not_found",
        "file_deleted",
        "file_not_found",
        "message_not_found",
    }
)
"""Nobody reads it there any more: of a deleted message with replies something is left, and that
is nobody's to edit."""

log = structlog.get_logger(__name__)


class Withdrawals:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads

    async def withdraw(self, effect: Withdraw, errand: IncidentErrand) -> None:
        near = await self._poster.all_standing(errand, errand.incident_id)
        told = [*near, *await self._poster.all_standing(errand)]
        # What was told by now in its new channel was told before this knows of that.
        errand = await as_it_is(errand, self._reads)
        if not errand.secret:
            return
        own = {errand.card.incident.channel_id, *await self._direct(errand, told)}
        public = [one for one in told if one.channel_id not in own]
        archived = {id: await _archived(errand, id) for id in {one.channel_id for one in public}}
        await one_by_one(
            partial(taken_back, errand, one, archived[one.channel_id]) for one in public
        )

    async def _direct(self, errand: IncidentErrand, told: Sequence[Posting]) -> set[str]:
        """Where those who may know of it are written to in person."""
        if not any(one.channel_id.startswith(DIRECT) for one in told):
            return set()
        found = [await _written_to(errand, one) for one in await insiders(self._reads, errand)]
        return {room.id for room in found if room}


async def _written_to(errand: IncidentErrand, person: Person) -> Room | None:
    """None of whom Slack does not know any more."""
    try:
        member = await member_of(errand, person)
        return await errand.gateway.open_direct(member) if member else None
    except Refused:
        return None


async def _archived(errand: IncidentErrand, channel_id: ChannelId) -> str:
    """Why nothing can be edited there, where that is so."""
    try:
        channel = await errand.gateway.channel(Room(id=channel_id))
    except Refused:
        return ""  # editing tells what is to be said of it
    return say(ARCHIVED, where=f"#{channel.room.name}") if channel.archived else ""


async def taken_back(errand: IncidentErrand, told: Posting, archived: str = "") -> None:
    """It says no more than that there is nothing to be said; `archived` is why that cannot be."""
    if archived and MESSAGE.fullmatch(told.ts):
        raise _left_standing(errand, archived)
    try:
        await _blotted(errand, told)
    except Refused as refused:
        if refused.code not in NOT_THERE:
            raise _left_standing(errand, str(refused)) from refused


async def left_behind(errand: IncidentErrand, told: Posting) -> None:
    """What stands in a channel that the incident had before shall not lie, as far as Slack
    allows; of what is private nothing stays there."""
    words = say("This is shown elsewhere now.")
    try:
        await _blotted(errand, told, "" if errand.secret else words)
    except Refused as refused:
        log.info("left_as_it_was", role=told.role, reason=str(refused))


async def _blotted(errand: IncidentErrand, told: Posting, words: str = "") -> None:
    incident, gateway = errand.card.incident, errand.gateway
    if told.role.startswith(CANVAS):
        await gateway.rewrite_canvas(told.ts, words or withdrawn_words(incident))
    elif told.role.partition(":")[0] == FILE:
        await gateway.delete_file(told.ts, Room(id=told.channel_id))
    elif MESSAGE.fullmatch(told.ts):
        await gateway.edit(Room(id=told.channel_id), told.ts, withdrawn_line(incident))


def _left_standing(errand: IncidentErrand, reason: str) -> Undeliverable:
    return Undeliverable(
        say(
            "Not all that was said of {reference} while it was public could be taken back; see to "
            "it by hand. {reason}",
            reference=errand.reference,
            reason=reason,
        )
    )
