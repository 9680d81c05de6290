"""How many incidents there are, kept beside them in the same transactions."""

from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, insert, select

from core.domain.ids import OrganizationId
from core.domain.incident import Incident
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.domain.state import State
from storage.expressions import OneOf
from storage.statements import Statement, accumulation, deletion
from storage.tables import incident_counts, incidents

ADD = accumulation(incident_counts, "organization_id", "state", "severity", "mode", sums="count")

_FILTERS: dict[str, ColumnElement[bool]] = {
    "states": OneOf(incident_counts.c.state, "states"),
    "severities": OneOf(incident_counts.c.severity, "severities"),
    "modes": OneOf(incident_counts.c.mode, "modes"),
    "published": incident_counts.c.state != bindparam("published"),
}
COUNTED = frozenset(_FILTERS)
"""What a list may be narrowed by and still be counted from here."""


class Bucket(NamedTuple):
    """What is counted together."""

    organization_id: OrganizationId
    state: State
    severity: Severity
    mode: Mode


def bucket_of(incident: Incident, organization_id: OrganizationId) -> Bucket | None:
    """Deleted ones are not counted."""
    if incident.deleted_at:
        return None
    return Bucket(organization_id, incident.state, incident.severity, incident.mode)


_OURS = incidents.c.organization_id == bindparam("organization")
_columns = [incidents.c[name] for name in Bucket._fields]
_CLEAR = deletion(
    delete(incident_counts).where(incident_counts.c.organization_id == bindparam("organization")),
    incident_counts,
)
_FILL = insert(incident_counts).from_select(
    [*Bucket._fields, "count"],
    select(*_columns, func.count())
    .where(_OURS, incidents.c.deleted_at.is_(None))
    .group_by(*_columns),
)
RECOUNT = (_CLEAR, Statement(_FILL, rank=_CLEAR.rank + 1))
"""For who wrote rows in another way than through a unit of work: an organisation is counted
anew, in a transaction in which nothing else is."""


@lru_cache(maxsize=32)
def total(filters: tuple[str, ...]) -> Select[tuple[int]]:
    """How many there are of an organisation, narrowed by some of `COUNTED`."""
    narrowed = (_FILTERS[name] for name in filters)
    return select(func.coalesce(func.sum(incident_counts.c["count"]), 0)).where(
        incident_counts.c.organization_id == bindparam("organization"), *narrowed
    )
