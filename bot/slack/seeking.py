"""What looks like an incident or has to do with a text, for somebody who asks in Slack."""

import asyncio

import structlog

from bot.likenesses import LEAST_IN_THE_WAY, Likenesses
from bot.slack.gesture import Person
from core.domain.actor import Permission
from core.domain.ids import IncidentId
from core.domain.likeness import Verdict
from core.domain.state import ACTIVE
from core.errors import Unavailable
from core.permissions import require
from core.ports import ReadModels, Search, SearchQuery
from core.views import IncidentQuery, LikenessRow

SHOWN = 5
"""Results that a person reads; they are asked for more than that, as drafts are left out."""

MOST_UNRELATED = 10
"""Of what people said is not related; with the results it must fit into one message."""

GOING_ON = 100
"""Active incidents among which one that is declared anew is looked for."""

PATIENCE = 1.0
"""Seconds that a declaration waits for the search; it comes first."""

log = structlog.get_logger(__name__)


class Seeking:
    def __init__(self, reads: ReadModels, search: Search) -> None:
        self._reads = reads
        self._likenesses = Likenesses(reads, search)

    async def words(self, person: Person, text: str) -> list[LikenessRow]:
        """What has to do with them, the best first."""
        require(person.caller, Permission.READ_INCIDENTS)
        return await self._found(person, SearchQuery(text=text, limit=2 * SHOWN))

    async def about(self, person: Person, id: IncidentId) -> list[LikenessRow]:
        """What looks like the incident as it is now; what people said is not related stands last,
        so that it can be taken back."""
        require(person.caller, Permission.READ_INCIDENTS)
        organization = person.caller.organization_id
        viewer = person.caller.viewer
        likenesses = self._likenesses.seen_by(viewer)
        rows = await likenesses.of_incident(organization, id, limit=SHOWN)
        stored = await self._reads.seen_by(viewer).likenesses(organization, id)
        unrelated = [row for row in stored if row.verdict is Verdict.NOT_RELATED]
        return [*rows, *unrelated[:MOST_UNRELATED]]

    async def going_on(self, person: Person, text: str) -> list[LikenessRow]:
        """Incidents that go on and are likely the same; none when that takes too long to find
        out."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._going_on(person, text)
        except (TimeoutError, Unavailable) as failure:
            log.info("slack_declares_without_search", kind=type(failure).__name__)
            return []

    async def _going_on(self, person: Person, text: str) -> list[LikenessRow]:
        query = IncidentQuery(states=ACTIVE, limit=GOING_ON)
        page = await self._reads.seen_by(person.caller.viewer).incidents(
            person.caller.organization_id, query
        )
        if not page.rows:
            return []
        kinds, ids = frozenset({"incident"}), frozenset(row.id for row in page.rows)
        asked = SearchQuery(text=text, kinds=kinds, only=ids, limit=SHOWN, least=LEAST_IN_THE_WAY)
        return await self._found(person, asked)

    async def _found(self, person: Person, query: SearchQuery) -> list[LikenessRow]:
        likenesses = self._likenesses.seen_by(person.caller.viewer)
        return (await likenesses.of_text(person.caller.organization_id, query))[:SHOWN]
