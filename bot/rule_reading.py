"""Routing rules as doors read them: all in their order, and what the words in them mean."""

from datetime import datetime

from core.domain.ids import IncidentId, OrganizationId
from core.domain.routing import in_order
from core.domain.routing_rule import RoutingRule
from core.domain.silence import ACTIVE, Silence
from core.errors import InvalidInput, NotFound
from core.ports import ReadModels, RecordQuery

ALL = 1_000
"""More than there may be of either."""


async def every_rule(reads: ReadModels, organization_id: OrganizationId) -> list[RoutingRule]:
    page = await reads.records(organization_id, RoutingRule, RecordQuery(limit=ALL))
    return in_order(page.rows)


async def silences_in_force(
    reads: ReadModels, organization_id: OrganizationId, now: datetime
) -> list[Silence]:
    """Those that are not over, the newest first."""
    query = RecordQuery(parent_id=ACTIVE, limit=ALL)
    page = await reads.records(organization_id, Silence, query)
    return [one for one in page.rows if now < one.ends_at]


async def incident_meant(
    word: str, organization_id: OrganizationId, reads: ReadModels
) -> IncidentId:
    """By id or by `INC-n`; `InvalidInput` where there is none."""
    try:
        return (await reads.incident(organization_id, word.strip())).row.id
    except NotFound as error:
        raise InvalidInput(str(error), field="incident_id") from error
