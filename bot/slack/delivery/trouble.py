"""What could not be shown in Slack, told in the first place where somebody reads it."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeAlias

from bot.slack.blocks import Message
from bot.slack.delivery.errand import Errand, IncidentErrand
from bot.slack.delivery.invitations import in_person
from bot.slack.delivery.one_by_one import Act, one_by_one
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.whereabouts import Whereabouts, insiders
from bot.slack.shapes import Spot
from bot.slack.views.notices import still_standing, trouble_notice
from core.domain.events import EffectBuried, Event
from core.effects import Effect, TellDeclarer, Withdraw
from core.language import known, say, to_say
from core.ports import ReadModels, Undeliverable

Place: TypeAlias = Callable[[], Awaitable[Spot | None]]
"""None when there is no such place."""


class Troubles:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads
        self._whereabouts = Whereabouts(poster, reads)

    async def tell(self, effect: TellDeclarer, errand: IncidentErrand) -> None:
        entry = await self._reads.entry(errand.organization_id, effect.entry_id)
        role, message = f"trouble:{effect.entry_id}", trouble_notice(entry, errand.card)
        if is_of(entry.event, Withdraw):
            await self._in_charge(errand, role, still_standing(entry))
            return
        await tell_somewhere(
            self._poster,
            errand,
            role,
            message,
            places=await self._places(errand),
            missing=_NO_PLACE,
        )

    async def _in_charge(self, errand: IncidentErrand, role: str, message: Message) -> None:
        """What others read of a private incident is not only the business of whoever declared it.
        Nobody has to be told of one that everybody may know of again."""
        if not errand.secret:
            return
        creator = errand.card.creator
        tell: list[Act] = [partial(self._whereabouts.say, errand, role, message)]
        if creator:
            own = f"{role}:{creator.id}"
            tell.append(partial(self._whereabouts.in_person, errand, own, creator, message))
        await one_by_one(tell)

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


def is_of(event: Event, effect: type[Effect]) -> bool:
    return isinstance(event, EffectBuried) and event.effect == effect.__name__


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
