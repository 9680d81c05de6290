"""Datadog's webhook with our template: one transition of a monitor in, its meaning out."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from bot.alert_bodies.parts import Loose
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.forms import json_of_fields
from bot.webhooks.reading import Time, Word, key_of, severity_of, shaped
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import Severity

RECOVERED = "recovered"
STATUSES: Mapping[str, AlertStatus] = {
    "triggered": AlertStatus.FIRING,
    "re-triggered": AlertStatus.FIRING,
    "renotify": AlertStatus.FIRING,
    "no data": AlertStatus.FIRING,
    "re-no data": AlertStatus.FIRING,
    "warn": AlertStatus.FIRING,
    "re-warn": AlertStatus.FIRING,
    RECOVERED: AlertStatus.RESOLVED,
}
WORDS: Mapping[str, Severity] = {
    "p1": Severity.CRITICAL,
    "p2": Severity.HIGH,
    "p3": Severity.MEDIUM,
    "p4": Severity.LOW,
    "p5": Severity.LOW,
    "triggered": Severity.HIGH,
    "re-triggered": Severity.HIGH,
    "renotify": Severity.HIGH,
    "no data": Severity.MEDIUM,
    "re-no data": Severity.MEDIUM,
    "warn": Severity.MEDIUM,
    "re-warn": Severity.MEDIUM,
}
"""A monitor's own priority goes before what happened to it."""

_UNSET = re.compile(r"\$[A-Z][A-Z0-9_]*")
_MEND = "Paste the payload that the page about Datadog has into the webhook."


class Shape(BaseModel):
    """As the template in the documentation has it."""

    transition: Word
    cycle_key: Loose = None
    aggregate: Loose = None
    monitor: Loose = None
    id: Loose = None
    title: Loose = None
    text: Loose = None
    priority: Loose = None
    scope: Loose = None
    host: Loose = None
    metric: Loose = None
    tags: Loose = None
    link: Loose = None
    snapshot: Loose = None
    date: Time = None


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What a transition means; `NotUnderstood` when it is none."""
    if isinstance(payload, dict) and "transition" not in payload:
        raise NotUnderstood(f"It has no “transition”, so nobody can tell what happened. {_MEND}")
    shape = shaped(Shape, payload)
    status = STATUSES.get(shape.transition)
    if status is None:
        raise NotUnderstood(
            f"“{shape.transition[:80]}” is no transition of a monitor, such as Triggered or "
            "Recovered."
        )
    return [_alert(shape, status, heard)]


def _alert(shape: Shape, status: AlertStatus, heard: Heard) -> Alert:
    key, monitor = _key(shape), _said(shape.monitor)
    labels = _labels(shape)
    word = _said(shape.priority) or labels.get("severity") or shape.transition
    title = line(_said(shape.title)) or f"Datadog monitor {line(monitor or key)}"
    return Alert(
        fingerprint=Fingerprint(key),
        group=GroupKey(key_of("monitor", monitor) if monitor else key),
        group_title=title,
        name=title,
        status=status,
        starts_at=shape.date or heard.received_at,
        severity=severity_of(word, WORDS),
        severity_word=line(word),
        summary=title,
        description=text_of(_said(shape.text)),
        labels=bounded(labels),
        links=links({"Datadog": _said(shape.link), "Graph": _said(shape.snapshot)}),
        dating=Dating.MOMENT if shape.date else Dating.NONE,
    )


def _key(shape: Shape) -> str:
    """From the first alert of a cycle to its recovery the cycle is the same; monitors that have no
    cycles are told apart by what they watch."""
    if cycle := _said(shape.cycle_key):
        return key_of("cycle", cycle)
    if aggregate := _said(shape.aggregate):
        return key_of("aggregate", aggregate)
    if monitor := _said(shape.monitor):
        return key_of("monitor", monitor, _said(shape.scope))
    raise NotUnderstood(
        f"It has neither “cycle_key” nor “monitor”, so nobody could speak of it again. {_MEND}"
    )


def _labels(shape: Shape) -> dict[str, str]:
    own = {"host": shape.host, "monitor": shape.monitor, "metric": shape.metric}
    named = {name: _said(text) for name, text in own.items() if _said(text)}
    return _tags(_said(shape.tags)) | _tags(_said(shape.scope)) | named


def _tags(written: str) -> dict[str, str]:
    """`env:prod,service:checkout`; a tag of one word just is."""
    tags = (tag.strip().partition(":") for tag in written.split(","))
    return {name: value or "true" for name, _, value in tags if name and name != "*"}


def _said(text: str | None) -> str:
    """A variable that has no value is empty, null, or stands there as it was written."""
    stripped = (text or "").strip()
    return "" if stripped == "null" or _UNSET.fullmatch(stripped) else stripped


def _name(payload: Any) -> str | None:
    """Datadog tries again what it has no answer to."""
    event = payload.get("id")
    return key_of("event", event) if isinstance(event, str) and _said(event) else None


DATADOG = Source(
    name="datadog",
    title="Datadog",
    parse=parse,
    require=parse,
    take=json_of_fields,
    name_of=_name,
)
