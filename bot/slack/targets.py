"""Which incident is meant: the one named, the one whose channel it is, or a question."""

from bot.slack.gesture import Person
from core.domain.ids import ChannelId, IncidentId
from core.domain.state import ACTIVE, State
from core.ports import ReadModels
from core.views import IncidentPage, IncidentQuery

OFFERED = 15


class Targets:
    def __init__(self, reads: ReadModels) -> None:
        self._reads = reads

    async def find(self, person: Person, reference: str) -> IncidentId | None:
        """None when it has to be asked; `NotFound` when there is no incident of that name."""
        organization = person.caller.organization_id
        if reference:
            return (await self._reads.incident(organization, reference)).row.id
        if not person.gesture.channel_id:
            return None
        return await self._reads.in_channel(organization, ChannelId(person.gesture.channel_id))

    async def candidates(self, person: Person, states: frozenset[State] = ACTIVE) -> IncidentPage:
        """What is going on, newest first."""
        query = IncidentQuery(states=states, limit=OFFERED)
        return await self._reads.incidents(person.caller.organization_id, query)
