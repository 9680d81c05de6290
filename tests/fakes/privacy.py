"""What is kept from whom, of the fakes' rows."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from core.domain.ids import IncidentId
from core.domain.mentions import without
from core.domain.viewer import Viewer
from core.ports.records import K
from core.views import TimelineEntry
from tests.fakes.rows import OrganizationRows


def hidden_from(viewer: Viewer, rows: OrganizationRows) -> frozenset[str]:
    """The incidents that the viewer may not know of."""
    return frozenset(one.id for one in rows.incidents.values() if not viewer.sees(one))


def hidden_names(viewer: Viewer, rows: OrganizationRows) -> frozenset[str]:
    """The same by their ids and references."""
    hidden = hidden_from(viewer, rows)
    return hidden | {rows.incidents[IncidentId(id)].reference for id in hidden}


def as_seen(
    viewer: Viewer, rows: OrganizationRows, entries: Iterable[TimelineEntry]
) -> list[TimelineEntry]:
    """Lines of a history, without the names of others that the viewer may not know of."""
    hidden = hidden_names(viewer, rows)
    return [replace(one, event=without(one.event, hidden)) for one in entries]


def apart(record: K, hidden: frozenset[str]) -> K:
    """A record that speaks of an incident without belonging to it."""
    if getattr(record, "incident_id", None) not in hidden:
        return record
    changes: dict[str, Any] = {"incident_id": None}
    return replace(record, **changes)
