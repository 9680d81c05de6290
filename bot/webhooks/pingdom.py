"""Pingdom's webhook: one change of a check's state in, what it says about that check out."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from bot.alert_bodies.parts import Loose
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.reading import (
    Identity,
    LooseWord,
    Part,
    Texts,
    Time,
    Word,
    key_of,
    severity_of,
    shaped,
)
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import Severity

STATUSES: Mapping[str, AlertStatus] = {
    "down": AlertStatus.FIRING,
    "failing": AlertStatus.FIRING,
    "up": AlertStatus.RESOLVED,
    "success": AlertStatus.RESOLVED,
}
IMPORTANCE: Mapping[str, Severity] = {"": Severity.HIGH}


class Shape(BaseModel):
    """A transaction check is FAILING or SUCCESS; any other is DOWN or UP."""

    check_id: Identity
    current_state: Word
    check_name: Loose = None
    check_type: Loose = None
    check_params: Part = {}
    importance_level: LooseWord = ""
    state_changed_timestamp: Time = None
    description: Loose = None
    long_description: Loose = None
    custom_message: Loose = None
    tags: Texts = []


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What a change of state means; `NotUnderstood` when it is none."""
    shape = shaped(Shape, payload)
    status = STATUSES.get(shape.current_state)
    if status is None:
        raise NotUnderstood(
            f"“{shape.current_state[:80]}” is no state of a check; it has to be DOWN or UP."
        )
    key = key_of("check", shape.check_id)
    name = line(shape.check_name or "") or f"Check {line(shape.check_id)}"
    return [
        Alert(
            fingerprint=Fingerprint(key),
            group=GroupKey(key),
            group_title=f"{name} is down",
            name=name,
            status=status,
            starts_at=shape.state_changed_timestamp or heard.received_at,
            severity=severity_of(shape.importance_level, IMPORTANCE),
            severity_word=line(shape.importance_level),
            summary=_summary(status, name, shape),
            description=text_of(_description(shape)),
            labels=bounded(_labels(shape)),
            links=links(_links(shape)),
            dating=Dating.MOMENT if shape.state_changed_timestamp else Dating.NONE,
        )
    ]


def _summary(status: AlertStatus, name: str, shape: Shape) -> str:
    """It has to make sense without anything beside it: an incident may be called so."""
    state = "down" if status is AlertStatus.FIRING else "up"
    said = f": {shape.description}" if shape.description else ""
    return line(f"{name} is {state}{said}")


def _description(shape: Shape) -> str:
    return "\n".join(filter(None, (shape.custom_message, shape.long_description)))


def _labels(shape: Shape) -> dict[str, str]:
    """A tag such as `service:checkout` or `service-checkout` names something; another just is."""
    own = {
        "check": shape.check_name,
        "type": shape.check_type,
        "host": _plain(shape.check_params.get("hostname")),
    }
    return {name: text for name, text in own.items() if text} | _tags(shape.tags)


def _tags(tags: list[str]) -> dict[str, str]:
    named = (_named(tag) for tag in tags)
    return {name: value for name, value in named if name}


def _named(tag: str) -> tuple[str, str]:
    for mark in (":", "=", "-"):
        name, found, value = tag.partition(mark)
        if found and name and value:
            return name, value
    return tag, "true"


def _links(shape: Shape) -> dict[str, str]:
    report = f"https://my.pingdom.com/app/reports/uptime#check={shape.check_id}"
    monitored = _plain(shape.check_params.get("full_url"))
    return {"Monitored": monitored, "Pingdom": report if shape.check_id.isdigit() else ""}


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else ""


PINGDOM = Source(name="pingdom", title="Pingdom", parse=parse, require=parse)
