"""Lists of incidents in SQL: filters, pages by key, totals; one statement per shape of question."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, exists, func, select, tuple_

from core.domain.ids import OrganizationId
from core.views import IncidentPage, IncidentQuery, IncidentRow
from storage.connection import Connection
from storage.mapping import Mapping
from storage.statements import Row, Statement
from storage.tables import incident_services, incidents, services, users
from storage.types import OneOf, UtcDateTime

ROW = Mapping(IncidentRow, apart=("assignee_name", "services"))
COLUMNS = [*ROW.columns(incidents), users.c.name]
"""What a row shows; the last column is the assignee's name."""

FROM = incidents.outerjoin(users, users.c.id == incidents.c.assignee_id)
OURS = (
    incidents.c.organization_id == bindparam("organization"),
    incidents.c.deleted_at.is_(None),
)
_SERVICES = Statement(
    select(incident_services.c.incident_id, services.c.id, services.c.name)
    .join(services, services.c.id == incident_services.c.service_id)
    .where(
        incident_services.c.organization_id == bindparam("organization"),
        OneOf(incident_services.c.incident_id, "ids"),
    )
    .order_by(incident_services.c.incident_id, incident_services.c.position)
)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "states": OneOf(incidents.c.state, "states"),
    "severities": OneOf(incidents.c.severity, "severities"),
    "assignee": incidents.c.assignee_id == bindparam("assignee"),
    "search": incidents.c.search_text.like(bindparam("search"), escape="\\"),
    "service": exists().where(
        incident_services.c.organization_id == bindparam("organization"),
        incident_services.c.service_id == bindparam("service"),
        incident_services.c.incident_id == incidents.c.id,
    ),
}
_PLACE = tuple_(incidents.c.created_at, incidents.c.id)
_AFTER = tuple_(bindparam("after_at", type_=UtcDateTime), bindparam("after_id"))


async def page(
    connection: Connection, organization_id: OrganizationId, query: IncidentQuery
) -> IncidentPage:
    values = {"organization": organization_id, **_given(query)}
    shape = tuple(name for name in _FILTERS if name in values)
    rows = await connection.fetch(_page(shape, query.after is not None), values)
    more, shown = len(rows) > query.limit, rows[: query.limit]
    if query.after is None and not query.offset and not more:
        total = len(shown)
    else:
        total = (await connection.fetch(_total(shape), values))[0][0]
    named = await services_of(connection, organization_id, [row[0] for row in shown])
    return IncidentPage(
        rows=tuple(row_of(row, named.get(row[0], ())) for row in shown), total=total, more=more
    )


async def services_of(
    connection: Connection, organization_id: OrganizationId, ids: Sequence[str]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Incident → its services as (id, name), in their order."""
    if not ids:
        return {}
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    values = {"organization": organization_id, "ids": ids}
    for incident_id, id, name in await connection.fetch(_SERVICES, values):
        found[incident_id].append((id, name))
    return {incident_id: tuple(pairs) for incident_id, pairs in found.items()}


def row_of(row: Row, services: tuple[tuple[str, str], ...]) -> IncidentRow:
    return ROW.value(row, assignee_name=row[len(ROW.names)], services=services)


def _given(query: IncidentQuery) -> dict[str, Any]:
    """Only what narrows the list; its names choose the statement."""
    at, id = query.after or (None, None)
    wanted = {
        "states": sorted(query.states),
        "severities": sorted(query.severities),
        "assignee": query.assignee_id,
        "search": _pattern(query.search) if query.search.strip() else None,
        "service": query.service_id,
    }
    place = {"after_at": at, "after_id": id, "limit": query.limit + 1, "offset": query.offset}
    return {name: value for name, value in wanted.items() if value} | place


@lru_cache(maxsize=128)
def _page(shape: tuple[str, ...], after: bool) -> Statement:
    statement = (
        select(*COLUMNS)
        .select_from(FROM)
        .where(*OURS, *(_FILTERS[name] for name in shape))
        .order_by(incidents.c.created_at.desc(), incidents.c.id.desc())
        .limit(bindparam("limit", type_=Integer))
    )
    if after:
        return Statement(statement.where(_PLACE < _AFTER))
    return Statement(statement.offset(bindparam("offset", type_=Integer)))


@lru_cache(maxsize=128)
def _total(shape: tuple[str, ...]) -> Statement:
    filters = (_FILTERS[name] for name in shape)
    return Statement(select(func.count()).select_from(incidents).where(*OURS, *filters))


def _pattern(search: str) -> str:
    """What is searched for, wherever it stands, with nothing in it meaning anything else."""
    text = search.strip().casefold()
    for special in ("\\", "%", "_"):
        text = text.replace(special, f"\\{special}")
    return f"%{text}%"
