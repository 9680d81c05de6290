"""What was said of an incident while it was public is taken back once it is private.

Its own channel and the messages of those who may know of it stay as they are. It begins at once,
and does not end before all has arrived that set out while the incident was public, and is taken
back as well; then the channels that it left, which lost their names at once, are put away. What is
done is noted one by one, so that each attempt goes on where the last one stopped. Of what Slack
does not let anybody take back, those in charge are told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from bot.slack.delivery.errand import IncidentErrand, as_it_is
from bot.slack.delivery.invitations import member_of
from bot.slack.delivery.leaving import made_nameless, put_away
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import CLOCKS_APART, NO_THREAD, Poster
from bot.slack.delivery.rooms import Rooms
from bot.slack.delivery.rounds import (
    DIRECT,
    Noted,
    Round,
    early_round,
    is_begun,
    last_round,
    noted_as,
    renamed_as,
)
from bot.slack.delivery.still_standing import StillStanding, message_to, place_of
from bot.slack.delivery.taking_back import FILE, kind_of, taken_back
from bot.slack.delivery.whereabouts import insiders
from bot.slack.failures import ARCHIVED, Refused
from bot.slack.shapes import Channel, Room, Spot
from bot.slack.views.postmortem import file_name
from core.domain.ids import ChannelId, EntryId
from core.effects import Withdraw
from core.language import say
from core.ports import Clock, Outbox, Posting, ReadModels, Undeliverable, Unreachable
from core.views import Person, TimelineEntry

SOON, LATE = 5.0, 60.0
"""Seconds until it is looked again whether all has arrived: less and less often."""

SLOWER = 4
"""A wait is this part of the time that all of it took by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    errand: IncidentErrand
    round: Round
    standing: StillStanding = field(default_factory=StillStanding)


class Withdrawals:
    def __init__(
        self, poster: Poster, rooms: Rooms, reads: ReadModels, outbox: Outbox, clock: Clock
    ) -> None:
        self._poster = poster
        self._rooms = rooms
        self._reads = reads
        self._outbox = outbox
        self._clock = clock

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
        attempt = _Attempt(errand=errand, round=round)
        acts = [partial(self._in_channel, attempt, id) for id in round.channels]
        wait = pause(noted.entries, effect.entry_id, self._clock())
        last = [partial(_wait, round, wait), partial(attempt.standing.tell, errand)]
        await one_by_one([*acts, partial(self._in_person, attempt), *last])

    async def _noted(self, effect: Withdraw, errand: IncidentErrand) -> Noted:
        near = [await self._poster.all_standing(errand, lane) for lane in effect.comes_after]
        return Noted(
            own=None,
            told=[one for told in near for one in told],
            taken_back=await self._poster.all_standing(errand),
            entries=await self._reads.timeline(errand.organization_id, errand.incident_id),
        )

    async def _in_channel(self, attempt: _Attempt, id: ChannelId) -> None:
        errand = attempt.errand
        try:
            channel = await errand.gateway.channel(Room(id=id))
        except Refused:
            # Changing what stands there tells what is to be said of it.
            await self._in_room(attempt, await self._rooms.with_id(errand, id))
            return
        archived = say(ARCHIVED, where=channel.room.spoken) if channel.archived else ""
        rooms = [channel.room]

        async def rename() -> None:
            rooms.append(await self._renamed(attempt, channel))

        async def blot() -> None:
            await self._in_room(attempt, rooms[-1], archived)

        await one_by_one([rename, blot])
        if id in attempt.round.left:
            await put_away(errand, rooms[-1])

    async def _renamed(self, attempt: _Attempt, channel: Channel) -> Room:
        """At once, for its name can be read by everybody until all has arrived."""
        id = channel.room.id
        if id not in attempt.round.renamed:
            return channel.room
        room = await made_nameless(attempt.errand, channel)
        done = Posting(role=renamed_as(id), channel_id=id, ts=attempt.round.mark)
        await self._poster.note(attempt.errand, done)
        return room

    async def _in_person(self, attempt: _Attempt) -> None:
        """Those who may know of it keep what was written to them."""
        direct, errand = attempt.round.direct, attempt.errand
        if not direct:
            return
        people = await insiders(self._reads, errand)
        own = {await self._written_to(errand, person) for person in people}
        others = [id for id in direct if id not in own]
        await one_by_one(partial(self._in_room, attempt, Room(id=id)) for id in others)

    async def _written_to(self, errand: IncidentErrand, person: Person) -> str:
        """Empty of whom Slack does not know any more."""
        try:
            member = await member_of(errand, person)
            return (await self._rooms.direct(errand, member)).id if member else ""
        except Refused:
            return ""

    async def _in_room(self, attempt: _Attempt, room: Room, archived: str = "") -> None:
        told = attempt.round.told.get(room.id, ())
        await one_by_one(partial(self._once, attempt, room, one, archived) for one in told)

    async def _once(self, attempt: _Attempt, room: Room, told: Posting, archived: str) -> None:
        errand, round = attempt.errand, attempt.round
        try:
            for one in await self._there(errand, room, told):
                await taken_back(errand, room, one, archived)
        except Undeliverable as refusal:
            attempt.standing.add(await self._place(errand, room, told), str(refusal))
            if not round.early:
                return
        done = Posting(role=noted_as(told), channel_id=told.channel_id, ts=round.mark)
        await self._poster.note(errand, done)

    async def _place(self, errand: IncidentErrand, room: Room, told: Posting) -> str:
        if not room.id.startswith(DIRECT):
            return place_of(room)
        users = await self._reads.users(errand.organization_id, deleted_too=True)
        return message_to(users, told)

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
            raise
        return [Posting(role=role, channel_id=told.channel_id, ts=id) for id in ids]

    async def _begun(self, errand: IncidentErrand, role: str, spot: Spot) -> list[str]:
        if kind_of(role) == FILE:
            name, since = file_name(errand.card.incident), errand.born_at - CLOCKS_APART
            by = errand.workspace.bot_user_id
            return await errand.gateway.files_named(name, spot, since, by=by)
        ts = await self._poster.found(errand, role, spot)
        return [ts] if ts else []


def pause(entries: Iterable[TimelineEntry], turn: EntryId, now: datetime) -> float:
    """Seconds to wait for what is on its way since it turned private."""
    took = next(((now - entry.at).total_seconds() for entry in entries if entry.id == turn), 0.0)
    return min(max(took / SLOWER, SOON), LATE)


async def _wait(round: Round, seconds: float) -> None:
    if round.early:
        raise Unreachable(
            say("What is still on its way to Slack is taken back as well."), retry_after=seconds
        )
