"""Alert sources and what they sent as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.web.times import instant
from bot.webhook_urls import webhook_url
from core.domain.alert import Alert
from core.domain.integration import HEARTBEAT, Integration
from core.domain.quiet import quiet_since
from core.domain.source_settings import SourceSettings
from core.domain.wording import minute
from core.ports import AlertRow, InboxRow

SHOWN_ALERTS = 100
PAYLOAD = "pld_"
"""How the id of a payload begins."""


def integration(
    one: Integration,
    base_url: str,
    *,
    now: datetime,
    heard: datetime | None = None,
    token: str | None = None,
) -> dict[str, Any]:
    """`heard` is when it was heard last; with its `token`, where that was made just now."""
    quiet = quiet_since(one, heard, now)
    rings_itself = one.source == HEARTBEAT
    return {
        "id": one.id,
        "name": one.name,
        "type": one.source,
        "platform": one.source,
        "status": "active",
        "status_detail": _detail(quiet),
        "url": None if rings_itself else webhook_url(base_url, one.source, one.id, token),
        "config": {"service_id": one.service_id, "auto_resolve": one.auto_resolve},
        "settings": settings(one.settings),
        "has_secret": bool(one.sealed_secret),
        "last_heard_at": instant(heard),
        "quiet": quiet is not None,
        "created_at": instant(one.created_at),
    }


def settings(some: SourceSettings) -> dict[str, Any]:
    return {name: getattr(some, name) for name in SourceSettings.__slots__}


def heard_alerts(alerts: Sequence[Alert]) -> dict[str, Any]:
    return {"alerts": [_heard(alert) for alert in alerts[:SHOWN_ALERTS]], "total": len(alerts)}


def payload(
    row: InboxRow,
    *,
    content: Any,
    text: str | None,
    alerts: Sequence[Alert] | None,
    became: Sequence[AlertRow | None],
) -> dict[str, Any]:
    """`became` has what became of the first of its `alerts`, None where nothing did."""
    return {
        "id": f"{PAYLOAD}{row.id}",
        "received_at": instant(row.received_at),
        "replayed_at": instant(row.replayed_at),
        "size": row.size,
        "state": _state(row),
        "reason": row.reason or None,
        "dealt_at": instant(row.dealt_at),
        "content": content,
        "text": text,
        "alerts": [_became(*both) for both in zip(alerts or (), became, strict=False)],
        "alerts_total": None if alerts is None else len(alerts),
    }


def _detail(quiet: datetime | None) -> str:
    if quiet is None:
        return "Its alerts are read."
    return f"It has said nothing since {minute(quiet)}."


def _state(row: InboxRow) -> str:
    if row.dealt_at is None:
        return "waiting"
    return "refused" if row.reason else "dealt_with"


def _became(alert: Alert, row: AlertRow | None) -> dict[str, Any]:
    return {
        "alert_id": row.episode.id if row else None,
        "name": alert.name,
        "status": alert.status.value,
        "fate": row.fate if row else None,
        "incident_id": row.incident.id if row and row.incident else None,
    }


def _heard(alert: Alert) -> dict[str, Any]:
    return {
        "key": alert.fingerprint,
        "group": alert.group,
        "name": alert.name,
        "title": alert.group_title,
        "status": alert.status.value,
        "severity": alert.severity.value,
        "summary": alert.summary,
        "description": alert.description,
        "labels": dict(alert.labels),
        "links": dict(alert.links),
        "starts_at": instant(alert.starts_at),
        "ends_at": instant(alert.ends_at),
    }
