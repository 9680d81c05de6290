"""Conditions of lists in SQL: one expression per shape of condition, its values as parameters."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from core.domain.severity import Severity
from core.domain.urgency import OF_SEVERITY, Urgency
from core.views import Condition, Op, Subject
from storage.expressions import OneOf
from storage.incident_facets import FIELD, ROLE, comparable
from storage.tables import incident_facets, incidents
from storage.types import UtcDateTime

_SLASH: ColumnElement[str] = literal_column("'/'")
_BLANK: ColumnElement[str] = literal_column("''")
_URGENT: list[ColumnElement[str]] = [
    literal_column(f"'{severity}'")
    for severity in Severity
    if OF_SEVERITY[severity] is Urgency.HIGH
]
_PLAIN: Mapping[Subject, ColumnElement[Any]] = {
    Subject.STATE: incidents.c.state,
    Subject.PHASE: incidents.c.phase,
    Subject.STATUS_ID: func.coalesce(
        incidents.c.status_id, incidents.c.state.concat(_SLASH).concat(incidents.c.phase)
    ),
    Subject.SEVERITY: incidents.c.severity,
    Subject.SEVERITY_ID: func.coalesce(incidents.c.severity_id, incidents.c.severity),
    Subject.TYPE_ID: func.coalesce(incidents.c.type_id, _BLANK),
    Subject.ASSIGNEE: func.coalesce(incidents.c.assignee_id, _BLANK),
    Subject.MODE: incidents.c.mode,
    Subject.URGENCY: func.coalesce(
        incidents.c.urgency,
        case(
            (incidents.c.severity.in_(_URGENT), literal_column(f"'{Urgency.HIGH}'")),
            else_=literal_column(f"'{Urgency.LOW}'"),
        ),
    ),
}
_MOMENTS: Mapping[Subject, ColumnElement[Any]] = {
    Subject.CREATED_AT: incidents.c.created_at,
    Subject.UPDATED_AT: incidents.c.updated_at,
}
_FACETS: Mapping[Subject, str] = {Subject.ROLE: ROLE, Subject.FIELD: FIELD}


class Shape(NamedTuple):
    """What of a condition changes the text of a statement."""

    subject: Subject
    op: Op
    blank: bool


def shape_of(condition: Condition) -> Shape:
    blank = condition.op is Op.IS_BLANK and "false" not in condition.values
    return Shape(condition.subject, condition.op, blank)


def values_of(conditions: Sequence[Condition]) -> dict[str, Any]:
    """The parameters of all of them, each named by its place."""
    return {name: value for n, one in enumerate(conditions) for name, value in _named(one, n)}


def joined(shapes: Sequence[Shape], match_any: bool) -> ColumnElement[bool]:
    join = or_ if match_any else and_
    return join(*(_sql(shape, n) for n, shape in enumerate(shapes)))


def _named(condition: Condition, n: int) -> Iterator[tuple[str, Any]]:
    if condition.subject in _MOMENTS:
        first, last = condition.values[0], condition.values[-1]
        yield f"first_{n}", first
        yield f"last_{n}", last
        return
    yield f"values_{n}", [comparable(str(value)) for value in condition.values]
    if condition.key is not None:
        yield f"key_{n}", condition.key


def _sql(shape: Shape, n: int) -> ColumnElement[bool]:
    if shape.subject in _MOMENTS:
        return _ranged(shape, n)
    kind = _FACETS.get(shape.subject)
    if kind is not None:
        return _faceted(shape, kind, n)
    column = _PLAIN[shape.subject]
    if shape.op is Op.IS_BLANK:
        return column == _BLANK if shape.blank else column != _BLANK
    one_of = OneOf(column, f"values_{n}")
    return one_of if shape.op is Op.ONE_OF else not_(one_of)


def _ranged(shape: Shape, n: int) -> ColumnElement[bool]:
    column = _MOMENTS[shape.subject]
    first = column >= bindparam(f"first_{n}", type_=UtcDateTime)
    last = column <= bindparam(f"last_{n}", type_=UtcDateTime)
    match shape.op:
        case Op.GTE:
            return first
        case Op.LTE:
            return last
        case _:
            return and_(first, last)


def _faceted(shape: Shape, kind: str, n: int) -> ColumnElement[bool]:
    facets = select(incident_facets.c.incident_id).where(
        incident_facets.c.organization_id == bindparam("organization"),
        incident_facets.c.kind == literal_column(f"'{kind}'"),
        incident_facets.c.key == bindparam(f"key_{n}"),
    )
    if shape.op is not Op.IS_BLANK:
        facets = facets.where(OneOf(incident_facets.c.value, f"values_{n}"))
    absent = shape.op is Op.NOT_IN or shape.blank
    return incidents.c.id.not_in(facets) if absent else incidents.c.id.in_(facets)
