"""incident.io's JSON of alerts, alone and beside their incidents."""

from collections.abc import Mapping
from typing import Any

from bot.api.dialects.incident_io import wire
from bot.api.dialects.incident_io.words import standard_row
from bot.web.times import instant
from core.domain.status_option import StatusOption
from core.ports import AlertedIncident, AlertedWindow, AlertRow

LINKS = ("Source", "Graph")
"""Where an alert came from, under the names that our alert sources have for it."""


def alert(row: AlertRow) -> dict[str, Any]:
    return {**alert_slim(row), "attributes": [], "tags": []}


def alert_slim(row: AlertRow) -> dict[str, Any]:
    """By the clock of its source."""
    episode = row.episode
    shown = {
        "id": episode.id,
        "title": episode.summary or episode.name,
        "alert_source_id": episode.integration_id,
        "deduplication_key": episode.fingerprint,
        "status": row.status,
        "alert_group_ids": [],
        "created_at": instant(episode.starts_at),
        "updated_at": instant(episode.ends_at or episode.starts_at),
        "suppressed": row.suppressed,
    }
    known = {
        "description": episode.description,
        "source_url": _source_url(episode.links),
        "resolved_at": instant(episode.ends_at),
        "maintenance_window": _window(row.window),
    }
    return {**shown, **{name: value for name, value in known.items() if value}}


def _window(window: AlertedWindow | None) -> dict[str, Any] | None:
    if window is None:
        return None
    return {"id": window.id, "reference": window.reference, "name": window.title}


def incident_alert(
    row: AlertRow, incident: AlertedIncident, statuses: Mapping[str, StatusOption]
) -> dict[str, Any]:
    """An alert belongs to one incident, so its own id names the pair."""
    return {
        "id": row.episode.id,
        "alert": alert_slim(row),
        "incident": {
            "id": incident.id,
            "external_id": incident.number,
            "reference": incident.reference,
            "name": incident.title,
            "summary": incident.description,
            "status_category": _status(incident, statuses).category,
            "visibility": wire.visibility(incident.private),
        },
    }


def _status(incident: AlertedIncident, statuses: Mapping[str, StatusOption]) -> StatusOption:
    given = statuses.get(incident.status_id or "")
    return given or statuses[standard_row(incident.state, incident.phase)]


def _source_url(links: Mapping[str, str]) -> str | None:
    named = (links[name] for name in LINKS if name in links)
    return next(named, None) or next(iter(links.values()), None)
