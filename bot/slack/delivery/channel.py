"""The incident's own channel: created, or found again when it is unsure whether it was."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.incident_settings import settings_of
from bot.slack.delivery.errand import IncidentErrand, as_it_is
from bot.slack.delivery.leaving import put_away
from bot.slack.delivery.posting import CLOCKS_APART, Poster
from bot.slack.delivery.turns import Turns, place_of
from bot.slack.delivery.waiting import Waiting
from bot.slack.failures import Refused
from bot.slack.naming import channel_names, names_of_left
from bot.slack.people import tocsin
from bot.slack.shapes import Channel, Room
from core.bus import CommandBus
from core.commands import LinkChannel
from core.domain.time_zone import zone
from core.effects import OpenChannel
from core.errors import IllegalTransition, NotFound
from core.language import say
from core.ports import ReadModels, Undeliverable, Unreachable

MOST_TAKEN = 10_000
WHOLE_SECONDS = timedelta(seconds=1)


class Channels:
    """One at a time in each workspace, of those that wait the most severe first: Slack allows only
    so many in a minute. `monotonic` is the time by which they wait."""

    def __init__(
        self,
        bus: CommandBus,
        reads: ReadModels,
        poster: Poster,
        monotonic: Callable[[], float] | None = None,
    ) -> None:
        self._bus = bus
        self._reads = reads
        self._poster = poster
        self._waiting = Waiting(poster)
        self._monotonic = monotonic
        self._taken: set[str] = set()
        self._turns: dict[str, Turns] = {}

    async def open(self, effect: OpenChannel, errand: IncidentErrand) -> None:
        incident, team = errand.card.incident, errand.workspace.team_id
        turns = self._turns.setdefault(team, Turns(now=self._monotonic))
        if incident.channel_id or incident.deleted_at:
            turns.leave(incident.id)
            return
        try:
            async with turns.turn(place_of(incident), incident.id):
                # Somebody may have made it private while it waited.
                await self._open(await as_it_is(errand, self._reads))
        except Unreachable as failure:
            now = await as_it_is(errand, self._reads)
            raise await self._waiting.told(now, failure) from failure

    async def _open(self, errand: IncidentErrand) -> None:
        if errand.card.incident.channel_id or errand.card.incident.deleted_at:
            return
        orphans = await self._orphans(errand) if errand.parcel.doubtful else []
        readable = [one.room for one in orphans if one.private is not errand.secret]
        fitting = {one.room.name: one.room for one in orphans if one.room not in readable}
        unwanted = await _put_away(errand, readable)
        try:
            room = await self._created_or_found(errand, fitting)
        except Refused as refused:
            raise _without_channel(errand, refused) from refused
        await self._link(errand, room)
        if unwanted:
            raise Undeliverable(" ".join(unwanted))

    async def _created_or_found(self, errand: IncidentErrand, orphans: Mapping[str, Room]) -> Room:
        for name in await self._names(errand):
            if name in orphans:
                return orphans[name]
            if room := await self._created(errand, name):
                return room
        raise Undeliverable(
            say(
                "Every name that a channel for {reference} could have is taken; rename or delete "
                "some and replay.",
                reference=errand.reference,
            )
        )

    async def _names(self, errand: IncidentErrand, *, public: bool = False) -> list[str]:
        """Those that it could have; with `public` if it were not private."""
        settings = await settings_of(self._reads, errand.organization_id)
        incident = errand.card.incident
        called = replace(incident, private=False) if public else incident
        return [*channel_names(called, settings.channel_name, zone(settings.timezone))]

    async def _created(self, errand: IncidentErrand, name: str) -> Room | None:
        """None when the name is taken; asking costs one of the few creations Slack allows."""
        key = f"{errand.workspace.team_id} {name}"
        if key in self._taken:
            return None
        try:
            return await errand.gateway.create_channel(name, private=errand.secret)
        except Refused as refused:
            if refused.code != "name_taken":
                raise
        if len(self._taken) >= MOST_TAKEN:
            self._taken.clear()
        self._taken.add(key)
        return None

    async def _orphans(self, errand: IncidentErrand) -> list[Channel]:
        """Channels that an interrupted attempt may have created, also while it was public, or may
        have begun to put away."""
        here, before = await self._names(errand), await self._names(errand, public=True)
        names = {*here, *before, *names_of_left(errand.card.incident)}
        seen = [one async for one in errand.gateway.channels() if _is_ours(one, errand, names)]
        return [one for one in seen if not await self._is_known(errand, one.room)]

    async def _is_known(self, errand: IncidentErrand, room: Room) -> bool:
        """It is an incident's, or was this one's."""
        if await self._reads.in_channel(errand.organization_id, room.id):
            return True
        return any(one.channel_id == room.id for one in await self._poster.all_standing(errand))

    async def _link(self, errand: IncidentErrand, room: Room) -> None:
        command = LinkChannel(
            caller=tocsin(errand.organization_id),
            incident_id=errand.incident_id,
            channel_id=room.id,
            channel_name=room.name,
            private=errand.secret,
        )
        try:
            await self._bus.execute(command)
        except NotFound:
            return  # deleted meanwhile: nobody will look for the channel
        except IllegalTransition as refusal:
            raise await _too_late(errand, room) from refusal


def _is_ours(channel: Channel, errand: IncidentErrand, names: Collection[str]) -> bool:
    after = channel.created_at >= errand.born_at - CLOCKS_APART - WHOLE_SECONDS
    ours = channel.creator == errand.workspace.bot_user_id and not channel.archived
    fitting = errand.secret or not channel.private
    return ours and after and fitting and channel.room.name in names


async def _put_away(errand: IncidentErrand, rooms: Iterable[Room]) -> list[str]:
    """Channels that everybody reads are not left standing for a private incident. Answers why some
    are: it gets its own all the same."""
    refusals = []
    for room in rooms:
        try:
            await put_away(errand, room)
        except Undeliverable as refusal:
            refusals.append(str(refusal))
    return refusals


async def _too_late(errand: IncidentErrand, room: Room) -> Unreachable:
    """What cannot be put away at once is found by the next attempt, and told where it stays."""
    sentence = say(
        "{reference} became private while its channel was opened; a private one is opened instead.",
        reference=errand.reference,
    )
    try:
        unwanted = await _put_away(errand, [room])
    except Unreachable as failure:
        return Unreachable(sentence, retry_after=failure.retry_after or 0.0, doubtful=True)
    return Unreachable(sentence, retry_after=0.0, doubtful=bool(unwanted))


def _without_channel(errand: IncidentErrand, refused: Refused) -> Undeliverable:
    """Why it has none, and where its news goes."""
    if errand.secret:
        sentence = say(
            "{reason} {reference} is private and gets no public channel instead: its news goes to "
            "the people who may know of it, in person.",
            reason=str(refused),
            reference=errand.reference,
        )
    else:
        sentence = say(
            "{reason} Until then the news of {reference} goes into the thread below its "
            "announcement.",
            reason=str(refused),
            reference=errand.reference,
        )
    return Undeliverable(sentence)
