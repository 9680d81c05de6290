"""Alerts for tests, made by hand or from what a real Alertmanager sent."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from core.domain.alert import Alert, AlertStatus, Fingerprint, GroupKey
from core.domain.severity import Severity, alert_severity
from tests.fakes.moment import NOON

CAPTURES = Path(__file__).parents[2] / "golden" / "alertmanager"


def minute(n: float) -> datetime:
    """`n` minutes past noon."""
    return NOON + timedelta(minutes=n)


def firing(
    fingerprint: str = "a",
    since: float = 0,
    *,
    group: str = "latency",
    summary: str = "",
    severity: Severity = Severity.HIGH,
) -> Alert:
    return Alert(
        fingerprint=Fingerprint(fingerprint),
        group=GroupKey(group),
        group_title=f"Several alerts: {group}",
        name=f"Alert {fingerprint}",
        status=AlertStatus.FIRING,
        starts_at=minute(since),
        severity=severity,
        summary=summary,
        labels={"instance": fingerprint},
    )


def ended(
    fingerprint: str = "a", since: float = 0, until: float = 1, *, group: str = "latency"
) -> Alert:
    return Alert(
        fingerprint=Fingerprint(fingerprint),
        group=GroupKey(group),
        group_title=f"Several alerts: {group}",
        name=f"Alert {fingerprint}",
        status=AlertStatus.RESOLVED,
        starts_at=minute(since),
        ends_at=minute(until),
    )


def captured() -> list[tuple[Alert, ...]]:
    """The six notifications of a real Alertmanager, in the order it sent them."""
    files = sorted(CAPTURES.glob("webhook_0*.json"))
    assert len(files) == 6
    return [_alerts(json.loads(file.read_text(encoding="utf-8"))["body"]) for file in files]


def _alerts(notification: dict[str, Any]) -> tuple[Alert, ...]:
    return tuple(
        Alert(
            fingerprint=Fingerprint(alert["fingerprint"]),
            group=GroupKey(notification["groupKey"]),
            group_title=notification["groupLabels"]["alertname"],
            name=alert["labels"]["alertname"],
            status=AlertStatus(alert["status"]),
            starts_at=datetime.fromisoformat(alert["startsAt"]),
            ends_at=_end(alert),
            severity=alert_severity(alert["labels"]["severity"]),
            summary=alert["annotations"]["summary"],
            labels=alert["labels"],
        )
        for alert in notification["alerts"]
    )


def _end(alert: dict[str, Any]) -> datetime | None:
    return datetime.fromisoformat(alert["endsAt"]) if alert["status"] == "resolved" else None
