"""Our alerts as Opsgenie's API shows them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.alert_bodies.opsgenie import DEFAULT_PRIORITY, OWN
from bot.paging.finding import short_id
from core.domain.alert import Episode
from core.domain.alert_note import AlertNote
from core.domain.integration import Integration
from core.domain.severity import Severity
from core.domain.state import State
from core.ports import AlertRow

PRIORITIES: Mapping[Severity, str] = {
    Severity.CRITICAL: "P1",
    Severity.HIGH: "P2",
    Severity.MEDIUM: "P3",
    Severity.LOW: "P4",
}
OPEN, CLOSED = "open", "closed"


def alert_of(row: AlertRow, source: Integration, now: datetime) -> dict[str, Any]:
    """An alert as one of a list."""
    episode = row.episode
    acknowledged = acknowledged_of(row)
    return {
        "id": episode.id,
        "tinyId": short_id(episode.id),
        "alias": episode.fingerprint,
        "message": episode.summary or episode.name,
        "status": OPEN if open_of(row) else CLOSED,
        "acknowledged": acknowledged,
        "isSeen": acknowledged,
        "tags": list(episode.tags),
        "snoozed": open_of(row) and bool(episode.snoozed_until and episode.snoozed_until > now),
        "snoozedUntil": _time(episode.snoozed_until),
        "count": episode.count,
        "lastOccurredAt": _time(episode.last_at or episode.starts_at),
        "createdAt": _time(episode.starts_at),
        "updatedAt": _time(changed_at(episode)),
        "source": episode.labels.get("source", ""),
        "owner": episode.owner,
        "priority": priority_of(episode),
        "responders": [],
        "integration": {"id": source.id, "name": source.name, "type": "API"},
        "report": _report(episode),
    }


def whole_alert(row: AlertRow, source: Integration, now: datetime) -> dict[str, Any]:
    """An alert by itself, with all that is known of it."""
    labels = row.episode.labels
    return {
        **alert_of(row, source, now),
        "actions": [],
        "entity": labels.get("entity", ""),
        "description": row.episode.description,
        "details": details_of(row.episode),
    }


def note_of(note: AlertNote) -> dict[str, Any]:
    return {"note": note.text, "owner": note.by, "createdAt": _time(note.at), "offset": note.id}


def details_of(episode: Episode) -> dict[str, str]:
    return {name: text for name, text in episode.labels.items() if name not in OWN}


def open_of(row: AlertRow) -> bool:
    """One whose incident is over fires no more, whatever its source thinks."""
    return row.episode.firing and (row.incident is None or row.incident.active)


def acknowledged_of(row: AlertRow) -> bool:
    """Also when somebody took its incident here."""
    taken = row.incident is not None and row.incident.state is State.ACKNOWLEDGED
    return taken or row.episode.acknowledged_at is not None


def changed_at(episode: Episode) -> datetime:
    moments = (episode.starts_at, episode.last_at, episode.acknowledged_at, episode.ends_at)
    return max(at for at in moments if at)


def priority_of(episode: Episode) -> str:
    """As it was given, else by how bad it is."""
    given = episode.labels.get("priority", "")
    return given or PRIORITIES.get(episode.severity, DEFAULT_PRIORITY)


def _report(episode: Episode) -> dict[str, Any]:
    """Milliseconds from the beginning."""
    report: dict[str, Any] = {}
    if episode.acknowledged_at:
        report["ackTime"] = _milliseconds(episode.starts_at, episode.acknowledged_at)
        report["acknowledgedBy"] = episode.acknowledged_by
    if episode.ends_at:
        report["closeTime"] = _milliseconds(episode.starts_at, episode.ends_at)
    return report


def _milliseconds(start: datetime, end: datetime) -> int:
    return max(int((end - start).total_seconds() * 1_000), 0)


def _time(at: datetime | None) -> str | None:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None
