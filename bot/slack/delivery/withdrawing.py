"""What was said of an incident while it was public is taken back once it is private.

Its own channel and the messages of those who may know of it stay as they are. It begins at once,
and does not end before all has arrived that set out while the incident was public, and is taken
back as well; then the channels that it left are put away. What is done is noted one by one, so that
each attempt goes on where the last one stopped. Of what Slack does not let anybody take back, those
in charge are told.
"""

from dataclasses import replace
from functools import partial

from bot.slack.delivery.errand import IncidentErrand, as_it_is
from bot.slack.delivery.invitations import member_of
from bot.slack.delivery.leaving import put_away
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import CLOCKS_APART, NO_THREAD, Poster
from bot.slack.delivery.rooms import Rooms
from bot.slack.delivery.rounds import Noted, Round, early_round, is_begun, last_round, noted_as
from bot.slack.delivery.taking_back import FILE, kind_of, left_standing, taken_back
from bot.slack.delivery.whereabouts import insiders
from bot.slack.failures import ARCHIVED, Refused
from bot.slack.shapes import Room, Spot
from bot.slack.views.postmortem import file_name
from core.domain.ids import ChannelId
from core.effects import Withdraw
from core.language import say
from core.ports import Outbox, Posting, ReadModels, Undeliverable, Unreachable
from core.views import Person

SOON = 5.0
"""Seconds until it is looked again whether all has arrived."""


class Withdrawals:
    def __init__(self, poster: Poster, rooms: Rooms, reads: ReadModels, outbox: Outbox) -> None:
        self._poster = poster
        self._rooms = rooms
        self._reads = reads
        self._outbox = outbox

    async def withdraw(self, effect: Withdraw, errand: IncidentErrand) -> None:
        # Asked first: what arrives while this looks around is looked at next time.
        early = await self._outbox.is_behind(errand.parcel, effect.comes_after)
        noted = await self._noted(effect, errand)
        # What was told by now in its new channel was told before this knows of that.
        errand = await as_it_is(errand, self._reads)
        if not errand.secret:
            return
        noted = replace(noted, own=errand.card.incident.channel_id)
        round = (early_round if early else last_round)(effect.entry_id, noted)
        acts = [partial(self._in_channel, errand, round, id) for id in round.channels]
        await one_by_one([*acts, partial(self._in_person, errand, round), partial(_wait, early)])

    async def _noted(self, effect: Withdraw, errand: IncidentErrand) -> Noted:
        near = [await self._poster.all_standing(errand, lane) for lane in effect.comes_after]
        return Noted(
            own=None,
            told=[one for told in near for one in told],
            taken_back=await self._poster.all_standing(errand),
            entries=await self._reads.timeline(errand.organization_id, errand.incident_id),
        )

    async def _in_channel(self, errand: IncidentErrand, round: Round, id: ChannelId) -> None:
        try:
            channel = await errand.gateway.channel(Room(id=id))
        except Refused:
            # Changing what stands there tells what is to be said of it.
            await self._in_room(errand, round, await self._rooms.with_id(errand, id))
            return
        archived = say(ARCHIVED, where=channel.room.spoken) if channel.archived else ""
        try:
            await self._in_room(errand, round, channel.room, archived)
        except Undeliverable:
            await _put_away(errand, round, channel.room)
            raise
        await _put_away(errand, round, channel.room)

    async def _in_person(self, errand: IncidentErrand, round: Round) -> None:
        """Those who may know of it keep what was written to them."""
        if not round.direct:
            return
        people = await insiders(self._reads, errand)
        own = {await self._written_to(errand, person) for person in people}
        others = [id for id in round.direct if id not in own]
        await one_by_one(partial(self._in_room, errand, round, Room(id=id)) for id in others)

    async def _written_to(self, errand: IncidentErrand, person: Person) -> str:
        """Empty of whom Slack does not know any more."""
        try:
            member = await member_of(errand, person)
            return (await self._rooms.direct(errand, member)).id if member else ""
        except Refused:
            return ""

    async def _in_room(
        self, errand: IncidentErrand, round: Round, room: Room, archived: str = ""
    ) -> None:
        told = round.told.get(room.id, ())
        await one_by_one(
            partial(self._once, errand, round.mark, room, one, archived) for one in told
        )

    async def _once(
        self, errand: IncidentErrand, mark: str, room: Room, told: Posting, archived: str
    ) -> None:
        for one in await self._there(errand, room, told):
            await taken_back(errand, room, one, archived)
        done = Posting(role=noted_as(told), channel_id=told.channel_id, ts=mark)
        await self._poster.note(errand, done)

    async def _there(self, errand: IncidentErrand, room: Room, told: Posting) -> list[Posting]:
        """What was only begun may stand there, too."""
        if not is_begun(told):
            return [told]
        thread, _, role = told.ts.partition(" ")
        try:
            ids = await self._begun(errand, role, Spot(room=room, thread_ts=thread))
        except Refused as refused:
            if refused.code in NO_THREAD:
                return []
            raise left_standing(errand, str(refused)) from refused
        return [Posting(role=role, channel_id=told.channel_id, ts=id) for id in ids]

    async def _begun(self, errand: IncidentErrand, role: str, spot: Spot) -> list[str]:
        if kind_of(role) == FILE:
            name, since = file_name(errand.card.incident), errand.born_at - CLOCKS_APART
            by = errand.workspace.bot_user_id
            return await errand.gateway.files_named(name, spot, since, by=by)
        ts = await self._poster.found(errand, role, spot)
        return [ts] if ts else []


async def _put_away(errand: IncidentErrand, round: Round, room: Room) -> None:
    """What never was its own channel is only left alone."""
    if room.id in round.left:
        await put_away(errand, room)


async def _wait(early: bool) -> None:
    if early:
        raise Unreachable(
            say("What is still on its way to Slack is taken back as well."), retry_after=SOON
        )
