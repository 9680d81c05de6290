"""A line of a window's history, in the thread below each of its cards."""

from dataclasses import replace
from functools import partial

from bot.slack.blocks import Message
from bot.slack.delivery.errand import MaintenanceErrand
from bot.slack.delivery.invitations import member_of
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import NO_THREAD, Poster
from bot.slack.delivery.window_places import Places
from bot.slack.failures import Refused
from bot.slack.shapes import Spot
from bot.slack.views.maintenance_notices import (
    calls_the_owner,
    comes_too_late,
    for_everybody,
    maintenance_notice,
)
from core.domain.events import Event
from core.domain.ids import SlackUserId
from core.domain.viewer import NOBODY
from core.effects import PostMaintenanceNotice
from core.ports import ReadModels
from core.views import MaintenanceCard


class WindowNotices:
    def __init__(self, poster: Poster, places: Places, reads: ReadModels) -> None:
        self._poster = poster
        self._places = places
        self._reads = reads.seen_by(NOBODY)
        """Others read it than those who may know of a private incident."""

    async def post(self, effect: PostMaintenanceNotice, errand: MaintenanceErrand) -> None:
        entry = await self._reads.entry(errand.organization_id, effect.entry_id)
        if comes_too_late(entry.event, errand.card.maintenance):
            return
        message = maintenance_notice(entry, await _with_owner(errand, entry.event))
        spots = await self._places.threads(errand)
        await one_by_one(
            partial(
                self._post,
                errand,
                f"notice:{effect.entry_id}:{spot.room.id}",
                replace(spot, broadcast=for_everybody(entry.event)),
                message,
            )
            for spot in spots
        )

    async def _post(
        self, errand: MaintenanceErrand, role: str, spot: Spot, message: Message
    ) -> None:
        try:
            await self._poster.once(errand, role, spot, message)
        except Refused as refused:
            if refused.code not in NO_THREAD:
                raise  # else it is read without the card
            await self._poster.once(errand, role, Spot(room=spot.room), message)


async def _with_owner(errand: MaintenanceErrand, event: Event) -> MaintenanceCard:
    """Its owner as somebody who can be called, where that is needed."""
    card = errand.card
    if card.owner is None or not calls_the_owner(event):
        return card
    member = await member_of(errand, card.owner)
    known = SlackUserId(member) if member else None
    return replace(card, owner=replace(card.owner, slack_user_id=known))
