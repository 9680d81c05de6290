"""Uptime Kuma's webhook: one beat of a monitor in, what it says about that monitor out."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from pydantic import BaseModel

from bot.alert_bodies.parts import Loose, Objects
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.forms import json_in
from bot.webhooks.reading import Identity, Time, key_of, severity_of, shaped
from bot.webhooks.source import Heard, Source
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import Severity

STATUSES: Mapping[int, AlertStatus] = {0: AlertStatus.FIRING, 1: AlertStatus.RESOLVED}
"""A monitor that is pending (2) or under maintenance (3) says nothing."""

WORDS: Mapping[str, Severity] = {"": Severity.HIGH, "certificate": Severity.LOW}
UNSET = frozenset({"", "http://", "https://"})
"""What the address of a monitor is that has none."""

_EXPIRES = re.compile(
    r"(?s)(?P<what>.{1,400}? certificate .{1,400}?) will expire in (?P<days>\d+) "
)


class Beat(BaseModel):
    status: int
    time: Time = None
    msg: Loose = None


class Monitor(BaseModel):
    id: Identity
    name: Loose = None
    url: Loose = None
    hostname: Loose = None
    type: Loose = None
    description: Loose = None
    tags: Objects = []


class Shape(BaseModel):
    """Both are null when somebody tries the button, and when a certificate is about to expire."""

    heartbeat: Beat | None
    monitor: Monitor | None
    msg: Loose = None


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What a beat states; `NotUnderstood` when it is none."""
    shape = shaped(Shape, payload)
    if shape.heartbeat is None or shape.monitor is None:
        return _certificate(shape.msg or "", heard)
    status = STATUSES.get(shape.heartbeat.status)
    return [] if status is None else [_alert(status, shape.heartbeat, shape.monitor, heard)]


def _alert(status: AlertStatus, beat: Beat, monitor: Monitor, heard: Heard) -> Alert:
    key = key_of("monitor", monitor.id)
    labels = _labels(monitor)
    name = line(monitor.name or "") or f"Monitor {line(monitor.id)}"
    given = labels.get("severity", "")
    return Alert(
        fingerprint=Fingerprint(key),
        group=GroupKey(key),
        group_title=f"{name} is down",
        name=name,
        status=status,
        starts_at=beat.time or heard.received_at,
        severity=severity_of(given, WORDS),
        severity_word=line(given) or "down",
        summary=_summary(status, name, beat),
        description=text_of(monitor.description or ""),
        labels=bounded(labels),
        links=links({"Monitored": _address(monitor)}),
        dating=Dating.MOMENT if beat.time else Dating.NONE,
    )


def _summary(status: AlertStatus, name: str, beat: Beat) -> str:
    """It has to make sense without anything beside it: an incident may be called so."""
    state = "down" if status is AlertStatus.FIRING else "up"
    return line(f"{name} is {state}: {beat.msg}" if beat.msg else f"{name} is {state}")


def _certificate(message: str, heard: Heard) -> list[Alert]:
    """It is told three times, with fewer days each time, and never that it was renewed."""
    found = _EXPIRES.match(message)
    if found is None:
        return []
    group = key_of("certificate", found["what"])
    return [
        Alert(
            fingerprint=Fingerprint(key_of("certificate", found["days"], found["what"])),
            group=GroupKey(group),
            group_title=line(message),
            name="A certificate expires",
            status=AlertStatus.FIRING,
            starts_at=heard.received_at,
            severity=WORDS["certificate"],
            severity_word="certificate",
            summary=line(message),
            dating=Dating.NONE,
        )
    ]


def _address(monitor: Monitor) -> str:
    url = (monitor.url or "").strip()
    return "" if url in UNSET else url


def _labels(monitor: Monitor) -> dict[str, str]:
    own = {
        "monitor": monitor.name,
        "type": monitor.type,
        "url": _address(monitor),
        "host": monitor.hostname,
    }
    tags = {str(tag["name"]): str(tag.get("value") or "") for tag in monitor.tags if "name" in tag}
    return {name: text for name, text in own.items() if text} | tags


UPTIME_KUMA = Source(
    name="uptime_kuma",
    title="Uptime Kuma",
    parse=parse,
    require=parse,
    take=partial(json_in, "data"),
)
