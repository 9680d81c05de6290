"""What could not be shown in Slack, told in the first place where somebody reads it."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeAlias

from bot.slack.blocks import Message
from bot.slack.delivery.errand import Errand, IncidentErrand
from bot.slack.delivery.invitations import in_person
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.whereabouts import insiders
from bot.slack.shapes import Spot
from bot.slack.views.notices import trouble_notice
from core.effects import TellDeclarer
from core.language import known, say, to_say
from core.ports import ReadModels, Undeliverable

Place: TypeAlias = Callable[[], Awaitable[Spot | None]]
"""None when there is no such place."""


class Troubles:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads

    async def tell(self, effect: TellDeclarer, errand: IncidentErrand) -> None:
        entry = await self._reads.entry(errand.organization_id, effect.entry_id)
        role, message = f"trouble:{effect.entry_id}", trouble_notice(entry, errand.card)
        await tell_somewhere(
            self._poster,
            errand,
            role,
            message,
            places=await self._places(errand),
            missing=_NO_PLACE,
        )

    async def _places(self, errand: IncidentErrand) -> list[Place]:
        """The declarer's own messages, then where the incident is shown, then its owners'; of a
        private one those of the people who may know of it."""
        card = errand.card
        others = await insiders(self._reads, errand) if errand.secret else card.owners
        return [
            *(partial(in_person, errand, person) for person in [card.creator] if person),
            partial(self._poster.announcement_thread, errand),
            partial(_own_channel, errand),
            *(partial(in_person, errand, person) for person in others),
        ]


async def tell_somewhere(
    poster: Poster,
    errand: Errand,
    role: str,
    message: Message,
    *,
    places: Sequence[Place],
    missing: str,
) -> None:
    """In the first place that takes it: one that refuses may be the very trouble."""
    refusals: list[str] = []
    for place in places:
        try:
            if spot := await place():
                await poster.once(errand, role, spot, message)
                return
        except Undeliverable as refusal:
            refusals.append(str(refusal))
    raise _unheard(errand, refusals, missing)


async def _own_channel(errand: IncidentErrand) -> Spot | None:
    return Spot(room=errand.room) if errand.room else None


_NO_PLACE = to_say("no declarer or service owner in Slack, no announcement and no channel")


def _unheard(errand: Errand, refusals: Sequence[str], missing: str) -> Undeliverable:
    if refusals:
        reasons = " ".join(dict.fromkeys(refusals))
        return Undeliverable(
            say(
                "Nobody could be told what Slack does not show of {reference}. {reasons}",
                reference=errand.reference,
                reasons=reasons,
            )
        )
    return Undeliverable(
        say(
            "{reference} has {missing}, so that nobody could be told what Slack does not "
            "show of it.",
            reference=errand.reference,
            missing=known(missing),
        )
    )
