"""What else takes place on a window's services at the same time, occurrences to come included.

Whatever an organisation has planned, this costs a bounded time: so many windows and so many series
on the same services are looked at, in the order in which they start.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, or_, select

from core.domain import overlaps
from core.domain.ids import OrganizationId
from core.domain.maintenance import Maintenance, MaintenanceState
from core.domain.overlaps import Span
from core.views import Overlap
from storage.agenda import BEGIN
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.maintenances import MAINTENANCE
from storage.statements import Row, Statement
from storage.tables import maintenance_services, maintenances, services
from storage.tables.maintenances import running
from storage.types import UtcDateTime

MOST_OVERLAPS = 20
MOST_SERIES = 100
_MOST_LATER = 1_000
_SERVICES_EACH = 10
_end = bindparam("end", type_=UtcDateTime)
_at_once = (_end > BEGIN) & (
    maintenances.c.scheduled_end_at > bindparam("begin", type_=UtcDateTime)
)


def _beside(*columns: ColumnElement[Any]) -> Select[Any]:
    """Open windows on the same services, once for each of them."""
    return (
        select(*columns, services.c.name)
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
        .limit(bindparam("limit", type_=Integer))
    )


_shown = _beside(
    maintenances.c.id,
    maintenances.c.number,
    maintenances.c.title,
    maintenances.c.scheduled_start_at,
    maintenances.c.scheduled_end_at,
    maintenances.c.actual_start_at,
)
STORED = {
    MaintenanceState.SCHEDULED: Statement(_shown.where(_at_once)),
    MaintenanceState.IN_PROGRESS: Statement(_shown.where(or_(_at_once, running))),
}
"""Two that run at this moment do so however late it is for one of them."""

SERIES = Statement(
    _beside(*MAINTENANCE.columns(maintenances)).where(
        maintenances.c.recurrence != "",
        maintenances.c.followed.is_(False),
        _end > maintenances.c.occurrence_at,
    )
)


async def overlaps_of(
    connection: Connection, organization_id: OrganizationId, window: Maintenance
) -> tuple[Overlap, ...]:
    statement = STORED.get(window.state)
    if statement is None or not window.service_ids:
        return ()
    ours = overlaps.whole(window)
    begin, end = overlaps.span(window)
    latest = max(end for _, end in ours)
    values = {
        "organization": organization_id,
        "id": window.id,
        "services": window.service_ids,
        "begin": begin,
        "end": end,
        "limit": MOST_OVERLAPS * _SERVICES_EACH,
    }
    found = [_overlap(rows) for rows in _grouped(await connection.fetch(statement, values))]
    if len(ours) > 1:
        later = {**values, "begin": ours[0][0], "end": latest, "limit": _MOST_LATER}
        rows = await connection.fetch(STORED[MaintenanceState.SCHEDULED], later)
        found += _met(_grouped(rows), ours)
    wanted = {**values, "end": latest, "limit": MOST_SERIES * _SERVICES_EACH}
    found += _series(await connection.fetch(SERIES, wanted), ours)
    once = {one.id: one for one in reversed(found)}
    return tuple(sorted(once.values(), key=attrgetter("scheduled_start_at", "id"))[:MOST_OVERLAPS])


def _grouped(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows that differ in their last column alone, the name of a service."""
    return (list(alike) for _, alike in groupby(rows, key=itemgetter(0)))


def _met(windows: Iterator[list[Row]], ours: Sequence[Span]) -> Iterator[Overlap]:
    """Those that are at once with an occurrence to come."""
    for rows in windows:
        *_, start, end, started, _ = rows[0]
        if overlaps.first_at_once(ours, [(started or start, end)]):
            yield _overlap(rows)


def _series(rows: Sequence[Row], ours: Sequence[Span]) -> Iterator[Overlap]:
    for alike in islice(_grouped(rows), MOST_SERIES):
        window = MAINTENANCE.value(alike[0], service_ids=())
        if met := overlaps.meeting(ours, window):
            shown = (window.id, window.number, window.title, *met, None)
            yield _overlap([(*shown, row[-1]) for row in alike])


def _overlap(rows: Sequence[Row]) -> Overlap:
    id, number, title, start, end, *_ = rows[0]
    return Overlap(
        id=id,
        reference=f"MNT-{number}",
        title=title,
        scheduled_start_at=start,
        scheduled_end_at=end,
        services=tuple(row[-1] for row in rows),
    )
