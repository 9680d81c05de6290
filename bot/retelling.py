"""Lines of an incident's history as they are told to several people at once.

Whoever is in the channel of an incident, or reads its postmortem, may know of that incident and
not of another one that it has to do with.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.domain.ids import OrganizationId
from core.domain.incident import Incident
from core.domain.mentions import mentioned, without
from core.domain.viewer import NOBODY, Viewer, knowing
from core.ports import ReadModels
from core.views import TimelineEntry


async def as_all_may_read(
    reads: ReadModels,
    organization_id: OrganizationId,
    incident: Incident,
    entries: Sequence[TimelineEntry],
) -> list[TimelineEntry]:
    """Without the names of others that somebody who may know of the incident may not know of."""
    return await _told(reads, organization_id, _readers(incident), entries)


async def as_one_may_read(
    reads: ReadModels, organization_id: OrganizationId, viewer: Viewer, entry: TimelineEntry
) -> TimelineEntry:
    [told] = await _told(reads, organization_id, [viewer], [entry])
    return told


def _readers(incident: Incident) -> list[Viewer]:
    if not incident.private:
        return [NOBODY]
    return [Viewer(user_id=id) for id in sorted(knowing(incident))]


async def _told(
    reads: ReadModels,
    organization_id: OrganizationId,
    viewers: Iterable[Viewer],
    entries: Sequence[TimelineEntry],
) -> list[TimelineEntry]:
    named = frozenset[str]().union(*(mentioned(one.event) for one in entries))
    hidden = frozenset[str]()
    for viewer in viewers if named else ():
        hidden |= await reads.seen_by(viewer).hidden_among(organization_id, named)
    if not hidden:
        return [*entries]
    return [replace(one, event=without(one.event, hidden)) for one in entries]
