"""Search through somebody's eyes: what is kept from them is not found."""

from dataclasses import dataclass, replace

from core.domain.ids import OrganizationId
from core.domain.viewer import Viewer
from core.ports import Found, ReadModels, Search, SearchQuery, Suggestion

INCIDENT = "incident"
MOST_ASKED = 500
"""Where so many that fit best are all kept from somebody, they find fewer than there are."""


@dataclass(frozen=True, slots=True)
class SeenSearch:
    """`reads` are of whoever looks. More is asked of the search where something of what it found
    is kept from them, so that they find as much as they asked for."""

    search: Search
    reads: ReadModels

    async def find(self, organization_id: OrganizationId, query: SearchQuery) -> list[Found]:
        limit = query.limit
        while True:
            found = await self.search.find(organization_id, replace(query, limit=limit))
            ids = [one.id for one in found if one.kind == INCIDENT]
            hidden = await self.reads.hidden_among(organization_id, ids) if ids else frozenset()
            seen = [one for one in found if one.id not in hidden]
            if len(seen) >= query.limit or len(found) < limit or limit >= MOST_ASKED:
                return seen[: query.limit]
            limit = min(limit + max(query.limit, len(hidden)), MOST_ASKED)

    async def suggest(
        self, organization_id: OrganizationId, begun: str, kinds: frozenset[str], limit: int
    ) -> list[Suggestion]:
        asked = limit
        while True:
            found = await self.search.suggest(organization_id, begun, kinds, asked)
            ids = [one.id for one in found if one.kind == INCIDENT]
            hidden = await self.reads.hidden_among(organization_id, ids) if ids else frozenset()
            seen = [one for one in found if one.id not in hidden]
            if len(seen) >= limit or len(found) < asked or asked >= MOST_ASKED:
                return seen[:limit]
            asked = min(asked + max(limit, len(hidden)), MOST_ASKED)


def search_seen_by(viewer: Viewer, search: Search, reads: ReadModels) -> Search:
    return search if viewer.everything else SeenSearch(search, reads.seen_by(viewer))
