"""OpsKnight's JSON: camel case, an object under its noun and its fields beside it."""

from collections.abc import Sequence
from typing import Any

from bot.api.dialects.opsknight import words
from bot.api.dialects.opsknight.outcomes import Outcome
from bot.web.times import instant
from core.domain.service import Service
from core.views import IncidentPage, IncidentRow


def incident(row: IncidentRow, open_word: str) -> dict[str, Any]:
    """Of several services the first."""
    service = row.services[0] if row.services else None
    assignee = (row.assignee_id, row.assignee_name or "") if row.assignee_id else None
    return {
        "id": row.id,
        "reference": row.reference,
        "title": row.title,
        "description": row.description,
        "status": words.status_word(row.state, open_word),
        "urgency": words.URGENCY[row.felt_urgency],
        "priority": row.priority or None,
        "severity": row.severity,
        "service": _named(service),
        "assignee": _named(assignee),
        "createdAt": instant(row.created_at),
        "updatedAt": instant(row.updated_at),
        "acknowledgedAt": instant(row.acknowledged_at),
        "resolvedAt": instant(row.resolved_at),
        "version": row.version,
    }


def one(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "incident": entry}


def many(page: IncidentPage, open_word: str, *, limit: int, offset: int) -> dict[str, Any]:
    return {
        "incidents": [incident(row, open_word) for row in page.rows],
        "total": page.total,
        "limit": limit,
        "offset": offset,
        "hasMore": page.more,
    }


def service(service: Service, in_maintenance: frozenset[str]) -> dict[str, Any]:
    return {
        "id": service.id,
        "name": service.name,
        "description": service.description,
        "status": "MAINTENANCE" if service.id in in_maintenance else "OPERATIONAL",
        "createdAt": instant(service.created_at),
    }


def services(services: Sequence[Service], in_maintenance: frozenset[str]) -> dict[str, Any]:
    return {"services": [service(one, in_maintenance) for one in services]}


def event(key: str, outcome: Outcome, open_word: str) -> dict[str, Any]:
    """What became of an event, in the words of all versions.

    A status is told by an event that leaves it; where others lead is known when they are triaged.
    """
    result: dict[str, Any] = {"action": outcome.action}
    incident, window = outcome.alert and outcome.alert.incident, outcome.window
    if incident:
        result["incident"] = {"id": incident.id, "title": incident.title}
        if outcome.action == words.REPEATED:
            result["incident"]["status"] = words.status_word(incident.state, open_word)
    if window:
        result["maintenance"] = {
            "id": window.id,
            "reference": window.reference,
            "title": window.title,
        }
    return {
        "status": "success",
        "message": "Event processed",
        "dedup_key": key,
        "incident_key": key,
        "result": result,
    }


def _named(thing: tuple[str, str] | None) -> dict[str, str] | None:
    return {"id": thing[0], "name": thing[1]} if thing else None
