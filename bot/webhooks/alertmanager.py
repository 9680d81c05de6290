"""Alertmanager's webhook, version 4: their JSON in, our alerts out."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from pydantic import ValidationError

from bot.web.validation import checked, issues_of
from bot.webhooks.alertmanager_shape import AlertShape, NotificationShape
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.source import NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus, Fingerprint, GroupKey
from core.domain.severity import alert_severity

MAX_FINGERPRINT, MAX_GROUP = 128, 400

NAMELESS = "Unnamed alert"


def require(payload: Any) -> NotificationShape:
    """A `Refusal` that names the fields, unless it is a notification."""
    return checked(NotificationShape, payload)


def parse(payload: Any) -> list[Alert]:
    """The statements of one notification; `NotUnderstood` when it is none."""
    try:
        shape = NotificationShape.model_validate(payload)
    except ValidationError as error:
        raise NotUnderstood(" ".join(issue.message for issue in issues_of(error))) from error
    group, title = group_key(shape.group_labels), _group_title(shape)
    return [_alert(entry, group, title) for entry in shape.alerts]


def group_key(labels: Mapping[str, str]) -> GroupKey:
    """From the labels alone: `groupKey` changes with the routes, and a resolve would go astray."""
    canonical = orjson.dumps(dict(labels), option=orjson.OPT_SORT_KEYS)
    if len(canonical) > MAX_GROUP:
        return GroupKey(f"sha256:{sha256(canonical).hexdigest()}")
    return GroupKey(canonical.decode())


def fingerprint_of(labels: Mapping[str, str]) -> Fingerprint:
    """As Prometheus computes it: FNV-1a, 64 bits, over the sorted labels."""
    text = b"".join(
        name.encode() + b"\xff" + value.encode() + b"\xff" for name, value in sorted(labels.items())
    )
    digest = 0xCBF29CE484222325
    for byte in text:
        digest = ((digest ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return Fingerprint(f"{digest:016x}")


def _alert(entry: AlertShape, group: GroupKey, group_title: str) -> Alert:
    labels, notes = entry.labels, entry.annotations
    status = AlertStatus(entry.status)
    name = line(labels.get("alertname", "")) or NAMELESS
    return Alert(
        fingerprint=_fingerprint(entry),
        group=group,
        group_title=group_title or name,
        name=name,
        status=status,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at if status is AlertStatus.RESOLVED else None,
        severity=alert_severity(labels.get("severity")),
        summary=line(notes.get("summary", "")),
        description=text_of(notes.get("description") or notes.get("message") or ""),
        labels=bounded(labels),
        links=_links(entry),
    )


def _fingerprint(entry: AlertShape) -> Fingerprint:
    given = entry.fingerprint.strip()
    if given and len(given) <= MAX_FINGERPRINT:
        return Fingerprint(given)
    return fingerprint_of(entry.labels or {"fingerprint": given})


def _group_title(shape: NotificationShape) -> str:
    """`HighLatency (cluster eu1)`, or the summary that all of them share; empty without either."""
    if summary := line(shape.common_annotations.get("summary", "")):
        return summary
    name = line(shape.group_labels.get("alertname", ""))
    rest = line(
        ", ".join(f"{k} {v}" for k, v in sorted(shape.group_labels.items()) if k != "alertname")
    )
    return line(f"{name} ({rest})" if name and rest else name or rest)


def _links(entry: AlertShape) -> dict[str, str]:
    runbook = entry.annotations.get("runbook_url", "")
    return links({"Graph": entry.generator_url, "Runbook": runbook})


def _received(payload: Any, _: datetime) -> list[Alert]:
    """When it came does not matter: every alert says when it began."""
    return parse(payload)


ALERTMANAGER = Source(name="alertmanager", title="Alertmanager", parse=_received, require=require)
