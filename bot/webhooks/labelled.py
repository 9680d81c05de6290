"""Alerts that are known by their labels, as Prometheus and all its relatives have them."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Protocol

import orjson

from bot.webhooks.fields import bounded, line, links, text_of, word
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import alert_severity

MAX_GROUP = 400
NAMELESS = "Unnamed alert"
_NAME = "alertname"


class Entry(Protocol):
    """What all of them say of an alert."""

    @property
    def labels(self) -> Mapping[str, str]: ...
    @property
    def annotations(self) -> Mapping[str, str]: ...
    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def ends_at(self) -> datetime | None: ...


def labelled_alert(
    entry: Entry,
    *,
    fingerprint: Fingerprint,
    group: tuple[GroupKey, str],
    status: AlertStatus,
    heard_at: datetime,
    offered: Mapping[str, str],
) -> Alert:
    """`group` is its key and its title, `offered` are links. What says no start is known by the
    order of arrival alone."""
    labels, notes = entry.labels, entry.annotations
    name = word(labels.get(_NAME, "")) or NAMELESS
    return Alert(
        fingerprint=fingerprint,
        group=group[0],
        group_title=group[1] or name,
        name=name,
        status=status,
        starts_at=entry.starts_at or entry.ends_at or heard_at,
        ends_at=entry.ends_at if status is AlertStatus.RESOLVED else None,
        severity=alert_severity(labels.get("severity")),
        severity_word=word(labels.get("severity", "")),
        summary=line(notes.get("summary", "")),
        description=text_of(notes.get("description") or notes.get("message") or ""),
        labels=bounded(labels),
        links=links({**offered, "Runbook": notes.get("runbook_url", "")}),
        dating=Dating.START if entry.starts_at else Dating.NONE,
    )


def group_key(labels: Mapping[str, str]) -> GroupKey:
    """From the labels alone: `groupKey` changes with the routes, and a resolve would go astray."""
    canonical = orjson.dumps(dict(labels), option=orjson.OPT_SORT_KEYS)
    if len(canonical) > MAX_GROUP:
        return GroupKey(f"sha256:{sha256(canonical).hexdigest()}")
    return GroupKey(canonical.decode())


def group_title(labels: Mapping[str, str]) -> str:
    """`HighLatency (cluster eu1)`; empty without labels."""
    name = line(labels.get(_NAME, ""))
    rest = line(", ".join(f"{k} {v}" for k, v in sorted(labels.items()) if k != _NAME))
    return line(f"{name} ({rest})" if name and rest else name or rest)


def fingerprint_of(labels: Mapping[str, str]) -> Fingerprint:
    """As Prometheus computes it: FNV-1a, 64 bits, over the sorted labels."""
    text = b"".join(
        name.encode() + b"\xff" + value.encode() + b"\xff" for name, value in sorted(labels.items())
    )
    digest = 0xCBF29CE484222325
    for byte in text:
        digest = ((digest ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return Fingerprint(f"{digest:016x}")
