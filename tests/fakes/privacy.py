"""What is kept from whom, of the fakes' rows."""

from dataclasses import replace
from typing import Any

from core.domain.viewer import Viewer
from core.ports.records import K
from tests.fakes.rows import OrganizationRows


def hidden_from(viewer: Viewer, rows: OrganizationRows) -> frozenset[str]:
    """The incidents that the viewer may not know of."""
    return frozenset(one.id for one in rows.incidents.values() if not viewer.sees(one))


def apart(record: K, hidden: frozenset[str]) -> K:
    """A record that speaks of an incident without belonging to it."""
    if getattr(record, "incident_id", None) not in hidden:
        return record
    changes: dict[str, Any] = {"incident_id": None}
    return replace(record, **changes)
