"""The incidents that have to do with one, as its card shows them."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from core.domain.ids import OrganizationId
from core.domain.incident import Incident
from core.domain.viewer import NOBODY, Viewer
from core.views import Neighbour
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.mapping import Mapping
from storage.privacy import Eyed
from storage.tables import incidents

_NEIGHBOUR = Mapping(Neighbour)
_BESIDE = Eyed(
    select(*_NEIGHBOUR.columns(incidents)).where(
        Beside(incidents.c.organization_id) == bindparam("organization"),
        OneOf(incidents.c.id, "ids"),
        incidents.c.deleted_at.is_(None),
    ),
    incidents.c.id,
)


async def neighbours_of(
    connection: Connection, organization_id: OrganizationId, incident: Incident, viewer: Viewer
) -> dict[str, Neighbour]:
    """By id; for whoever sees everything, those that everybody may read of: it is shown in
    channels."""
    ids = [*incident.related, *([incident.merged_into] if incident.merged_into else [])]
    who = NOBODY if viewer.everything else viewer
    return await those_seen(connection, organization_id, ids, who)


async def those_seen(
    connection: Connection, organization_id: OrganizationId, ids: Sequence[str], viewer: Viewer
) -> dict[str, Neighbour]:
    """By id, those that the viewer may know of."""
    if not ids:
        return {}
    which = {"organization": organization_id, "ids": ids}
    rows = map(_NEIGHBOUR.value, await _BESIDE.fetch(connection, viewer, which))
    return {one.id: one for one in rows}
