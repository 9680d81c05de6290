"""Lines that named other incidents are said again, as everybody who reads them may know of them.

Where one that an incident has to do with became private, its name is taken out of what stands in
the channel, below the announcement, and wherever the incident is followed. There may be hundreds of
such lines, so that they have a lane of their own, and each that was said again is noted: another
attempt goes on where this one stopped. It is not over before all has arrived that set out earlier.
"""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256

import structlog

from bot.retelling import as_all_may_read
from bot.slack.blocks import Message
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.few import Few
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.rounds import DIRECT
from bot.slack.failures import Refused
from bot.slack.shapes import Room
from bot.slack.views.following import digest_line
from bot.slack.views.notices import timeline_notice
from core.domain.ids import ChannelId
from core.effects import RetellLines
from core.language import say
from core.ports import Outbox, Posting, ReadModels, Unreachable
from core.views import TimelineEntry

NOTICE = "notice"
AGAIN = "again"
"""With which the role of the note begins that a line was said again, or cannot be."""

AFAR = frozenset({"digest", "follow"})
"""With which the roles of lines begin that are read elsewhere than where it is worked on."""

LATER = 5.0
"""Seconds until it is looked again whether all has arrived."""

log = structlog.get_logger(__name__)


class Lines:
    def __init__(self, poster: Poster, reads: ReadModels, outbox: Outbox) -> None:
        self._poster = poster
        self._reads = reads
        self._outbox = outbox
        self._few = Few()

    async def retell(self, effect: RetellLines, errand: IncidentErrand) -> None:
        with self._few.place(say("Lines of other incidents are said again first.")):
            # Asked first: what arrives while this looks around is looked at next time. And asked
            # for the newest of its equals, for they are done with this one.
            newest = replace(errand.parcel, id=errand.parcel.upto or errand.parcel.id)
            early = await self._outbox.is_behind(newest, effect.comes_after)
            await self._retold(effect, errand)
        if early:
            why = say("What is still on its way to Slack is looked at as well.")
            raise Unreachable(why, retry_after=LATER)

    async def _retold(self, effect: RetellLines, errand: IncidentErrand) -> None:
        lanes = [await self._poster.all_standing(errand, subject) for subject in effect.comes_after]
        standing = [one for lane in lanes for one in lane]
        done = {one.role: one for one in await self._poster.all_standing(errand)}
        lines = [
            (one, message)
            for one, message in _lines(standing, await self._nameless(errand), errand)
            if done.get(_note(one, message).role) != _note(one, message)
        ]
        places = {one.channel_id for one, _ in lines}
        closed = {id for id in sorted(places) if await _is_closed(errand, id)}
        await one_by_one(
            partial(self._said_again, errand, one, message)
            for one, message in lines
            if one.channel_id not in closed
        )

    async def _said_again(self, errand: IncidentErrand, posting: Posting, message: Message) -> None:
        await edited_if_allowed(errand, posting, message)
        await self._poster.note(errand, _note(posting, message))

    async def _nameless(self, errand: IncidentErrand) -> Mapping[str, TimelineEntry]:
        """The lines that may not say any more what they said, by id."""
        organization_id, incident = errand.organization_id, errand.card.incident
        entries = await self._reads.timeline(organization_id, incident.id)
        told = await as_all_may_read(self._reads, organization_id, incident, entries)
        return {
            now.id: now
            for now, before in zip(told, entries, strict=True)
            if now.event != before.event
        }


async def edited_if_allowed(errand: IncidentErrand, posting: Posting, message: Message) -> None:
    room = Room(id=posting.channel_id)
    await left_if_refused(posting, errand.gateway.edit(room, posting.ts, message))


async def left_if_refused(posting: Posting, act: Awaitable[None]) -> None:
    try:
        await act
    except Refused as refused:
        log.info("left_as_it_was", role=posting.role, reason=str(refused))


def _lines(
    postings: Sequence[Posting], nameless: Mapping[str, TimelineEntry], errand: IncidentErrand
) -> list[tuple[Posting, Message]]:
    """Where each of them stands. Of what is private all others were taken back, and stay so."""
    own = errand.card.incident.channel_id
    return [
        (one, _message(errand, _kind(one), nameless[id]))
        for one in postings
        for id in one.role.split(":")[1:]
        if id in nameless and _kind(one) in (NOTICE, *AFAR)
        if not errand.secret or one.channel_id == own
    ]


def _note(posting: Posting, message: Message) -> Posting:
    mark = sha256(f"{posting.ts} {message.text}".encode()).hexdigest()[:32]
    return replace(posting, role=f"{AGAIN}:{posting.role}", ts=mark)


async def _is_closed(errand: IncidentErrand, channel_id: ChannelId) -> bool:
    """Nothing can be changed there. Messages between two are never closed."""
    if channel_id.startswith(DIRECT):
        return False
    try:
        return (await errand.gateway.channel(Room(id=channel_id))).archived
    except Refused:
        return False  # changing it tells


def _kind(posting: Posting) -> str:
    return posting.role.partition(":")[0]


def _message(errand: IncidentErrand, kind: str, entry: TimelineEntry) -> Message:
    return timeline_notice(entry) if kind == NOTICE else digest_line(entry, errand.card.incident)
