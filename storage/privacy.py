"""Private incidents in SQL: what is kept from whom.

Where nothing is private the index of private incidents is empty, and a list pays for one look
into it.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, cast, literal_column, or_, select

from core.domain.ids import OrganizationId
from core.domain.mentions import mentioned, without
from core.domain.viewer import Viewer
from core.views import TimelineEntry
from storage.connection import Connection
from storage.expressions import OneOf
from storage.incident_facets import MEMBER
from storage.statements import Row, Statement, Values
from storage.tables import incident_facets, incidents

NO_ONE = "-"
"""Instead of the id of a viewer who has none; nobody has this one."""

_private = incidents.alias("private_ones")
_known = select(incident_facets.c.incident_id).where(
    incident_facets.c.organization_id == bindparam("organization"),
    incident_facets.c.kind == literal_column(f"'{MEMBER}'"),
    incident_facets.c.key == literal_column("''"),
    incident_facets.c.value == bindparam("viewer"),
)
_hidden = select(_private.c.id).where(
    _private.c.organization_id == bindparam("organization"),
    _private.c.private,
    _private.c.id.not_in(_known),
)
_HIDDEN_AMONG = Statement(_hidden.where(OneOf(_private.c.id, "ids")))
_REFERENCE = literal_column("'INC-'").concat(cast(_private.c.number, String))
_HIDDEN_BY_NAME = Statement(
    _hidden.with_only_columns(_REFERENCE).where(OneOf(_REFERENCE, "references"))
)


def is_seen(incident_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """That the viewer may know of the incident; needs the parameters of `eyes`."""
    return incident_id.not_in(_hidden)


def is_seen_if_any(incident_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """The same of a column that may name no incident."""
    return or_(incident_id.is_(None), incident_id.not_in(_hidden))


def eyes(viewer: Viewer) -> dict[str, str]:
    """The parameter that narrows a question; none for who sees everything."""
    return {} if viewer.everything else {"viewer": viewer.user_id or NO_ONE}


async def hidden_among(
    connection: Connection, organization_id: OrganizationId, viewer: Viewer, ids: Collection[str]
) -> frozenset[str]:
    """Those of the incidents, by id or reference, that are kept from the viewer."""
    if viewer.everything or not ids:
        return frozenset()
    which = {"organization": organization_id, **eyes(viewer)}
    names = sorted({one for one in ids if one.startswith("INC-")})
    found = await connection.fetch(_HIDDEN_AMONG, {**which, "ids": sorted(set(ids))})
    if names:
        found += await connection.fetch(_HIDDEN_BY_NAME, {**which, "references": names})
    return frozenset(one for (one,) in found)


async def as_seen(
    connection: Connection,
    organization_id: OrganizationId,
    viewer: Viewer,
    entries: Sequence[TimelineEntry],
) -> list[TimelineEntry]:
    """Lines of a history, without the names of other incidents that are kept from the viewer."""
    if viewer.everything:
        return [*entries]
    named = frozenset[str]().union(*(mentioned(one.event) for one in entries))
    hidden = await hidden_among(connection, organization_id, viewer, named)
    if not hidden:
        return [*entries]
    return [replace(one, event=without(one.event, hidden)) for one in entries]


class Eyed:
    """A statement for whoever sees everything, and the same for everybody else."""

    def __init__(self, everything: Select[Any], *incident_ids: ColumnElement[Any]) -> None:
        self.everything = Statement(everything)
        self.seen = Statement(everything.where(*map(is_seen_if_any, incident_ids)))

    async def fetch(self, connection: Connection, viewer: Viewer, values: Values) -> list[Row]:
        statement = self.everything if viewer.everything else self.seen
        return await connection.fetch(statement, {**values, **eyes(viewer)})
