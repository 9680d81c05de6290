"""The JSON of `/api/v1`: the keys of both products that share it, in both their envelopes."""

from collections.abc import Sequence
from typing import Any

import orjson

from bot.api.dialects.observer import wire as observer
from bot.api.dialects.overwatch import wire as overwatch
from bot.api.dialects.words import severity_word
from bot.api.paging import Paging
from bot.web.times import instant
from core.domain.account import Dialect
from core.domain.incident import Incident
from core.domain.service import Service
from core.views import IncidentRecord, IncidentRow, Neighbour


def incident_json(row: IncidentRow, dialect: Dialect) -> dict[str, Any]:
    """A line of a list; `reference`, `acknowledged_at`, `version` and `private` are ours."""
    return {
        **overwatch.incident(row),
        **observer.incident(row),
        "severity": severity_word(row.severity, row.severity_word, dialect),
        "reference": row.reference,
        "acknowledged_at": instant(row.acknowledged_at),
        "version": row.version,
        "private": row.private,
    }


def record_json(record: IncidentRecord, dialect: Dialect) -> dict[str, Any]:
    return {
        **incident_json(record.row, dialect),
        "resolution": record.row.resolution or None,
        "root_cause": record.row.root_cause or None,
        "snoozed_until": instant(record.row.snoozed_until),
        "next_update_due": instant(record.row.update_due_at),
        "merged_into": neighbour_json(record.merged_into) if record.merged_into else None,
        "messages": observer.messages(record.updates),
        "maintenance_windows": [
            {
                "id": window.id,
                "reference": window.reference,
                "title": window.title,
                "ends_at": instant(window.ends_at),
                "running": window.running,
            }
            for window in record.windows
        ],
    }


def neighbour_json(other: Neighbour | IncidentRow) -> dict[str, Any]:
    return {"id": other.id, "reference": other.reference, "title": other.title}


def service_json(service: Service, in_maintenance: frozenset[str] = frozenset()) -> dict[str, Any]:
    """`in_maintenance` are the ids of those that are; one that was made just now is not."""
    return {
        "id": service.id,
        "name": service.name,
        "description": service.description,
        "status": "maintenance" if service.id in in_maintenance else "operational",
        "owner_ids": service.owner_ids,
        "depends_on": service.depends_on,
        "created_at": instant(service.created_at),
    }


def one(entry: dict[str, Any]) -> bytes:
    """A single object: its keys on top, and again under `data`."""
    return orjson.dumps({**entry, "data": entry, "meta": {"total": 1, "page": 1}})


def many(
    entries: Sequence[dict[str, Any]], paging: Paging, *, total: int, next_cursor: str | None
) -> bytes:
    """A list, under the names that both products have for it."""
    meta = paging.meta(total)
    return orjson.dumps(
        {"data": entries, "meta": meta, "items": entries, "next_cursor": next_cursor}
    )


def newborn(incident: Incident) -> IncidentRecord:
    """The record of an incident that was made just now, with nobody assigned and no services."""
    row = IncidentRow.of(incident)
    return IncidentRecord(row=row, created_by_name=incident.created_by_name, updates=())
