"""What was said of other incidents is said again, as everybody who reads it may know of them now.

Where one that an incident has to do with became private, its name is taken out of what stands in
the channel and below the announcement. Only what stands is edited: what somebody deleted is not
said again out of the blue. Where nothing can be edited any more, as in a channel that was archived,
the number stays, and nobody is troubled with that.
"""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256

import structlog

from bot.retelling import as_all_may_read
from bot.slack.blocks import Message
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import ANNOUNCEMENT, CARD, Poster
from bot.slack.delivery.rounds import DIRECT
from bot.slack.delivery.topic import ROLE as TOPIC
from bot.slack.delivery.topic import Topics
from bot.slack.failures import Refused
from bot.slack.rhythm import with_rhythm
from bot.slack.shapes import Room
from bot.slack.views.announcement import announcement
from bot.slack.views.card import incident_card
from bot.slack.views.following import digest_line
from bot.slack.views.notices import timeline_notice
from core.domain.ids import ChannelId
from core.effects import RefreshMentions, RefreshTopic
from core.ports import Posting, ReadModels
from core.views import IncidentCard, TimelineEntry

NOTICE = "notice"
AGAIN = "again"
"""With which the role of the note begins that a line was said again, or cannot be."""

AFAR = frozenset({"digest", "follow"})
"""With which the roles of lines begin that are read elsewhere than where it is worked on."""

log = structlog.get_logger(__name__)


class Mentions:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads
        self._topics = Topics(poster)

    async def refresh(self, effect: RefreshMentions, errand: IncidentErrand) -> None:
        """What does not stand there yet says it right by itself."""
        near = await self._poster.all_standing(errand)
        far = await self._poster.all_standing(errand, f"subscribers:{errand.incident_id}")
        again = [partial(self._shown_again, errand, one) for one in near]
        lines = _lines([*near, *far], await self._nameless(errand), errand)
        places = {one.channel_id for one, _ in lines}
        closed = {id for id in sorted(places) if await _is_closed(errand, id)}
        told = [
            partial(self._said_again, errand, one, entry)
            for one, entry in lines
            if one.channel_id not in closed
        ]
        await one_by_one([*again, *told])

    async def _shown_again(self, errand: IncidentErrand, posting: Posting) -> None:
        """What is private was taken back where everybody reads, and stays so."""
        here = errand.room is not None and posting.channel_id == errand.room.id
        if posting.role == ANNOUNCEMENT and not errand.secret:
            await _edited(errand, posting, announcement(await self._told_of(errand)))
        elif posting.role == CARD and here:
            await _edited(errand, posting, incident_card(await self._told_of(errand)))
        elif posting.role == TOPIC and here:
            topic = RefreshTopic(incident_id=errand.incident_id)
            await _if_allowed(posting, self._topics.refresh(topic, errand))

    async def _said_again(
        self, errand: IncidentErrand, posting: Posting, entry: TimelineEntry
    ) -> None:
        """Noted, so that another attempt goes on where this one stopped."""
        message = _message(errand, _kind(posting), entry)
        mark = sha256(f"{posting.ts} {message.text}".encode()).hexdigest()[:32]
        done = replace(posting, role=f"{AGAIN}:{posting.role}", ts=mark)
        if await self._poster.standing(errand, done.role) != done:
            await _edited(errand, posting, message)
            await self._poster.note(errand, done)

    async def _told_of(self, errand: IncidentErrand) -> IncidentCard:
        return await with_rhythm(errand.card, self._reads, errand.organization_id)

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


def _lines(
    postings: Sequence[Posting], nameless: Mapping[str, TimelineEntry], errand: IncidentErrand
) -> list[tuple[Posting, TimelineEntry]]:
    """Where each of them stands. Of what is private all others were taken back, and stay so."""
    own = errand.card.incident.channel_id
    return [
        (one, nameless[id])
        for one in postings
        for id in one.role.split(":")[1:]
        if id in nameless and _kind(one) in (NOTICE, *AFAR)
        if not errand.secret or one.channel_id == own
    ]


async def _is_closed(errand: IncidentErrand, channel_id: ChannelId) -> bool:
    """Nothing can be changed there. Messages between two are never closed."""
    if channel_id.startswith(DIRECT):
        return False
    try:
        return (await errand.gateway.channel(Room(id=channel_id))).archived
    except Refused:
        return False  # changing it tells


async def _edited(errand: IncidentErrand, posting: Posting, message: Message) -> None:
    room = Room(id=posting.channel_id)
    await _if_allowed(posting, errand.gateway.edit(room, posting.ts, message))


async def _if_allowed(posting: Posting, act: Awaitable[None]) -> None:
    try:
        await act
    except Refused as refused:
        log.info("left_as_it_was", role=posting.role, reason=str(refused))


def _kind(posting: Posting) -> str:
    return posting.role.partition(":")[0]


def _message(errand: IncidentErrand, kind: str, entry: TimelineEntry) -> Message:
    return timeline_notice(entry) if kind == NOTICE else digest_line(entry, errand.card.incident)
