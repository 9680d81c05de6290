"""Alerts as JSON."""

from collections.abc import Iterable
from typing import Any

from bot.web.times import instant
from core.domain.alert_note import AlertNote
from core.ports import AlertRow


def line(row: AlertRow) -> dict[str, Any]:
    one = row.episode
    return {
        "id": one.id,
        "name": one.name,
        "title": one.summary or one.name,
        "status": row.status.value,
        "severity": one.severity.value,
        "integration_id": one.integration_id,
        "deduplication_key": one.fingerprint,
        "fate": one.fate.value,
        "fate_sentence": row.fate,
        "kept_by": one.kept_by,
        "incident": _incident(row),
        "maintenance": _window(row),
        "service_id": one.service_id,
        "labels": one.labels,
        "links": one.links,
        "tags": one.tags,
        "group": one.group,
        "flapping": one.flapping,
        "count": one.count,
        "starts_at": instant(one.starts_at),
        "ends_at": instant(one.ends_at),
        "held_until": instant(one.due_at),
        "acknowledged_at": instant(one.acknowledged_at),
        "acknowledged_by": one.acknowledged_by or None,
        "snoozed_until": instant(one.snoozed_until),
        "owner": one.owner or None,
    }


def whole(row: AlertRow, notes: Iterable[AlertNote], history: Iterable[AlertRow]) -> dict[str, Any]:
    return {
        **line(row),
        "description": row.episode.description,
        "notes": [{"at": instant(one.at), "by": one.by, "text": one.text} for one in notes],
        "history": [_episode(one) for one in history],
    }


def _episode(row: AlertRow) -> dict[str, Any]:
    return {
        "id": row.episode.id,
        "status": row.status.value,
        "starts_at": instant(row.episode.starts_at),
        "ends_at": instant(row.episode.ends_at),
        "fate": row.episode.fate.value,
        "fate_sentence": row.fate,
    }


def _incident(row: AlertRow) -> dict[str, Any] | None:
    if row.incident is None:
        return None
    one = row.incident
    return {"id": one.id, "reference": one.reference, "title": one.title, "active": one.active}


def _window(row: AlertRow) -> dict[str, Any] | None:
    if row.window is None:
        return None
    return {"id": row.window.id, "reference": row.window.reference, "title": row.window.title}
