"""Lists of maintenance in SQL; the state is read off the times here as it is in the core."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Text,
    bindparam,
    case,
    func,
    literal_column,
    select,
    tuple_,
)

from core.domain.ids import OrganizationId, ServiceId
from core.domain.maintenance import MaintenanceState
from core.errors import NotFound
from core.language import say
from core.ports import MaintenancePage, MaintenanceQuery, MaintenanceRow
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.maintenances import MAINTENANCE
from storage.statements import Row, Statement
from storage.tables import maintenance_services, maintenances, services
from storage.tables.maintenances import running
from storage.types import UtcDateTime

_REFERENCE = re.compile(r"mnt-(\d{1,9})", re.IGNORECASE | re.ASCII)
_IN_PROGRESS = frozenset({MaintenanceState.IN_PROGRESS})
OURS = maintenances.c.organization_id == bindparam("organization")


def _state(state: MaintenanceState) -> ColumnElement[str]:
    return literal_column(f"'{state.value}'", Text)


_TIMES_SAY = (
    (maintenances.c.canceled_at.is_not(None), _state(MaintenanceState.CANCELED)),
    (maintenances.c.actual_end_at.is_not(None), _state(MaintenanceState.COMPLETED)),
    (maintenances.c.actual_start_at.is_not(None), _state(MaintenanceState.IN_PROGRESS)),
)
STATE = case(*_TIMES_SAY, else_=_state(MaintenanceState.SCHEDULED))
_over = maintenances.c.scheduled_end_at <= bindparam("over_by", type_=UtcDateTime)
_STATE_BY = case(
    *_TIMES_SAY,
    (_over, _state(MaintenanceState.COMPLETED)),
    else_=_state(MaintenanceState.SCHEDULED),
)
_one = select(*MAINTENANCE.columns(maintenances)).where(OURS)
_BY_ID = Statement(_one.where(maintenances.c.id == bindparam("id")))
_BY_NUMBER = Statement(_one.where(maintenances.c.number == bindparam("number")))
_SERVICES = Statement(
    select(maintenance_services.c.maintenance_id, services.c.id, services.c.name)
    .join(services, services.c.id == maintenance_services.c.service_id)
    .where(
        Beside(maintenance_services.c.organization_id) == bindparam("organization"),
        OneOf(maintenance_services.c.maintenance_id, "ids"),
    )
    .order_by(maintenance_services.c.maintenance_id, maintenance_services.c.position)
)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "running": running,
    "states": OneOf(STATE, "states"),
    "states_by": OneOf(_STATE_BY, "states_by"),
    "since": maintenances.c.created_at >= bindparam("since", type_=UtcDateTime),
    "service": maintenances.c.id.in_(
        select(maintenance_services.c.maintenance_id).where(
            maintenance_services.c.organization_id == bindparam("organization"),
            maintenance_services.c.service_id == bindparam("service"),
        )
    ),
}
_PLACE = tuple_(maintenances.c.created_at, maintenances.c.id)
_AFTER = tuple_(bindparam("after_at", type_=UtcDateTime), bindparam("after_id"))
_LIMIT, _OFFSET = bindparam("limit", type_=Integer), bindparam("offset", type_=BigInteger)


async def page(
    connection: Connection, organization_id: OrganizationId, query: MaintenanceQuery
) -> MaintenancePage:
    values = {"organization": organization_id, **_given(query)}
    shape = tuple(name for name in _FILTERS if name in values)
    rows = await connection.fetch(_page(shape, query.after is not None), values)
    total = (await connection.fetch(_total(shape), values))[0][0]
    return MaintenancePage(
        rows=await rows_of(connection, organization_id, rows[: query.limit]),
        total=total,
        more=len(rows) > query.limit,
    )


async def one(
    connection: Connection, organization_id: OrganizationId, id_or_reference: str
) -> MaintenanceRow:
    which: dict[str, object] = {"organization": organization_id}
    if reference := _REFERENCE.fullmatch(id_or_reference.strip()):
        rows = await connection.fetch(_BY_NUMBER, {**which, "number": int(reference[1])})
    else:
        rows = await connection.fetch(_BY_ID, {**which, "id": id_or_reference})
    if not rows:
        raise NotFound(say("There is no maintenance {id}.", id=id_or_reference))
    return (await rows_of(connection, organization_id, rows))[0]


async def rows_of(
    connection: Connection, organization_id: OrganizationId, rows: Sequence[Row]
) -> tuple[MaintenanceRow, ...]:
    named: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    values = {"organization": organization_id, "ids": [row[0] for row in rows]}
    for maintenance_id, id, name in await connection.fetch(_SERVICES, values) if rows else ():
        named[maintenance_id].append((id, name))
    return tuple(_row(row, tuple(named[row[0]])) for row in rows)


def _row(row: Row, services: tuple[tuple[str, str], ...]) -> MaintenanceRow:
    ids = tuple(ServiceId(id) for id, _ in services)
    return MaintenanceRow(maintenance=MAINTENANCE.value(row, service_ids=ids), services=services)


def _given(query: MaintenanceQuery) -> dict[str, Any]:
    """Only what narrows the list; its names choose the statement."""
    at, id = query.after or (None, None)
    wanted = {
        _states_of(query): sorted(query.states),
        "since": query.since,
        "service": query.service_id,
    }
    offset = 0 if query.after else query.offset
    place = {"after_at": at, "after_id": id, "limit": query.limit + 1, "offset": offset}
    if "states_by" in wanted:
        place["over_by"] = query.over_by
    return {name: value for name, value in wanted.items() if value} | place


def _states_of(query: MaintenanceQuery) -> str:
    """The name of the filter."""
    if query.states == _IN_PROGRESS:
        return "running"
    return "states_by" if query.over_by and query.states else "states"


@lru_cache(maxsize=32)
def _page(shape: tuple[str, ...], after: bool) -> Statement:
    """Of the few that run, no more is read than those: they are sorted afterwards."""
    place = [_PLACE < _AFTER] if after else []
    created: ColumnElement[Any] = maintenances.c.created_at
    if "running" in shape:
        created = Beside(created)
    return Statement(
        _one.where(*(_FILTERS[name] for name in shape), *place)
        .order_by(created.desc(), maintenances.c.id.desc())
        .limit(_LIMIT)
        .offset(_OFFSET)
    )


@lru_cache(maxsize=16)
def _total(shape: tuple[str, ...]) -> Statement:
    filters = (_FILTERS[name] for name in shape)
    return Statement(select(func.count()).select_from(maintenances).where(OURS, *filters))
