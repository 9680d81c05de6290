"""UptimeRobot's webhook, whatever it comes in: one change of a monitor in, its meaning out."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from bot.alert_bodies.parts import Loose
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.forms import json_of_fields
from bot.webhooks.reading import Identity, Time, Word, key_of, severity_of, shaped
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import Severity

DOWN, UP, EXPIRES = "1", "2", "3"
STATUSES: Mapping[str, AlertStatus] = {
    DOWN: AlertStatus.FIRING,
    UP: AlertStatus.RESOLVED,
    EXPIRES: AlertStatus.FIRING,
}
CERTIFICATE = "certificate"
WORDS: Mapping[str, Severity] = {"down": Severity.HIGH, CERTIFICATE: Severity.LOW}
TITLES: Mapping[str, str] = {
    DOWN: "{} is down",
    UP: "{} is up",
    EXPIRES: "The certificate of {} expires",
}


class Shape(BaseModel):
    """Under the names of UptimeRobot's own variables."""

    model_config = ConfigDict(alias_generator=to_camel)

    monitor_id: Identity = Field(alias="monitorID")
    alert_type: Word
    monitor_friendly_name: Loose = None
    url: Loose = Field(alias="monitorURL", default=None)
    alert_type_friendly_name: Loose = None
    alert_details: Loose = None
    alert_date_time: Time = None
    alert_friendly_duration: Loose = None
    ssl_expiry_days_left: Loose = None
    severity: Loose = None
    service: Loose = None


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What a notification states; `NotUnderstood` when it is none."""
    shape = shaped(Shape, payload)
    status = STATUSES.get(shape.alert_type)
    if status is None:
        raise NotUnderstood(
            f"“{shape.alert_type[:80]}” is no alertType; it has to be 1 (down), 2 (up) or 3 "
            "(a certificate expires)."
        )
    about = CERTIFICATE if shape.alert_type == EXPIRES else "monitor"
    word = CERTIFICATE if shape.alert_type == EXPIRES else _said(shape.severity) or "down"
    name = line(_said(shape.monitor_friendly_name)) or f"Monitor {line(shape.monitor_id)}"
    return [
        Alert(
            fingerprint=Fingerprint(key_of(about, shape.monitor_id, *_days(shape))),
            group=GroupKey(key_of(about, shape.monitor_id)),
            group_title=TITLES[EXPIRES if about == CERTIFICATE else DOWN].format(name),
            name=name,
            status=status,
            starts_at=shape.alert_date_time or heard.received_at,
            severity=severity_of(word, WORDS),
            severity_word=line(word),
            summary=_summary(name, shape),
            description=text_of(_duration(shape)),
            labels=bounded(_labels(shape)),
            links=links(_links(shape)),
            dating=Dating.MOMENT if shape.alert_date_time else Dating.NONE,
        )
    ]


def _days(shape: Shape) -> tuple[str, ...]:
    """A certificate is told of again as its end comes nearer, and never that it was renewed."""
    return (_said(shape.ssl_expiry_days_left),) if shape.alert_type == EXPIRES else ()


def _summary(name: str, shape: Shape) -> str:
    """It has to make sense without anything beside it: an incident may be called so."""
    title, details = TITLES[shape.alert_type].format(name), _said(shape.alert_details)
    return line(f"{title}: {details}" if details else title)


def _duration(shape: Shape) -> str:
    lasted = _said(shape.alert_friendly_duration)
    return f"It was down for {lasted}." if lasted and shape.alert_type == UP else ""


def _labels(shape: Shape) -> dict[str, str]:
    own = {
        "monitor": shape.monitor_friendly_name,
        "url": shape.url,
        "service": shape.service,
        "severity": shape.severity,
    }
    return {name: _said(text) for name, text in own.items() if _said(text)}


def _links(shape: Shape) -> dict[str, str]:
    page = f"https://dashboard.uptimerobot.com/monitors/{shape.monitor_id}"
    return {
        "Monitored": _said(shape.url),
        "UptimeRobot": page if shape.monitor_id.isdigit() else "",
    }


def _said(text: str | None) -> str:
    """A variable that has no value stands there as it was written."""
    stripped = (text or "").strip()
    return "" if stripped.startswith("*") and stripped.endswith("*") else stripped


UPTIMEROBOT = Source(
    name="uptimerobot", title="UptimeRobot", parse=parse, require=parse, take=json_of_fields
)
