"""What a line of the timeline says of another incident, and where that one is worked on."""

from bot.retelling import as_all_may_read
from bot.slack.delivery.errand import IncidentErrand
from core.domain.events import IncidentAbsorbed, IncidentMerged, IncidentRelated
from core.domain.ids import IncidentId
from core.errors import NotFound
from core.ports import ReadModels
from core.views import TimelineEntry


async def told_there(
    reads: ReadModels, errand: IncidentErrand, entry: TimelineEntry
) -> tuple[TimelineEntry, str]:
    """The line as everybody in the incident's channel may read it, and the channel of the other;
    empty where there is none, or not all may know of it."""
    incident = errand.card.incident
    [told] = await as_all_may_read(reads, errand.organization_id, incident, [entry])
    id = _other(told)
    if not id:
        return told, ""
    try:
        other = (await reads.card(errand.organization_id, id)).incident
    except NotFound:
        return told, ""
    return told, other.channel_id or ""


def _other(entry: TimelineEntry) -> IncidentId | None:
    match entry.event:
        case IncidentMerged(into_id=id) | IncidentAbsorbed(other_id=id):
            return id
        case IncidentRelated(other_id=id):
            return id
        case _:
            return None
