"""Which incident is meant: the one named, the one whose channel it is, or a question."""

from dataclasses import replace

from bot.slack.gesture import Gesture, Person
from core.domain.ids import ChannelId, IncidentId
from core.domain.state import ACTIVE, State
from core.domain.viewer import EVERYTHING
from core.errors import NotFound
from core.language import say
from core.ports import ReadModels
from core.views import IncidentPage, IncidentQuery, IncidentRow

OFFERED, IN_A_FORM = 15, 100
"""Incidents to choose from in a message, and in the select of a form, which Slack lets have so many
options."""

SHOWN = frozenset(State) - {State.DRAFT}


class Targets:
    """Nothing here leads to an incident that was never published, whatever became of it."""

    def __init__(self, reads: ReadModels) -> None:
        self._reads = reads

    async def find(self, person: Person, reference: str) -> IncidentId | None:
        """None when it has to be asked; `NotFound` when there is no incident of that name."""
        if reference:
            return await self.named(person, reference)
        if not person.gesture.channel_id:
            return None
        organization = person.caller.organization_id
        return await self._seen(person).in_channel(
            organization, ChannelId(person.gesture.channel_id)
        )

    async def implied(self, gesture: Gesture) -> bool:
        """Whether the channel is an incident's, of whoever may know of it."""
        if not gesture.channel_id:
            return False
        reads, channel = self._reads.seen_by(EVERYTHING), ChannelId(gesture.channel_id)
        return await reads.in_channel(gesture.workspace.organization_id, channel) is not None

    async def named(self, person: Person, id_or_reference: str) -> IncidentId:
        row = (
            await self._seen(person).incident(person.caller.organization_id, id_or_reference)
        ).row
        if row.published_at is None:
            raise NotFound(say("There is no incident {id}.", id=id_or_reference))
        return row.id

    async def candidates(
        self, person: Person, states: frozenset[State] = ACTIVE, most: int = OFFERED
    ) -> IncidentPage:
        """What is going on, newest first."""
        return await self.listed(person, IncidentQuery(states=states, limit=most))

    async def listed(self, person: Person, query: IncidentQuery) -> IncidentPage:
        """What was published. Drafts count in no total either, so past ones are not counted
        beyond the page; what is active was published."""
        reads, organization = self._seen(person), person.caller.organization_id
        first = page = await reads.incidents(organization, query)
        rows = _published(page)
        while page.more and len(rows) < query.limit:
            last = page.rows[-1]
            after = replace(query, after=(last.created_at, last.id))
            page = await reads.incidents(organization, after)
            rows += _published(page)
        shown = rows[: query.limit]
        total = first.total if query.states <= ACTIVE else len(shown)
        return IncidentPage(rows=shown, total=total, more=page.more or len(rows) > len(shown))

    def _seen(self, person: Person) -> ReadModels:
        return self._reads.seen_by(person.caller.viewer)


def _published(page: IncidentPage) -> tuple[IncidentRow, ...]:
    return tuple(row for row in page.rows if row.published_at)
