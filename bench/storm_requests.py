"""The alerts of a storm, as Alertmanager sends them to us and as Prometheus sends them to it."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from bench.load import Request, http

GROUPS = 50


def deliveries(token: str, name: str, *, each: int, distinct: int | None = None) -> Request:
    """`each` alerts at once; after `distinct` deliveries they come again from the first on."""

    def request(n: int) -> bytes:
        number = n % distinct if distinct else n
        group = {"alertname": "HighLatency", "cluster": f"{name}-{number % GROUPS}"}
        body = {
            "version": "4",
            "receiver": "tocsin",
            "status": "firing",
            "groupKey": f"{{}}:{group}",
            "groupLabels": group,
            "commonLabels": group,
            "commonAnnotations": {},
            "externalURL": "http://alertmanager.example",
            "truncatedAlerts": 0,
            "alerts": [_told(group, f"{number}-{one}") for one in range(each)],
        }
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        return http("POST", "/webhooks/alertmanager", headers=headers, body=_json(body))

    return request


def to_alertmanager(name: str) -> Request:
    """The same alerts, one at a time, to an Alertmanager's own API."""
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()

    def request(n: int) -> bytes:
        group = {"alertname": "HighLatency", "cluster": f"{name}-{n % GROUPS}"}
        alert = {"labels": _labels(group, str(n)), "annotations": _notes(str(n)), "endsAt": until}
        headers = {"Content-Type": "application/json"}
        return http("POST", "/api/v2/alerts", headers=headers, body=_json([alert]))

    return request


def _told(group: dict[str, str], instance: str) -> dict[str, Any]:
    return {
        "status": "firing",
        "labels": _labels(group, instance),
        "annotations": _notes(instance),
        "startsAt": "2026-11-20T23:28:33.432123456Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus.example/graph",
        "fingerprint": sha256(f"{group['cluster']} {instance}".encode()).hexdigest()[:16],
    }


def _labels(group: dict[str, str], instance: str) -> dict[str, str]:
    return {**group, "instance": instance, "severity": "warning"}


def _notes(instance: str) -> dict[str, str]:
    return {"summary": f"p99 latency high on {instance}"}


def _json(body: Any) -> bytes:
    return json.dumps(body).encode()
