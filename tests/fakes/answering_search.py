"""A search that answers what a test wants it to."""

from dataclasses import dataclass, field

from core.domain.ids import OrganizationId
from core.ports import Found, SearchQuery, Suggestion


@dataclass(slots=True)
class AnsweringSearch:
    """Answers what it was told to, of the kinds that are asked for, and remembers the questions."""

    found: list[Found] = field(default_factory=list)
    refusal: Exception | None = None
    asked: list[SearchQuery] = field(default_factory=list)

    async def find(self, organization_id: OrganizationId, query: SearchQuery) -> list[Found]:
        self.asked.append(query)
        if self.refusal:
            raise self.refusal
        fitting = [one for one in self.found if one.kind in query.kinds]
        return [one for one in fitting if one.score >= query.least][: query.limit]

    async def suggest(
        self, organization_id: OrganizationId, begun: str, kinds: frozenset[str], limit: int
    ) -> list[Suggestion]:
        titles = [one for one in self.found if one.title.startswith(begun) and one.kind in kinds]
        return [Suggestion(id=one.id, kind=one.kind, title=one.title) for one in titles][:limit]
