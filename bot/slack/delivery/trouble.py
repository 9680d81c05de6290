"""What could not be shown in Slack, told in the first place where somebody reads it."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeAlias

from bot.slack.delivery.errand import Errand
from bot.slack.delivery.invitations import member_of
from bot.slack.delivery.posting import Poster
from bot.slack.shapes import Spot
from bot.slack.views.notices import trouble_notice
from core.effects import TellDeclarer
from core.ports import ReadModels, Undeliverable
from core.views import Person

Place: TypeAlias = Callable[[], Awaitable[Spot | None]]
"""None when there is no such place."""


class Troubles:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads

    async def tell(self, effect: TellDeclarer, errand: Errand) -> None:
        """A place that refuses may be the very trouble; then the next one is tried."""
        entry = await self._reads.entry(errand.organization_id, effect.entry_id)
        role, message = f"trouble:{effect.entry_id}", trouble_notice(entry, errand.card)
        refusals: list[str] = []
        for place in self._places(errand):
            try:
                if spot := await place():
                    await self._poster.once(errand, role, spot, message)
                    return
            except Undeliverable as refusal:
                refusals.append(str(refusal))
        raise _unheard(errand, refusals)

    def _places(self, errand: Errand) -> list[Place]:
        """The declarer's own messages, then where the incident is shown, then its owners'."""
        card = errand.card
        return [
            *(partial(_direct, errand, person) for person in [card.creator] if person),
            partial(self._poster.announcement_thread, errand),
            partial(_own_channel, errand),
            *(partial(_direct, errand, owner) for owner in card.owners),
        ]


async def _direct(errand: Errand, person: Person) -> Spot | None:
    member = await member_of(errand, person)
    return Spot(room=await errand.gateway.open_direct(member)) if member else None


async def _own_channel(errand: Errand) -> Spot | None:
    return Spot(room=errand.room) if errand.room else None


def _unheard(errand: Errand, refusals: Sequence[str]) -> Undeliverable:
    reference = errand.card.incident.reference
    if refusals:
        reasons = " ".join(dict.fromkeys(refusals))
        return Undeliverable(
            f"Nobody could be told what Slack does not show of {reference}. {reasons}"
        )
    return Undeliverable(
        f"{reference} has no declarer or service owner in Slack, no announcement and no channel, "
        "so that nobody could be told what Slack does not show of it."
    )
