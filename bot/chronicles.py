"""The history of an incident, read from where its parts are kept."""

from collections.abc import Sequence

from bot.retelling import as_all_may_read
from core.domain.chronicle import Line, every_line
from core.domain.ids import IncidentId, OrganizationId
from core.domain.incident import Incident
from core.domain.kept_message import KeptMessage
from core.domain.timeline_edit import TimelineEdit
from core.ports import ReadModels, RecordQuery
from core.ports.records import K
from core.views import TimelineEntry

AT_ONCE = 500


async def chronicle_of(
    reads: ReadModels, organization_id: OrganizationId, id: IncidentId
) -> list[Line]:
    """What is to be read of it, by time."""
    return [line for line in await all_lines_of(reads, organization_id, id) if not line.hidden]


async def chronicle_for_all(
    reads: ReadModels, organization_id: OrganizationId, incident: Incident
) -> list[Line]:
    """The same for everybody who may know of it; `reads` are those of one of them."""
    entries = await reads.timeline(organization_id, incident.id)
    told = await as_all_may_read(reads, organization_id, incident, entries)
    lines = await _with_words(reads, organization_id, incident.id, told)
    return [line for line in lines if not line.hidden]


async def all_lines_of(
    reads: ReadModels, organization_id: OrganizationId, id: IncidentId
) -> list[Line]:
    """The same with what was left out."""
    entries = await reads.timeline(organization_id, id)
    return await _with_words(reads, organization_id, id, entries)


async def _with_words(
    reads: ReadModels,
    organization_id: OrganizationId,
    id: IncidentId,
    entries: Sequence[TimelineEntry],
) -> list[Line]:
    """With what people said of it."""
    messages = await kept_messages_of(reads, organization_id, id)
    edits = await _of_incident(reads, organization_id, TimelineEdit, id)
    return every_line(entries, messages, edits)


async def kept_messages_of(
    reads: ReadModels, organization_id: OrganizationId, id: IncidentId
) -> list[KeptMessage]:
    return await _of_incident(reads, organization_id, KeptMessage, id)


async def _of_incident(
    reads: ReadModels, organization_id: OrganizationId, kind: type[K], id: IncidentId
) -> list[K]:
    query, found = RecordQuery(parent_id=id, limit=AT_ONCE), list[K]()
    while True:
        page = await reads.records(organization_id, kind, query)
        found += page.rows
        if not page.more:
            return found
        last = page.rows[-1]
        query = RecordQuery(parent_id=id, limit=AT_ONCE, after=(last.created_at, last.id))
