"""Tells whoever follows an incident from afar, and the channel that reads a line of everything.

Each is told once, in a place of their own: people in their messages with Tocsin, channels in the
thread of the first line about the incident. Of a private incident only those hear who may know of
it, and no channel does.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.incident_settings import settings_of
from bot.retelling import as_all_may_read
from bot.slack.blocks import Message
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.few import Few
from bot.slack.delivery.followers import Followers
from bot.slack.delivery.invitations import GONE
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.outages import Outages
from bot.slack.delivery.posting import NO_THREAD, Poster
from bot.slack.delivery.rooms import Rooms
from bot.slack.failures import Refused
from bot.slack.naming import name_in
from bot.slack.outages import DIGEST, FOLLOW
from bot.slack.shapes import Room, Spot
from bot.slack.views.following import digest_line, followed_line
from core.domain import events as e
from core.domain.ids import ChannelId
from core.domain.particulars import Mode
from core.domain.subscription import Subscription
from core.effects import TellSubscribers
from core.language import say
from core.ports import ReadModels
from core.views import TimelineEntry

DIGESTED: tuple[type[e.Event], ...] = (
    e.IncidentDeclared,
    e.IncidentPublished,
    e.SeverityChanged,
    e.IncidentResolved,
    e.IncidentReopened,
    e.IncidentCanceled,
    e.IncidentMerged,
)
"""What a channel reads that reads of everything."""


class Subscribers:
    def __init__(self, poster: Poster, rooms: Rooms, reads: ReadModels, outages: Outages) -> None:
        self._poster = poster
        self._rooms = rooms
        self._reads = reads
        self._outages = outages
        self._followers = Followers(poster, reads)
        self._few = Few()

    async def tell(self, effect: TellSubscribers, errand: IncidentErrand) -> None:
        reads, organization = self._reads, errand.organization_id
        happened = await reads.entry(organization, effect.entry_id)
        [entry] = await as_all_may_read(reads, organization, errand.card.incident, [happened])
        followers = await self._followers.of(errand, entry)
        await one_by_one(
            [
                partial(self._digested, errand, entry),
                partial(self._all_told, errand, entry, followers),
            ]
        )

    async def _all_told(
        self, errand: IncidentErrand, entry: TimelineEntry, followers: Sequence[Subscription]
    ) -> None:
        """However many there are, most lanes of the relay stay free for the incidents
        themselves."""
        if not followers:
            return
        with self._few.place(say("Those who follow other incidents are told first.")):
            await one_by_one(partial(self._told, errand, entry, one) for one in followers)

    async def _digested(self, errand: IncidentErrand, entry: TimelineEntry) -> None:
        incident = errand.card.incident
        settings = await settings_of(self._reads, errand.organization_id)
        wanted = isinstance(entry.event, DIGESTED) and incident.mode is Mode.STANDARD
        if not settings.digest_channel or not wanted or incident.private:
            return
        message = digest_line(entry, incident)
        name = name_in(settings.digest_channel)
        missing = say(
            "There is no channel #{name} for the digest that Tocsin can see; create it (a private "
            "one: invite Tocsin) or name another one in the settings.",
            name=name or settings.digest_channel,
        )

        async def show(room: Room) -> bool:
            return await self._in_thread(errand, room, DIGEST, entry, message)

        channel = settings.digest_channel
        act = partial(self._rooms.shown_in, errand, channel, show, missing=missing)
        await self._outages.minding(errand, DIGEST, channel, act)

    async def _told(self, errand: IncidentErrand, entry: TimelineEntry, why: Subscription) -> None:
        message = followed_line(entry, errand.card.incident, why=why)
        if why.of_channel:
            role, channel = f"{FOLLOW}{why.follower}", why.follower
            act = partial(self._in_channel, errand, role, entry, message)
            await self._outages.minding(errand, role, channel, act)
            return
        role = f"follow:{why.follower}:{entry.id}"
        if await self._poster.standing(errand, role):
            return
        try:
            room = await self._rooms.direct(errand, why.follower)
            await self._poster.once(errand, role, Spot(room=room), message)
        except Refused as refused:
            if refused.code not in GONE:
                raise

    async def _in_channel(
        self, errand: IncidentErrand, role: str, entry: TimelineEntry, message: Message
    ) -> bool:
        room = await self._rooms.with_id(errand, ChannelId(role.removeprefix(FOLLOW)))
        return await self._in_thread(errand, room, role, entry, message)

    async def _in_thread(
        self,
        errand: IncidentErrand,
        room: Room,
        role: str,
        entry: TimelineEntry,
        message: Message,
    ) -> bool:
        """The first line stands in the channel, what follows below it; each is told once. Answers
        whether it was told in that very channel just now: the first line may stand in the one that
        was named before, and where nothing can be told there any more, it goes on here."""
        told = await self._poster.standing(errand, f"{role}:{entry.id}")
        first = await self._poster.standing(errand, role)
        if told and first:
            return False
        if first is None:
            await self._first(errand, room, role, entry, message)
            return told is None
        here = first.channel_id == room.id
        spot = Spot(room=room if here else Room(id=first.channel_id), thread_ts=first.ts)
        try:
            await self._poster.once(errand, f"{role}:{entry.id}", spot, message)
        except Refused as refused:
            if here and refused.code not in NO_THREAD:
                raise
            await self._first(errand, room, role, entry, message)
            return True
        return here

    async def _first(
        self,
        errand: IncidentErrand,
        room: Room,
        role: str,
        entry: TimelineEntry,
        message: Message,
    ) -> None:
        """Noted for what it says, and as what everything later stands below."""
        spot = Spot(room=room)
        posted = await self._poster.once(errand, f"{role}:{entry.id}", spot, message)
        await self._poster.note(errand, replace(posted, role=role))
