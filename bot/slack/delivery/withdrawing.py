"""What was said of an incident while it was public is taken back once it is private.

Its own channel and the messages of those who may know of it stay as they are. It begins at once,
and does not end before all has arrived that set out while the incident was public, and is taken
back as well. The channels that it left lose their names at once; they are put away as soon as
nothing is on its way to them, whoever else is still to be told something. What is
done is noted one by one, so that each attempt goes on where the last one stopped. Of what Slack
does not let anybody take back, those in charge are told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    closing_round,
    early_round,
    is_begun,
    is_canvas_begun,
    last_round,
    noted_as,
    put_away_as,
    renamed_as,
)
from bot.slack.delivery.still_standing import StillStanding, message_to, place_of
from bot.slack.delivery.taking_back import CANVAS, FILE, canvases_since, kind_of, taken_back
from bot.slack.delivery.whereabouts import insiders
from bot.slack.failures import ARCHIVED, Refused
from bot.slack.shapes import Channel, Room, Spot
from bot.slack.shown_links import lane_of
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
    standing: StillStanding


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
        early, closing = await self._is_behind(effect, errand)
        noted = await self._noted(effect, errand)
        # What was told by now in its new channel was told before this knows of that.
        errand = await as_it_is(errand, self._reads)
        if not errand.secret:
            return
        noted = replace(noted, own=errand.card.incident.channel_id)
        standing, turn = StillStanding(), effect.entry_id
        rounds, last = [last_round(turn, noted)], partial(standing.tell, errand)
        if early:
            rounds = [closing_round(turn, noted)] if closing else []
            rounds.append(early_round(turn, noted, closing=closing))
            last = partial(_wait, pause(noted.entries, turn, self._clock()))
        attempts = [_Attempt(errand=errand, round=one, standing=standing) for one in rounds]
        await one_by_one([*(partial(self._round, one) for one in attempts), last])

    async def _is_behind(self, effect: Withdraw, errand: IncidentErrand) -> tuple[bool, bool]:
        """Whether anything is still on its way, and nothing of that to channels of its own."""
        parcel = errand.parcel
        if not await self._outbox.is_behind(parcel, effect.comes_after):
            return False, False
        return True, not await self._outbox.is_behind(parcel, effect.closes_after)

    async def _round(self, attempt: _Attempt) -> None:
        acts = [partial(self._in_channel, attempt, id) for id in attempt.round.channels]
        await one_by_one([*acts, partial(self._in_person, attempt)])

    async def _noted(self, effect: Withdraw, errand: IncidentErrand) -> Noted:
        lanes = [*effect.comes_after, lane_of(errand.incident_id)]
        near = [await self._poster.all_standing(errand, lane) for lane in lanes]
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
            await self._put_away(attempt, rooms[-1])

    async def _put_away(self, attempt: _Attempt, room: Room) -> None:
        errand, mark = attempt.errand, attempt.round.mark
        try:
            await put_away(errand, room)
        except Undeliverable:
            mark = attempt.round.refused
            if not mark:
                raise
        id = ChannelId(room.id)
        await self._poster.note(errand, Posting(role=put_away_as(id), channel_id=id, ts=mark))

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
        mark = round.mark
        try:
            for one in await self._there(errand, room, told):
                await taken_back(errand, room, one, archived)
        except Undeliverable as refusal:
            attempt.standing.add(await self._place(errand, room, told), str(refusal))
            mark = round.refused
            if not mark:
                return
        done = Posting(role=noted_as(told), channel_id=told.channel_id, ts=mark)
        await self._poster.note(errand, done)

    async def _place(self, errand: IncidentErrand, room: Room, told: Posting) -> str:
        if not room.id.startswith(DIRECT):
            return place_of(room)
        users = await self._reads.users(errand.organization_id, deleted_too=True)
        return message_to(users, told)

    async def _there(self, errand: IncidentErrand, room: Room, told: Posting) -> list[Posting]:
        """What was only begun may stand there, too."""
        if is_canvas_begun(told):
            return await _canvas_begun(errand, room, told)
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


async def _canvas_begun(errand: IncidentErrand, room: Room, before: Posting) -> list[Posting]:
    """Of several that the channel got since, nobody knows which are people's own."""
    later = await canvases_since(errand, room, before)
    if len(later) > 1:
        raise Undeliverable(say("One of its canvases may show the postmortem."))
    return [replace(before, role=CANVAS, ts=id) for id in later]


def pause(entries: Iterable[TimelineEntry], turn: EntryId, now: datetime) -> float:
    """Seconds to wait for what is on its way since it turned private."""
    took = next(((now - entry.at).total_seconds() for entry in entries if entry.id == turn), 0.0)
    return min(max(took / SLOWER, SOON), LATE)


async def _wait(seconds: float) -> None:
    raise Unreachable(
        say("What is still on its way to Slack is taken back as well."), retry_after=seconds
    )
