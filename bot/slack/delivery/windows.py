"""The card of a window: there and true, once in each of its places."""

from functools import partial

from bot.slack.delivery.errand import MaintenanceErrand
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import CARD, Poster
from bot.slack.delivery.window_places import Places, card_role
from bot.slack.failures import Refused
from bot.slack.shapes import Room, Spot
from bot.slack.views.maintenance_card import maintenance_card
from core.effects import RefreshMaintenanceCard
from core.ports import Posting


class WindowCards:
    def __init__(self, poster: Poster, places: Places) -> None:
        self._poster = poster
        self._places = places

    async def refresh(self, effect: RefreshMaintenanceCard, errand: MaintenanceErrand) -> None:
        standing = await self._poster.all_standing(errand)
        cards = [posting for posting in standing if posting.role.startswith(f"{CARD}:")]
        if not cards and errand.card.maintenance.armed_at is None:
            return  # it was over when it was written down: nobody was told of it
        turn = _Turn(self._poster, errand)
        wanted = await self._places.wanted(errand)
        await one_by_one(
            [
                *(partial(self._places.show, errand, place, turn.show) for place in wanted),
                *(partial(turn.correct, card) for card in cards),
            ]
        )


class _Turn:
    """One walk through all places; one that is called in two ways is visited once."""

    def __init__(self, poster: Poster, errand: MaintenanceErrand) -> None:
        self._poster = poster
        self._errand = errand
        self._message = maintenance_card(errand.card)
        self._shown: dict[str, Posting] = {}
        self._visited: set[str] = set()

    async def show(self, room: Room) -> Posting:
        self._visited.add(room.id)
        if room.id not in self._shown:
            role, spot = card_role(room.id), Spot(room=room)
            self._shown[room.id] = await self._poster.kept_true(
                self._errand, role, spot, self._message
            )
        return self._shown[room.id]

    async def correct(self, card: Posting) -> None:
        """What stands in a place that is told no more shall not lie, as far as Slack allows."""
        if card.channel_id in self._visited:
            return
        room = Room(id=card.channel_id)
        try:
            await self._errand.gateway.edit(room, card.ts, self._message)
        except Refused:
            return  # nobody is to be told there, nor that it cannot be done
