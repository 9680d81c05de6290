"""Where something of an incident is said: in its channel, below its announcement, or in person."""

from functools import partial

from bot.slack.blocks import Message
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.invitations import in_person, people_named
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import Poster
from bot.slack.shapes import Spot
from core.domain.viewer import knowing
from core.ports import ReadModels
from core.views import Person


class Whereabouts:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads

    async def say(self, errand: IncidentErrand, role: str, message: Message) -> bool:
        """Once in each place; False where there is none. What is private is never said where
        others read it: without a channel each of those who may know of it is told."""
        spot = await self._spot(errand)
        if spot:
            await self._poster.once(errand, role, spot, message)
            return True
        people = await insiders(self._reads, errand)
        await one_by_one(
            partial(self.in_person, errand, f"{role}:{person.id}", person, message)
            for person in people
        )
        return bool(people)

    async def _spot(self, errand: IncidentErrand) -> Spot | None:
        if errand.room:
            return Spot(room=errand.room)
        return await self._poster.announcement_thread(errand)

    async def in_person(
        self, errand: IncidentErrand, role: str, person: Person, message: Message
    ) -> None:
        """Once, as long as they are in Slack."""
        if await self._poster.standing(errand, role):
            return
        if spot := await in_person(errand, person):
            await self._poster.once(errand, role, spot, message)


async def insiders(reads: ReadModels, errand: IncidentErrand) -> list[Person]:
    """Who may know of a private incident; of any other one everybody may, and nobody is named."""
    incident = errand.card.incident
    if not incident.private:
        return []
    return await people_named(reads, errand, knowing(incident))
