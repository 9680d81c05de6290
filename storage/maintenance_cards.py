"""Everything one window shows, gathered in a few queries."""

from collections.abc import Sequence

from sqlalchemy import bindparam, literal_column, select

from core.domain.events import ProgressPosted
from core.domain.ids import MaintenanceId, OrganizationId
from core.views import MaintenanceCard
from storage.alerts import SUPPRESSED
from storage.connection import Connection
from storage.maintenance_lists import one
from storage.maintenance_overlaps import overlaps_of
from storage.people import people_of
from storage.statements import Row, Statement
from storage.tables import timeline
from storage.timeline import ENTRY_COLUMNS, entry_of

_PROGRESS = Statement(
    select(*ENTRY_COLUMNS)
    .where(
        timeline.c.organization_id == bindparam("organization"),
        timeline.c.maintenance_id == bindparam("id"),
        timeline.c.kind == literal_column(f"'{ProgressPosted.__name__}'"),
    )
    .order_by(timeline.c.sequence.desc())
    .limit(1)
)


async def card(
    connection: Connection, organization_id: OrganizationId, id: MaintenanceId
) -> MaintenanceCard:
    row = await one(connection, organization_id, id)
    window = row.maintenance
    named = (window.owner_id, window.created_by, *window.notify_user_ids)
    people = await people_of(connection, organization_id, named)
    which = {"organization": organization_id, "id": id}
    [(suppressed, firing)] = await connection.fetch(SUPPRESSED, {**which, "window": id})
    posted = await connection.fetch(_PROGRESS, which)
    return MaintenanceCard(
        maintenance=window,
        services=dict(row.services),
        owner=people.get(window.owner_id or ""),
        creator=people.get(window.created_by or ""),
        people=tuple(people[one] for one in window.notify_user_ids if one in people),
        overlaps=await overlaps_of(connection, organization_id, window),
        suppressed=suppressed,
        firing=firing,
        progress=_text(posted),
    )


def _text(rows: Sequence[Row]) -> str:
    event = entry_of(rows[0]).event if rows else None
    return event.text if isinstance(event, ProgressPosted) else ""
