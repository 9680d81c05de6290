"""Where a window is shown: its channels, and the direct messages of the people it is told to.

What a place is called leads to the Slack channel that it was when its card was posted there, so
that a channel which is renamed later stays the same place.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.slack.delivery.announced_in import AnnouncedIn
from bot.slack.delivery.errand import MaintenanceErrand
from bot.slack.delivery.invitations import member_of
from bot.slack.delivery.posting import CARD, Poster
from bot.slack.delivery.rooms import Rooms
from bot.slack.naming import name_in
from bot.slack.shapes import Room, Spot
from core.domain.ids import ChannelId
from core.language import say
from core.ports import Posting, Undeliverable
from core.views import Person

ABSENT = "absent"
"""Stands for the message of somebody who was looked for in Slack and is not there."""

ShowIn: TypeAlias = Callable[[Room], Awaitable[Posting]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A channel by name or id, or a person."""

    channel: str = ""
    person: Person | None = None

    @property
    def role(self) -> str:
        if self.person:
            return f"place:@{self.person.id}"
        name = name_in(self.channel).lower()
        return f"place:#{name}" if name else f"place:{self.channel.lstrip('#')}"


def card_role(channel_id: str) -> str:
    return f"{CARD}:{channel_id}"


class Places:
    """Where a window names no channel, it is shown where incidents are announced."""

    def __init__(self, poster: Poster, rooms: Rooms, announced_in: AnnouncedIn) -> None:
        self._poster = poster
        self._rooms = rooms
        self._announced_in = announced_in

    async def wanted(self, errand: MaintenanceErrand) -> Sequence[Place]:
        channels = errand.card.maintenance.notify_channels
        named = channels or (await self._announced_in.of(errand),)
        places = [Place(channel=channel) for channel in named]
        return [*dict.fromkeys([*places, *(Place(person=one) for one in errand.card.people)])]

    async def show(self, errand: MaintenanceErrand, place: Place, show: ShowIn) -> None:
        """`show` its card there, and remember where that is."""
        known = await self._poster.standing(errand, place.role)
        if known is not None and known.channel_id:
            await show(await self._room(errand, place, known))
        elif place.person:
            await self._in_person(errand, place, place.person, known, show)
        else:
            missing = _no_channel(errand, name_in(place.channel))
            posting = await self._rooms.shown_in(errand, place.channel, show, missing=missing)
            await self._remember(errand, place, posting.channel_id, posting.ts)

    async def threads(self, errand: MaintenanceErrand) -> list[Spot]:
        """The thread below the card of each wanted place that has one."""
        standing = {posting.role: posting for posting in await self._poster.all_standing(errand)}
        spots: dict[str, Spot] = {}
        for place in await self.wanted(errand):
            known = standing.get(place.role)
            card = standing.get(card_role(known.channel_id)) if known else None
            if card:
                room = await self._room(errand, place, card)
                spots.setdefault(room.id, Spot(room=room, thread_ts=card.ts))
        return [*spots.values()]

    async def _room(self, errand: MaintenanceErrand, place: Place, posting: Posting) -> Room:
        """Called as the window calls it; people have no name for their own messages."""
        name = name_in(place.channel)
        if name or place.person:
            return Room(id=posting.channel_id, name=name)
        return await self._rooms.with_id(errand, posting.channel_id)

    async def _in_person(
        self,
        errand: MaintenanceErrand,
        place: Place,
        person: Person,
        known: Posting | None,
        show: ShowIn,
    ) -> None:
        member = await member_of(errand, person)
        if member:
            posting = await show(await errand.gateway.open_direct(member))
            await self._remember(errand, place, posting.channel_id, posting.ts)
        elif known is None:  # said once
            await self._remember(errand, place, ChannelId(""), ABSENT)
            raise _not_in_slack(errand, person)

    async def _remember(
        self, errand: MaintenanceErrand, place: Place, channel_id: ChannelId, ts: str
    ) -> None:
        await self._poster.note(errand, Posting(role=place.role, channel_id=channel_id, ts=ts))


def _no_channel(errand: MaintenanceErrand, name: str) -> str:
    return say(
        "There is no channel #{name} that Tocsin can see, in which {reference} was "
        "to be announced; create it (a private one: invite Tocsin), or name another "
        "one, then replay.",
        name=name,
        reference=errand.reference,
    )


def _not_in_slack(errand: MaintenanceErrand, person: Person) -> Undeliverable:
    return Undeliverable(
        say(
            "{name} is not in Slack with the address {email}, so that nobody tells them "
            "of {reference} there.",
            name=person.name,
            email=person.email,
            reference=errand.reference,
        )
    )
