"""What could not be shown of a window, told to whoever looks after it."""

from collections.abc import Sequence
from functools import partial

from bot.slack.delivery.errand import MaintenanceErrand
from bot.slack.delivery.invitations import in_person
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.trouble import Place, tell_somewhere
from bot.slack.delivery.window_places import Places
from bot.slack.shapes import Spot
from bot.slack.views.maintenance_notices import maintenance_trouble
from core.effects import TellMaintenanceOwner
from core.language import to_say
from core.ports import ReadModels

NO_PLACE = to_say(
    "no owner in Slack, nobody in Slack who scheduled it, and no channel that shows it"
)


class WindowTroubles:
    def __init__(self, poster: Poster, places: Places, reads: ReadModels) -> None:
        self._poster = poster
        self._places = places
        self._reads = reads

    async def tell(self, effect: TellMaintenanceOwner, errand: MaintenanceErrand) -> None:
        entry = await self._reads.entry(errand.organization_id, effect.entry_id)
        role, message = f"trouble:{effect.entry_id}", maintenance_trouble(entry, errand.card)
        places = await self._in_order(errand)
        await tell_somewhere(self._poster, errand, role, message, places=places, missing=NO_PLACE)

    async def _in_order(self, errand: MaintenanceErrand) -> Sequence[Place]:
        """Its owner's own messages, then those of who scheduled it, then where it is shown."""
        people = [person for person in (errand.card.owner, errand.card.creator) if person]
        spots = await self._places.threads(errand)
        return [
            *(partial(in_person, errand, person) for person in people),
            *(partial(_there, spot) for spot in spots),
        ]


async def _there(spot: Spot) -> Spot:
    return spot
