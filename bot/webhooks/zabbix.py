"""Zabbix through our media type: one event in, what it says about its problem out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from bot.alert_bodies.parts import Loose, Objects
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.reading import Identity, LooseWord, Time, Word, key_of, severity_of, shaped
from bot.webhooks.source import Heard, Source
from core.domain.alert import Alert, AlertEdit, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import Severity

STATUSES: Mapping[str, AlertStatus] = {"1": AlertStatus.FIRING, "0": AlertStatus.RESOLVED}
UPDATE = "1"

SEVERITIES: Mapping[str, Severity] = {
    "0": Severity.LOW,  # not classified
    "1": Severity.LOW,  # information
    "2": Severity.MEDIUM,  # warning
    "3": Severity.MEDIUM,  # average
    "4": Severity.HIGH,
    "5": Severity.CRITICAL,  # disaster
}


class Shape(BaseModel):
    """`time` and `recovery_time` are there where this Zabbix has macros for them."""

    event_id: Identity
    event_value: Word
    trigger_id: Loose = None
    update_status: LooseWord = "0"
    name: Loose = None
    subject: Loose = None
    message: Loose = None
    severity: LooseWord = ""
    host: Loose = None
    tags: Objects = []
    url: Loose = None
    time: Time = None
    recovery_time: Time = None
    acknowledged: LooseWord = ""
    user: Loose = None
    comment: Loose = None


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What an event states; `NotUnderstood` when it is none."""
    shape = shaped(Shape, payload)
    status = STATUSES.get(shape.event_value)
    if status is None:
        return []  # an event of a discovery or of a service, or a test without an event
    alert = _alert(shape, status, heard)
    if shape.update_status != UPDATE or status is AlertStatus.RESOLVED:
        return [alert]
    return [alert, *_updates(shape, alert)]


def _alert(shape: Shape, status: AlertStatus, heard: Heard) -> Alert:
    key = key_of("event", shape.event_id)
    title = line(said(shape.name) or said(shape.subject)) or f"Event {line(shape.event_id)}"
    return Alert(
        fingerprint=Fingerprint(key),
        group=GroupKey(
            key_of("trigger", said(shape.trigger_id)) if said(shape.trigger_id) else key
        ),
        group_title=title,
        name=title,
        status=status,
        starts_at=shape.time or heard.received_at,
        ends_at=_end(shape, status, heard),
        severity=severity_of(shape.severity, SEVERITIES),
        severity_word=shape.severity if shape.severity in SEVERITIES else "",
        summary=title,
        description=text_of(said(shape.message)),
        labels=bounded(_labels(shape)),
        links=links({"Zabbix": said(shape.url)}),
        dating=Dating.START if shape.time else Dating.NONE,
    )


def _updates(shape: Shape, alert: Alert) -> Iterator[Alert]:
    """What somebody did with the problem; its severity may have changed as well."""
    by = line(said(shape.user))
    if shape.acknowledged == "yes":
        yield replace(alert, status=AlertStatus.ACKNOWLEDGED, by=by)
    if note := text_of(said(shape.comment)):
        yield replace(alert, status=AlertStatus.EDITED, by=by, edit=AlertEdit(note=note))


def _end(shape: Shape, status: AlertStatus, heard: Heard) -> datetime | None:
    return (shape.recovery_time or heard.received_at) if status is AlertStatus.RESOLVED else None


def said(text: str | None) -> str:
    """A macro that has no value stands there as it was written."""
    stripped = (text or "").strip()
    name = stripped.removeprefix("{").removesuffix("}").strip("$#")
    return "" if name.isupper() and stripped == f"{{{stripped[1:-1]}}}" else stripped


def _labels(shape: Shape) -> dict[str, str]:
    own = {"host": said(shape.host), "trigger": said(shape.trigger_id)}
    tags = {str(tag["tag"]): str(tag.get("value") or "") for tag in shape.tags if "tag" in tag}
    return {name: text for name, text in own.items() if text} | tags


def _name(payload: Any) -> str | None:
    """Zabbix tries again what it has no answer to. Updates have no name of their own."""
    if str(payload.get("update_status")) == UPDATE:
        return None
    return key_of(*(str(payload.get(name)) for name in ("event_id", "event_value")))


ZABBIX = Source(name="zabbix", title="Zabbix", parse=parse, require=parse, name_of=_name)
