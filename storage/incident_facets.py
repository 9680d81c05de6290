"""What incidents are found by: who plays which role, what the organisation's own fields say."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, delete

from core.domain.incident import Incident
from core.domain.viewer import knowing
from storage.statements import deletion, insertion
from storage.tables import incident_facets

ROLE, FIELD, MEMBER = "role", "field", "member"
MAX_VALUE = 500
"""Of a longer text the beginning is compared; an index holds no more."""

ADD = insertion(incident_facets)
DROP = deletion(
    delete(incident_facets).where(
        incident_facets.c.organization_id == bindparam("organization"),
        incident_facets.c.incident_id == bindparam("id"),
    ),
    incident_facets,
)


def facets_of(incident: Incident, organization_id: str) -> list[dict[str, Any]]:
    """A row for each value, in the order in which they were given."""
    named: dict[tuple[str, str], int] = {}
    rows = []
    for kind, key, value in _values(incident):
        position = named[kind, key] = named.get((kind, key), -1) + 1
        rows.append(
            {
                "incident_id": incident.id,
                "kind": kind,
                "key": key,
                "position": position,
                "organization_id": organization_id,
                "value": comparable(value),
            }
        )
    return rows


def filed(incident: Incident) -> tuple[object, ...]:
    """What the rows hang on: while it stays as it is, so do they."""
    known = knowing(incident) if incident.private else None
    return incident.roles, incident.fields, known


def comparable(value: str) -> str:
    return value[:MAX_VALUE]


def _values(incident: Incident) -> Iterator[tuple[str, str, str]]:
    for role in incident.roles:
        yield ROLE, role.role_id, role.user_id
    for entry in incident.fields:
        for value in entry.values:
            yield FIELD, entry.field_id, value
    for user_id in sorted(knowing(incident)) if incident.private else ():
        yield MEMBER, "", user_id
