"""A private incident that goes on while nobody is left who may know of it: who is in charge hears
that there is one, and nothing else of it."""

from functools import partial

import structlog

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.invitations import people_named
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.whereabouts import Whereabouts, insiders
from bot.slack.people import looked_up
from bot.slack.views.notices import left_alone_notice
from core.domain.account import IN_CHARGE
from core.ports import ReadModels, Undeliverable
from core.views import Person

log = structlog.get_logger(__name__)


class LeftAlone:
    def __init__(self, reads: ReadModels, poster: Poster) -> None:
        self._reads = reads
        self._whereabouts = Whereabouts(poster, reads)

    async def look(self, errand: IncidentErrand) -> None:
        """Each of those in charge is told once."""
        if not errand.secret or await self._anybody(errand):
            return
        message = left_alone_notice(errand.reference)
        users = await self._reads.users(errand.organization_id)
        wanted = [user.id for user in users if user.role in IN_CHARGE]
        people = await people_named(self._reads, errand, wanted)
        tell = partial(self._whereabouts.in_person, errand)
        try:
            await one_by_one(partial(tell, f"alone:{one.id}", one, message) for one in people)
        except Undeliverable as refusal:
            log.warning("left_alone_not_told_to_all", reason=str(refusal))

    async def _anybody(self, errand: IncidentErrand) -> bool:
        for person in await insiders(self._reads, errand):
            if await _is_there(errand, person):
                return True
        return False


async def _is_there(errand: IncidentErrand, person: Person) -> bool:
    """Whoever Slack does not know may look at it elsewhere."""
    if not person.slack_user_id:
        return True
    member = await looked_up(errand.gateway, person.slack_user_id)
    return member is None or not member.is_gone
