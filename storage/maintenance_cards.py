"""Everything one window shows, gathered in a few queries."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from sqlalchemy import bindparam, literal_column, or_, select

from core.domain.events import ProgressPosted
from core.domain.ids import MaintenanceId, OrganizationId
from core.domain.maintenance import Maintenance, MaintenanceState
from core.views import MaintenanceCard, Overlap
from storage.agenda import BEGIN
from storage.alerts import SUPPRESSED
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.maintenance_lists import one
from storage.people import people_of
from storage.statements import Row, Statement
from storage.tables import maintenance_services, maintenances, services, timeline
from storage.tables.maintenances import running
from storage.timeline import entry_of
from storage.types import UtcDateTime

MOST_OVERLAPS = 20
_at_once = (bindparam("end", type_=UtcDateTime) > BEGIN) & (
    maintenances.c.scheduled_end_at > bindparam("begin", type_=UtcDateTime)
)
_overlapping = (
    select(
        maintenances.c.id,
        maintenances.c.number,
        maintenances.c.title,
        maintenances.c.scheduled_start_at,
        maintenances.c.scheduled_end_at,
        services.c.name,
    )
    .select_from(
        maintenance_services.join(
            maintenances, maintenances.c.id == maintenance_services.c.maintenance_id
        ).join(services, services.c.id == maintenance_services.c.service_id)
    )
    .where(
        OneOf(maintenance_services.c.service_id, "services"),
        Beside(maintenances.c.organization_id) == bindparam("organization"),
        maintenances.c.id != bindparam("id"),
        maintenances.c.actual_end_at.is_(None),
        maintenances.c.canceled_at.is_(None),
    )
    .order_by(maintenances.c.scheduled_start_at, maintenances.c.id, services.c.name)
    .limit(10 * MOST_OVERLAPS)
)
_OVERLAPS = {
    MaintenanceState.SCHEDULED: Statement(_overlapping.where(_at_once)),
    MaintenanceState.IN_PROGRESS: Statement(_overlapping.where(or_(_at_once, running))),
}
"""Two that run at this moment do so however late it is for one of them."""

_PROGRESS = Statement(
    select(timeline.c.id, timeline.c.at, timeline.c.kind, timeline.c.body)
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
        overlaps=await _overlaps(connection, organization_id, window),
        suppressed=suppressed,
        firing=firing,
        progress=_text(posted),
    )


async def _overlaps(
    connection: Connection, organization_id: OrganizationId, window: Maintenance
) -> tuple[Overlap, ...]:
    statement = _OVERLAPS.get(window.state)
    if statement is None or not window.service_ids:
        return ()
    values = {
        "organization": organization_id,
        "id": window.id,
        "services": window.service_ids,
        "begin": window.actual_start_at or window.scheduled_start_at,
        "end": window.scheduled_end_at,
    }
    rows = await connection.fetch(statement, values)
    found = [_overlap(list(alike)) for _, alike in groupby(rows, key=itemgetter(0))]
    return tuple(found[:MOST_OVERLAPS])


def _overlap(rows: Sequence[Row]) -> Overlap:
    """Of rows that differ in their last column alone, the name of a service."""
    id, number, title, start, end, _ = rows[0]
    return Overlap(
        id=id,
        reference=f"MNT-{number}",
        title=title,
        scheduled_start_at=start,
        scheduled_end_at=end,
        services=tuple(row[-1] for row in rows),
    )


def _text(rows: Sequence[Row]) -> str:
    event = entry_of(rows[0]).event if rows else None
    return event.text if isinstance(event, ProgressPosted) else ""
