"""The status card: there, pinned and true, in the incident's channel."""

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.posting import CARD, PIN, Poster
from bot.slack.failures import Refused
from bot.slack.rhythm import with_rhythm
from bot.slack.shapes import Room, Spot
from bot.slack.views.card import incident_card
from core.effects import RefreshCard
from core.ports import Posting, ReadModels

UNPINNABLE = frozenset({"already_pinned", "not_pinnable", "too_many_pins", "restricted_action"})
"""A card that cannot be pinned is a card all the same."""


class Cards:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads

    async def refresh(self, effect: RefreshCard, errand: IncidentErrand) -> None:
        if errand.room is None:
            return
        spot = Spot(room=errand.room)
        shown = await with_rhythm(errand.card, self._reads, errand.organization_id)
        posting = await self._poster.kept_true(errand, CARD, spot, incident_card(shown))
        pinned = await self._poster.standing(errand, PIN)
        if pinned is None or pinned.ts != posting.ts:
            await self._pin(errand, posting, errand.room)

    async def _pin(self, errand: IncidentErrand, posting: Posting, room: Room) -> None:
        try:
            await errand.gateway.pin(room, posting.ts)
        except Refused as refused:
            if refused.code not in UNPINNABLE:
                raise
        pin = Posting(role=PIN, channel_id=posting.channel_id, ts=posting.ts)
        await self._poster.note(errand, pin)
