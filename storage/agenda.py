"""What is planned, in SQL: the windows of a stretch of time in the order in which they begin."""

from functools import lru_cache

from sqlalchemy import ColumnElement, Integer, bindparam, func, or_, select

from core.domain.ids import OrganizationId
from core.ports import AgendaQuery, MaintenanceRow
from storage.connection import Connection
from storage.expressions import OneOf
from storage.maintenance_lists import OURS, rows_of
from storage.maintenances import MAINTENANCE
from storage.statements import Statement
from storage.tables import maintenance_services, maintenances
from storage.tables.maintenances import running
from storage.types import UtcDateTime

_since = bindparam("since", type_=UtcDateTime)
_until = bindparam("until", type_=UtcDateTime)
BEGIN = func.coalesce(maintenances.c.actual_start_at, maintenances.c.scheduled_start_at)
_not_over = or_(
    maintenances.c.actual_end_at > _since,
    running,
    maintenances.c.actual_start_at.is_(None) & (maintenances.c.scheduled_end_at > _since),
)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "open": maintenances.c.actual_end_at.is_(None),
    "services": maintenances.c.id.in_(
        select(maintenance_services.c.maintenance_id).where(
            maintenance_services.c.organization_id == bindparam("organization"),
            OneOf(maintenance_services.c.service_id, "services"),
        )
    ),
}


async def agenda(
    connection: Connection, organization_id: OrganizationId, query: AgendaQuery
) -> list[MaintenanceRow]:
    values = {
        "organization": organization_id,
        "since": query.since,
        "until": query.until,
        "services": sorted(query.service_ids),
        "limit": query.limit,
    }
    wanted = {"open": not query.completed, "services": bool(query.service_ids)}
    shape = tuple(name for name in _FILTERS if wanted[name])
    rows = await connection.fetch(_listing(shape), values)
    return list(await rows_of(connection, organization_id, rows))


@lru_cache(maxsize=4)
def _listing(shape: tuple[str, ...]) -> Statement:
    """First which windows, from an index alone, then what they show."""
    place = (maintenances.c.scheduled_start_at, maintenances.c.id)
    picked = (
        select(maintenances.c.id)
        .where(
            OURS,
            maintenances.c.canceled_at.is_(None),
            _not_over,
            _until > BEGIN,
            *(_FILTERS[name] for name in shape),
        )
        .order_by(*place)
        .limit(bindparam("limit", type_=Integer))
        .subquery("picked")
    )
    return Statement(
        select(*MAINTENANCE.columns(maintenances))
        .select_from(picked.join(maintenances, maintenances.c.id == picked.c.id))
        .order_by(*place)
    )
