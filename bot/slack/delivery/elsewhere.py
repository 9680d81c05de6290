"""Where another incident is worked on, of which a line of the timeline speaks."""

from core.domain.events import IncidentAbsorbed, IncidentMerged, IncidentRelated
from core.domain.ids import IncidentId, OrganizationId
from core.errors import NotFound
from core.ports import ReadModels
from core.views import TimelineEntry


async def elsewhere(
    reads: ReadModels, organization_id: OrganizationId, entry: TimelineEntry
) -> str:
    """Its channel; empty where there is none. A link to a channel tells nobody more than they may
    see of it."""
    id = _other(entry)
    if id is None:
        return ""
    try:
        return (await reads.card(organization_id, id)).incident.channel_id or ""
    except NotFound:
        return ""


def _other(entry: TimelineEntry) -> IncidentId | None:
    match entry.event:
        case IncidentMerged(into_id=id) | IncidentAbsorbed(other_id=id):
            return id
        case IncidentRelated(other_id=id):
            return id
        case _:
            return None
