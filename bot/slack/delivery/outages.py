"""Channels that follow from afar and cannot be reached: those in charge are told of it, once.

Nobody waits for a line in the digest or in a channel that follows something, so that nobody would
miss it. It is over with the first line that is told there again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from bot.slack.blocks import Message
from bot.slack.delivery.errand import Errand
from bot.slack.delivery.invitations import in_person, people_named
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import Poster
from bot.slack.outages import DIGEST, begun, begun_at, is_told_by, over
from bot.slack.shapes import Room
from bot.slack.views.outages import ended_notice, outage_notice
from core.domain.account import IN_CHARGE
from core.ports import Clock, Posting, Postings, ReadModels, Undeliverable, Unreachable
from core.views import Person

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageErrand(Errand):
    """About a place that could not be reached on another errand."""

    began_at: datetime
    place: str

    @property
    def subject_id(self) -> str:
        return self.organization_id

    @property
    def reference(self) -> str:
        return self.place

    @property
    def born_at(self) -> datetime:
        return self.began_at

    def mark(self, role: str) -> dict[str, str]:
        return {"effect_id": role, "parcel_id": str(self.parcel.id)}


class Outages:
    def __init__(self, poster: Poster, postings: Postings, reads: ReadModels, clock: Clock) -> None:
        self._poster = poster
        self._postings = postings
        self._reads = reads
        self._clock = clock

    async def minding(
        self, errand: Errand, place: str, channel: str, act: Callable[[], Awaitable[bool]]
    ) -> None:
        """`act`, and what it shows of that place: `digest`, or `follow:` and a channel; `channel`
        is its name or id. `act` answers whether it told anything there."""
        try:
            told = await act()
        except Undeliverable as refusal:
            await self._begun(errand, place, channel, str(refusal))
            raise
        if told and await self._since(errand, place):
            await self._ended(errand, place, channel)

    async def _since(self, errand: Errand, place: str) -> datetime | None:
        standing = await self._standing(errand, place)
        return begun_at(standing) if standing else None

    async def _standing(self, errand: Errand, place: str) -> Posting | None:
        organization = errand.organization_id
        return await self._postings.find(organization, organization, place)

    async def _begun(self, errand: Errand, place: str, channel: str, reason: str) -> None:
        """It is noted before anybody is told, so that whoever else finds it out keeps silent, in
        this process or another; an interruption keeps it from nobody, for its parcel comes
        again."""
        about = _about(errand, place, self._clock())
        first = begun(place, self._clock(), reason, errand.parcel.id)
        await self._postings.begin(errand.organization_id, about.subject_id, first)
        message = outage_notice(channel, reason, digest=place == DIGEST)

        async def tell(person: Person) -> None:
            if since := await self._mine_to_tell(errand, place):
                await self._tell(about, since, person, message)

        if await self._mine_to_tell(errand, place):
            people = await self._in_charge(errand)
            try:
                await one_by_one(partial(tell, person) for person in people)
            except Undeliverable as refusal:
                log.warning("outage_not_told_to_all", place=place, reason=str(refusal))

    async def _mine_to_tell(self, errand: Errand, place: str) -> datetime | None:
        """Since when, where it is this parcel's to tell; it may be over before all were told."""
        standing = await self._standing(errand, place)
        mine = standing is not None and is_told_by(standing, errand.parcel.id)
        return begun_at(standing) if standing and mine else None

    async def _tell(
        self, about: OutageErrand, since: datetime, person: Person, message: Message
    ) -> None:
        if spot := await in_person(about, person):
            role = f"{_told(about.place)}{since.isoformat()}:{person.id}"
            await self._poster.once(about, role, spot, message)

    async def _ended(self, errand: Errand, place: str, channel: str) -> None:
        """What was written of it says so."""
        about = _about(errand, place, self._clock())
        for told in await self._poster.all_standing(about):
            if told.role.startswith(_told(place)) and told.ts:
                await self._taken_back(about, told, channel)
        await self._poster.note(about, over(place))

    async def _taken_back(self, about: OutageErrand, told: Posting, channel: str) -> None:
        room = Room(id=told.channel_id)
        try:
            await about.gateway.edit(room, told.ts, ended_notice(channel))
        except (Undeliverable, Unreachable) as failure:
            log.info("outage_left_as_it_was", role=told.role, reason=str(failure))
        await self._poster.note(about, Posting(role=told.role, channel_id=told.channel_id, ts=""))

    async def _in_charge(self, errand: Errand) -> list[Person]:
        users = await self._reads.users(errand.organization_id)
        wanted = [user.id for user in users if user.role in IN_CHARGE]
        return await people_named(self._reads, errand, wanted)


def _about(errand: Errand, place: str, now: datetime) -> OutageErrand:
    return OutageErrand(
        parcel=errand.parcel,
        workspace=errand.workspace,
        began_at=min(errand.born_at, now),
        place=place,
    )


def _told(place: str) -> str:
    return f"told:{place}:"
