"""Payloads whose fields stand where somebody says, or else where most tools have them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.alert_bodies.parts import flat
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.reading import is_no_time, key_of, severity_of, time_of
from bot.webhooks.source import Heard, NotUnderstood
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.payload_mapping import IGNORED, Unselectable, selected
from core.domain.severity import Severity
from core.domain.source_settings import SourceSettings

FIRING = frozenset(
    {
        "firing", "fired", "fire", "alerting", "alert", "triggered", "trigger", "re-triggered",
        "open", "opened", "problem", "down", "critical", "warning", "warn", "error", "failure",
        "failed", "fail", "active", "activated", "new", "created", "no data", "no_data", "nodata",
        "true", "1",
    }
)  # fmt: skip
RESOLVED = frozenset(
    {
        "resolved", "resolve", "ok", "okay", "closed", "close", "recovered", "recovery", "up",
        "normal", "cleared", "clear", "success", "inactive", "deactivated", "passed", "healthy",
        "ended", "end", "false", "0",
    }
)  # fmt: skip
ACKNOWLEDGED = frozenset({"acknowledged", "acknowledge", "ack", "acked"})
SEVERITIES: Mapping[str, Severity] = {
    "p1": Severity.CRITICAL,
    "p2": Severity.HIGH,
    "p3": Severity.MEDIUM,
    "p4": Severity.LOW,
    "p5": Severity.LOW,
    "fatal": Severity.CRITICAL,
    "emergency": Severity.CRITICAL,
    "alert": Severity.CRITICAL,
    "disaster": Severity.CRITICAL,
    "failure": Severity.HIGH,
    "err": Severity.HIGH,
    "average": Severity.MEDIUM,
    "warn": Severity.MEDIUM,
    "notice": Severity.LOW,
    "informational": Severity.LOW,
    "debug": Severity.LOW,
    "success": Severity.LOW,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a payload says where nothing is mapped: field → value. `labels` are those that it has
    in any case, `times` the fields that can be nothing but a time."""

    fields: Mapping[str, Any]
    labels: Mapping[str, str] = field(default_factory=dict)
    times: frozenset[str] = frozenset()


def alert_in(entry: Any, offer: Offer, heard: Heard) -> Alert | None:
    """What is mapped goes before what is offered. None for what says nothing; `NotUnderstood`
    where it cannot be told what it is about."""
    told = {**offer.fields, **_mapped(entry, heard.settings)}
    status = status_of(told.get("status"), heard.settings)
    if status is None:
        return None
    title, key = _named(told)
    dated = "ends_at" if status is AlertStatus.RESOLVED else "starts_at"
    if dated in offer.times | heard.settings.mapping.keys():
        _require_time(dated, told.get(dated))
    at = time_of(told.get(dated))
    word = text_in(told.get("severity"))
    return Alert(
        fingerprint=Fingerprint(key),
        group=GroupKey(key_of(text_in(told.get("group")) or key)),
        group_title=title,
        name=title,
        status=status,
        starts_at=at or heard.received_at,
        ends_at=(at or heard.received_at) if status is AlertStatus.RESOLVED else None,
        severity=severity_of(word, SEVERITIES),
        severity_word=line(word),
        summary=title,
        description=text_of(_described(told)),
        labels=bounded(_labels(told, offer, heard.settings)),
        links=links({"Source": text_in(told.get("link"))}),
        dating=Dating.MOMENT if at else Dating.NONE,
    )


def mapped_list(payload: Any, settings: SourceSettings) -> list[Any] | None:
    """The entries that `alerts` is mapped to; None where it is not mapped."""
    if "alerts" not in settings.mapping:
        return None
    found = _selected("alerts", settings.mapping["alerts"], payload)
    if not isinstance(found, list):
        raise NotUnderstood("What “alerts” is mapped to is no list in this payload.")
    return found


def status_of(value: Any, settings: SourceSettings) -> AlertStatus | None:
    """None for what is to be ignored. Where nothing says so, it fires."""
    given = text_in(value).strip()
    word = given.lower()
    meant = {name.strip().lower(): meaning for name, meaning in settings.values.items()}
    if word in meant:
        return None if meant[word] == IGNORED else AlertStatus(meant[word])
    if not word or word in FIRING:
        return AlertStatus.FIRING
    if word in RESOLVED:
        return AlertStatus.RESOLVED
    if word in ACKNOWLEDGED:
        return AlertStatus.ACKNOWLEDGED
    raise NotUnderstood(
        f"The status “{line(given)[:80]}” says neither that it fires nor that it is over; "
        "say in “values” of this alert source what it means."
    )


def first_of(payload: Mapping[str, Any], *names: str) -> Any:
    """The first of those fields that has something in it."""
    return next((payload[name] for name in names if payload.get(name) not in (None, "")), None)


def text_in(value: Any) -> str:
    """A plain value as it is written; empty for a list, an object or nothing."""
    return flat({"value": value}).get("value", "") if not isinstance(value, list) else ""


def _mapped(entry: Any, settings: SourceSettings) -> dict[str, Any]:
    return {
        name: _selected(name, expression, entry)
        for name, expression in settings.mapping.items()
        if name != "alerts"
    }


def _selected(name: str, expression: str, payload: Any) -> Any:
    try:
        return selected(expression, payload)
    except Unselectable as error:
        raise NotUnderstood(f"The mapping of “{name}” does not fit: {error}.") from error


def _named(told: Mapping[str, Any]) -> tuple[str, str]:
    """Its title and its key; one stands in for the other."""
    title, key = line(text_in(told.get("title"))), text_in(told.get("key")).strip()
    if not title and not key:
        raise NotUnderstood(
            "Nothing in it says what it is about; send a “title”, or map “title” to where it is."
        )
    return title or line(key) or "Alert", key_of(key or title)


def _require_time(name: str, value: Any) -> None:
    if is_no_time(value):
        raise NotUnderstood(
            f"“{name}” is no time; send it as 2026-11-20T23:58:12Z or in seconds since 1970, "
            f"or map “{name}” to where the time is."
        )


def _described(told: Mapping[str, Any]) -> str:
    """The summary says more than the title, the description more than both."""
    parts = [text_in(told.get(name)).strip() for name in ("summary", "description")]
    known = {text_in(told.get("title")).strip(), ""}
    new = [part for part in dict.fromkeys(parts) if part not in known]
    return new[-1] if len(new) == 2 and new[1].startswith(new[0]) else "\n".join(new)


def _labels(told: Mapping[str, Any], offer: Offer, settings: SourceSettings) -> dict[str, str]:
    given = told.get("labels")
    labels = dict(offer.labels)
    if isinstance(given, dict):
        labels |= flat(given)
    if isinstance(given, list):
        pairs = (one.partition(":") for one in given if isinstance(one, str))
        labels |= {name.strip(): value.strip() for name, colon, value in pairs if colon}
    if service := text_in(told.get("service")):
        labels[settings.service_label or "service"] = service
    return {name: text for name, text in labels.items() if name and text}
