"""What was said of other incidents is said again, as everybody who reads it may know of them now.

Where one that an incident has to do with became private, its name is taken out of what stands in
the channel and below the announcement. Only where nothing can be edited any more, as in a channel
that was archived, the number stays.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

import structlog

from bot.retelling import as_all_may_read
from bot.slack.blocks import Message
from bot.slack.delivery.announcement import Announcements
from bot.slack.delivery.card import Cards
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import ANNOUNCEMENT, CARD, Poster
from bot.slack.delivery.rounds import DIRECT
from bot.slack.delivery.topic import ROLE as TOPIC
from bot.slack.delivery.topic import Topics
from bot.slack.failures import Refused
from bot.slack.shapes import Room
from bot.slack.views.following import digest_line
from bot.slack.views.notices import timeline_notice
from core.domain.ids import ChannelId
from core.effects import RefreshAnnouncement, RefreshCard, RefreshMentions, RefreshTopic
from core.ports import Posting, ReadModels
from core.views import TimelineEntry

NOTICE = "notice"
AFAR = frozenset({"digest", "follow"})
"""With which the roles of lines begin that are read elsewhere than where it is worked on."""

Refresh: TypeAlias = Callable[[], Awaitable[None]]

log = structlog.get_logger(__name__)


class Mentions:
    def __init__(
        self, poster: Poster, reads: ReadModels, cards: Cards, announcements: Announcements
    ) -> None:
        self._poster = poster
        self._reads = reads
        self._cards = cards
        self._announcements = announcements
        self._topics = Topics(poster)

    async def refresh(self, effect: RefreshMentions, errand: IncidentErrand) -> None:
        """What does not stand there yet says it right by itself."""
        near = await self._poster.all_standing(errand)
        far = await self._poster.all_standing(errand, f"subscribers:{errand.incident_id}")
        roles = {one.role for one in near}
        again = [refresh for role, refresh in self._shown(errand).items() if role in roles]
        lines = _lines([*near, *far], await self._nameless(errand), errand)
        places = {one.channel_id for one, _ in lines}
        closed = {id for id in sorted(places) if await _is_closed(errand, id)}
        told = [
            partial(_said_again, errand, one, entry)
            for one, entry in lines
            if one.channel_id not in closed
        ]
        await one_by_one([*again, *told])

    def _shown(self, errand: IncidentErrand) -> Mapping[str, Refresh]:
        id = errand.incident_id
        announcement, card = RefreshAnnouncement(incident_id=id), RefreshCard(incident_id=id)
        return {
            ANNOUNCEMENT: partial(self._announcements.refresh, announcement, errand),
            CARD: partial(self._cards.refresh, card, errand),
            TOPIC: partial(self._topics.refresh, RefreshTopic(incident_id=id), errand),
        }

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


async def _said_again(errand: IncidentErrand, posting: Posting, entry: TimelineEntry) -> None:
    message = _message(errand, _kind(posting), entry)
    try:
        await errand.gateway.edit(Room(id=posting.channel_id), posting.ts, message)
    except Refused as refused:
        log.info("line_left_as_it_was", role=posting.role, reason=str(refused))


def _kind(posting: Posting) -> str:
    return posting.role.partition(":")[0]


def _message(errand: IncidentErrand, kind: str, entry: TimelineEntry) -> Message:
    return timeline_notice(entry) if kind == NOTICE else digest_line(entry, errand.card.incident)
