"""The announcement: there and true, in the channel where everybody looks."""

from collections.abc import Callable

import structlog

from bot.incident_settings import settings_of
from bot.slack.delivery.announced_in import AnnouncedIn, nowhere_to_announce
from bot.slack.delivery.errand import IncidentErrand, as_it_is
from bot.slack.delivery.posting import ANNOUNCEMENT, Poster
from bot.slack.delivery.rooms import Rooms
from bot.slack.delivery.taking_back import taken_back
from bot.slack.delivery.turns import Turns, place_of
from bot.slack.naming import name_in
from bot.slack.rhythm import with_rhythm
from bot.slack.shapes import Room, Spot
from bot.slack.views.announcement import announcement, calling
from core.domain.incident_settings import Broadcast
from core.domain.particulars import Mode
from core.effects import RefreshAnnouncement
from core.ports import Posting, ReadModels, Undeliverable
from core.views import IncidentCard

BROADCAST, CALL = "broadcast", "call"
CALLED = "called"
"""What is noted of the role `broadcast` once everybody was called; before that, the rank of the
worst severity for which it was decided that nobody is."""

log = structlog.get_logger(__name__)


class Announcements:
    """`now` is the time by which those that come together take their turns."""

    def __init__(
        self,
        poster: Poster,
        rooms: Rooms,
        announced_in: AnnouncedIn,
        reads: ReadModels,
        now: Callable[[], float] | None = None,
    ) -> None:
        self._now = now
        self._poster = poster
        self._rooms = rooms
        self._announced_in = announced_in
        self._reads = reads
        self._turns: dict[str, Turns] = {}

    async def refresh(self, effect: RefreshAnnouncement, errand: IncidentErrand) -> None:
        standing = await self._poster.standing(errand, ANNOUNCEMENT)
        if standing is None and not (errand.card.incident.deleted_at or errand.secret):
            # Of many at once, as after an outage, the worst are read first, else the oldest.
            turns = self._turns.setdefault(errand.workspace.team_id, Turns(now=self._now))
            async with turns.turn(place_of(errand.card.incident), errand.incident_id):
                await self._post(await as_it_is(errand, self._reads))
        elif standing is None and errand.secret and errand.parcel.doubtful:
            await self._seek(errand)
        elif standing and errand.secret:
            await _taken_back(errand, Room(id=standing.channel_id), standing)
        elif standing:
            await self._correct(errand, standing)

    async def _seek(self, errand: IncidentErrand) -> None:
        """What an interrupted attempt may have said while it was public is taken back."""
        channel = await self._announced_in.of(errand)

        async def look(room: Room) -> None:
            if found := await self._poster.interrupted(errand, ANNOUNCEMENT, Spot(room=room)):
                await _taken_back(errand, room, found)

        await self._rooms.shown_in(errand, channel, look, missing=nowhere_to_announce(channel))

    async def _post(self, errand: IncidentErrand) -> None:
        if errand.card.incident.deleted_at or errand.secret:
            return
        channel, whom = await self._announced_in.of(errand), await self._to_call(errand)

        async def show(room: Room) -> None:
            # Noted before it is done: what was interrupted is found again, and called once.
            await self._decide(errand, room, called=whom is not Broadcast.NOBODY)
            message = announcement(await self._shown(errand), whom)
            await self._poster.kept_true(errand, ANNOUNCEMENT, Spot(room=room), message)

        missing = nowhere_to_announce(channel)
        await self._rooms.shown_in(errand, channel, show, missing=missing)

    async def _correct(self, errand: IncidentErrand, standing: Posting) -> None:
        name = name_in(await self._announced_in.of(errand))
        room = Room(id=standing.channel_id, name=name)
        spot, message = Spot(room=room), announcement(await self._shown(errand))
        shown = await self._poster.kept_true(errand, ANNOUNCEMENT, spot, message)
        await self._call_later(errand, Spot(room=room, thread_ts=shown.ts, broadcast=True))

    async def _shown(self, errand: IncidentErrand) -> IncidentCard:
        return await with_rhythm(errand.card, self._reads, errand.organization_id)

    async def _call_later(self, errand: IncidentErrand, spot: Spot) -> None:
        """Everybody is called once, also where it became so bad only afterwards."""
        decided = await self._poster.standing(errand, BROADCAST)
        if decided and (decided.ts == CALLED or int(decided.ts) >= _rank(errand)):
            return
        whom = await self._to_call(errand) if decided else Broadcast.NOBODY
        if whom is not Broadcast.NOBODY:
            await self._poster.once(errand, CALL, spot, calling(errand.card, whom))
        await self._decide(errand, spot.room, called=whom is not Broadcast.NOBODY)

    async def _to_call(self, errand: IncidentErrand) -> Broadcast:
        """Nobody for what is no emergency, whatever its severity."""
        incident = errand.card.incident
        if not incident.active or incident.mode is not Mode.STANDARD:
            return Broadcast.NOBODY
        settings = await settings_of(self._reads, errand.organization_id)
        return settings.of(incident.severity).broadcast

    async def _decide(self, errand: IncidentErrand, room: Room, *, called: bool) -> None:
        mark = CALLED if called else str(_rank(errand))
        await self._poster.note(errand, Posting(role=BROADCAST, channel_id=room.id, ts=mark))


async def _taken_back(errand: IncidentErrand, room: Room, told: Posting) -> None:
    """Where that is refused, `Withdraw` finds so as well, and tells those in charge."""
    try:
        await taken_back(errand, room, told)
    except Undeliverable as refusal:
        log.info("announcement_left_as_it_was", reason=str(refusal))


def _rank(errand: IncidentErrand) -> int:
    return errand.card.incident.severity.rank
