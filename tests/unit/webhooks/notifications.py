"""Alertmanager's notifications, made up for tests."""

from typing import Any

NEVER = "0001-01-01T00:00:00Z"
START = "2030-01-01T11:00:00.123456789Z"


def an_alert(instance: str = "a", **changes: Any) -> dict[str, Any]:
    return {
        "status": "firing",
        "labels": {"alertname": "HighLatency", "instance": instance, "severity": "critical"},
        "annotations": {"summary": f"p99 latency high on {instance}"},
        "startsAt": START,
        "endsAt": NEVER,
        "generatorURL": "http://prometheus.example/graph",
        "fingerprint": f"fp-{instance}",
    } | changes


def a_notification(*alerts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "version": "4",
        "receiver": "tocsin",
        "status": "firing",
        "alerts": list(alerts) or [an_alert()],
        "groupLabels": {"alertname": "HighLatency"},
        "commonLabels": {"alertname": "HighLatency"},
        "commonAnnotations": {},
        "externalURL": "http://alertmanager.example",
        "groupKey": '{}:{alertname="HighLatency"}',
        "truncatedAlerts": 0,
    } | changes
