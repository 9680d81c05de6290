"""Lists of incidents in SQL: filters, pages by key, totals; one statement per shape of question."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    bindparam,
    func,
    not_,
    select,
    tuple_,
    union_all,
)

from core.domain.ids import OrganizationId
from core.domain.state import State
from core.views import IncidentPage, IncidentQuery, IncidentRow
from storage import incident_conditions
from storage.connection import Connection
from storage.expressions import Beside, OneOf, contains
from storage.incident_counts import COUNTED
from storage.incident_counts import total as counted
from storage.mapping import Mapping
from storage.privacy import eyes, is_seen
from storage.statements import Row, Statement
from storage.tables import incident_services, incidents, services, users
from storage.types import UtcDateTime

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
        Beside(incident_services.c.organization_id) == bindparam("organization"),
        OneOf(incident_services.c.incident_id, "ids"),
    )
    .order_by(incident_services.c.incident_id, incident_services.c.position)
)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "states": OneOf(incidents.c.state, "states"),
    "severities": OneOf(incidents.c.severity, "severities"),
    "modes": OneOf(incidents.c.mode, "modes"),
    "published": incidents.c.state != bindparam("published"),
    "assignee": incidents.c.assignee_id == bindparam("assignee"),
    "since": incidents.c.created_at >= bindparam("since", type_=UtcDateTime),
    "search": incidents.c.search_text.like(bindparam("search"), escape="\\"),
    "viewer": is_seen(incidents.c.id),
    "service": incidents.c.id.in_(
        select(incident_services.c.incident_id).where(
            incident_services.c.organization_id == bindparam("organization"),
            incident_services.c.service_id == bindparam("service"),
        )
    ),
}
_BRANCHES = {
    "states": incidents.c.state,
    "severities": incidents.c.severity,
    "modes": incidents.c.mode,
}
"""Filters with few values, each of which has its own stretch of an index, newest first."""

_PLACE = (incidents.c.created_at, incidents.c.id)
_LIMIT, _OFFSET = bindparam("limit", type_=Integer), bindparam("offset", type_=BigInteger)
_AFTER = tuple_(bindparam("after_at", type_=UtcDateTime), bindparam("after_id"))


class Shape(NamedTuple):
    """What of a question changes the text of its statements."""

    filters: tuple[str, ...] = ()
    conditions: tuple[incident_conditions.Shape, ...] = ()
    match_any: bool = False
    oldest_first: bool = False

    @property
    def counted(self) -> bool:
        return not self.conditions and COUNTED.issuperset(self.filters)

    def without(self, filter: str) -> "Shape":
        return self._replace(filters=tuple(name for name in self.filters if name != filter))


async def page(
    connection: Connection, organization_id: OrganizationId, query: IncidentQuery
) -> IncidentPage:
    values = {"organization": organization_id, **_given(query)}
    shape = _shape(query, values)
    branches = next((len(values[name]) for name in shape.filters if name in _BRANCHES), 0)
    values.update(_branch_values(shape, values))
    rows = await connection.fetch(_page(shape, branches, query.after is not None), values)
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
        "modes": sorted(query.modes),
        "published": State.DRAFT if query.published_only else None,
        "assignee": query.assignee_id,
        "since": query.created_after,
        "search": contains(query.search),
        "service": query.service_id,
        **eyes(query.viewer),
    }
    offset = 0 if query.after else query.offset
    place = {"after_at": at, "after_id": id, "limit": query.limit + 1, "offset": offset}
    given = {name: value for name, value in wanted.items() if value}
    return given | incident_conditions.values_of(query.conditions) | place


def _shape(query: IncidentQuery, values: dict[str, Any]) -> Shape:
    return Shape(
        filters=tuple(name for name in _FILTERS if name in values),
        conditions=tuple(map(incident_conditions.shape_of, query.conditions)),
        match_any=query.match_any and len(query.conditions) > 1,
        oldest_first=query.oldest_first,
    )


def _branch_values(shape: Shape, values: dict[str, Any]) -> dict[str, str]:
    name = next((name for name in shape.filters if name in _BRANCHES), None)
    return {f"branch_{n}": value for n, value in enumerate(values[name] if name else ())}


@lru_cache(maxsize=256)
def _page(shape: Shape, branches: int, after: bool) -> Statement:
    """First which rows, from an index alone, then what they show."""
    picked = _picked(shape, branches, after).limit(_LIMIT).offset(_OFFSET).subquery("picked")
    return Statement(
        select(*COLUMNS)
        .select_from(picked.join(FROM, incidents.c.id == picked.c.id))
        .order_by(*_ordered(shape, picked.c.created_at, picked.c.id))
    )


def _picked(shape: Shape, branches: int, after: bool) -> Select[Any]:
    if not branches:
        return _stretch(shape, after)
    name = next(name for name in shape.filters if name in _BRANCHES)
    each = [
        _stretch(shape.without(name), after, _BRANCHES[name] == bindparam(f"branch_{n}"))
        .limit(_LIMIT + _OFFSET)
        .subquery(f"branch_{n}")
        for n in range(branches)
    ]
    every = union_all(*(select(one.c.created_at, one.c.id) for one in each)).subquery("every")
    return select(every.c.created_at, every.c.id).order_by(
        *_ordered(shape, every.c.created_at, every.c.id)
    )


def _stretch(shape: Shape, after: bool, *more: ColumnElement[bool]) -> Select[Any]:
    place = tuple_(*_PLACE)
    beyond = place > _AFTER if shape.oldest_first else place < _AFTER
    return (
        select(*_PLACE)
        .where(*OURS, *more, *_narrowed(shape), *([beyond] if after else []))
        .order_by(*_ordered(shape, *_PLACE))
    )


def _narrowed(shape: Shape) -> list[ColumnElement[bool]]:
    conditions = shape.conditions
    joined = [incident_conditions.joined(conditions, shape.match_any)] if conditions else []
    return [*(_FILTERS[name] for name in shape.filters), *joined]


def _ordered(shape: Shape, *columns: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    return [column if shape.oldest_first else column.desc() for column in columns]


@lru_cache(maxsize=128)
def _total(shape: Shape) -> Statement:
    """From the counters wherever they know."""
    if shape.counted:
        return Statement(counted(shape.filters))
    known = shape.without("viewer")
    if known.counted:
        return Statement(select(counted(known.filters).scalar_subquery() - _hidden(known)))
    return Statement(select(func.count()).select_from(incidents).where(*OURS, *_narrowed(shape)))


def _hidden(shape: Shape) -> ScalarSelect[int]:
    """How many of those that are counted are kept from the viewer; looked up among the private
    ones alone."""
    seen = is_seen(incidents.c.id)
    which = (*OURS, incidents.c.private, not_(seen), *_narrowed(shape))
    return select(func.count()).select_from(incidents).where(*which).scalar_subquery()
