"""Sentry's integration platform: alerts about issues and about metrics in, what they mean out."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from bot.alert_bodies.parts import Loose
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.reading import (
    Identity,
    Listed,
    LooseWord,
    Part,
    Time,
    Word,
    key_of,
    severity_of,
    shaped,
)
from bot.webhooks.signatures import require_signature
from bot.webhooks.source import Heard, Knock, Lock, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import Severity

SIGNATURE = "sentry-hook-signature"
OVER = frozenset({"resolved", "archived", "ignored"})
"""What people do with an issue that ends the alerts about it."""

LEVELS: Mapping[str, Severity] = {
    "fatal": Severity.CRITICAL,
    "error": Severity.HIGH,
    "warning": Severity.MEDIUM,
    "info": Severity.LOW,
    "debug": Severity.LOW,
    "sample": Severity.LOW,
}
METRIC_STATUSES: Mapping[str, AlertStatus] = {
    "critical": AlertStatus.FIRING,
    "warning": AlertStatus.FIRING,
    "resolved": AlertStatus.RESOLVED,
}


class Event(BaseModel):
    issue_id: Identity
    title: Loose = None
    level: LooseWord = ""
    culprit: Loose = None
    message: Loose = None
    environment: Loose = None
    platform: Loose = None
    web_url: Loose = None
    datetime: Time = None
    tags: Listed = []


class Issue(BaseModel):
    id: Identity
    title: Loose = None
    level: LooseWord = ""
    culprit: Loose = None
    web_url: Loose = None
    permalink: Loose = None
    project: Part = {}


class Rule(BaseModel):
    id: Identity
    name: Loose = None


class MetricAlert(BaseModel):
    id: Identity
    alert_rule: Rule
    title: Loose = None
    date_started: Time = None
    date_closed: Time = None


class Told(BaseModel):
    """One of the three; other resources of Sentry's have others."""

    event: Event | None = None
    triggered_rule: Loose = None
    metric_alert: MetricAlert | None = None
    description_title: Loose = None
    description_text: Loose = None
    web_url: Loose = None
    issue: Issue | None = None


class Shape(BaseModel):
    action: Word
    data: Told
    actor: Part = {}


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What a hook states; of resources that are no alerts, nothing. `NotUnderstood` when it is
    no hook."""
    shape = shaped(Shape, payload)
    told = shape.data
    if told.metric_alert is not None:
        return [_metric(shape, told.metric_alert, heard)]
    if told.event is not None:
        return [_issue_alert(told, told.event, heard)] if shape.action == "triggered" else []
    if told.issue is not None and shape.action in OVER:
        return [_over(shape, told.issue, heard)]
    return []


async def verify(knock: Knock, lock: Lock) -> None:
    """With the client secret of the integration, once Tocsin was told it."""
    if lock.secret is not None:
        require_signature(knock.headers.get(SIGNATURE), lock.secret, knock.body)


def _issue_alert(told: Told, event: Event, heard: Heard) -> Alert:
    key = key_of("issue", event.issue_id)
    title = line(event.title or event.message or "") or f"Sentry issue {line(event.issue_id)}"
    return Alert(
        fingerprint=Fingerprint(key),
        group=GroupKey(key),
        group_title=title,
        name=title,
        status=AlertStatus.FIRING,
        starts_at=event.datetime or heard.received_at,
        severity=severity_of(event.level, LEVELS),
        severity_word=line(event.level),
        summary=title,
        description=text_of(event.culprit or ""),
        labels=bounded(_labels(told, event)),
        links=links({"Sentry": event.web_url or ""}),
        dating=Dating.MOMENT if event.datetime else Dating.NONE,
    )


def _over(shape: Shape, issue: Issue, heard: Heard) -> Alert:
    key = key_of("issue", issue.id)
    title = line(issue.title or "") or f"Sentry issue {line(issue.id)}"
    return Alert(
        fingerprint=Fingerprint(key),
        group=GroupKey(key),
        group_title=title,
        name=title,
        status=AlertStatus.RESOLVED,
        starts_at=heard.received_at,
        severity=severity_of(issue.level, LEVELS),
        severity_word=line(issue.level),
        summary=title,
        links=links({"Sentry": issue.web_url or issue.permalink or ""}),
        dating=Dating.NONE,
        by=line(_plain(shape.actor.get("name"))),
    )


def _metric(shape: Shape, metric: MetricAlert, heard: Heard) -> Alert:
    status = METRIC_STATUSES.get(shape.action)
    if status is None:
        raise NotUnderstood(
            f"“{shape.action[:80]}” is no action of a metric alert; it has to be critical, warning "
            "or resolved."
        )
    resolved = status is AlertStatus.RESOLVED
    name = line(metric.alert_rule.name or metric.title or "") or "Sentry metric alert"
    return Alert(
        fingerprint=Fingerprint(key_of("metric", metric.id)),
        group=GroupKey(key_of("rule", metric.alert_rule.id)),
        group_title=name,
        name=name,
        status=status,
        starts_at=metric.date_started or heard.received_at,
        ends_at=(metric.date_closed or heard.received_at) if resolved else None,
        severity=severity_of(shape.action, LEVELS),
        severity_word="" if resolved else shape.action,
        summary=line(shape.data.description_title or name),
        description=text_of(shape.data.description_text or ""),
        labels={"rule": name},
        links=links({"Sentry": shape.data.web_url or ""}),
        dating=Dating.START if metric.date_started else Dating.NONE,
    )


def _labels(told: Told, event: Event) -> dict[str, str]:
    own = {
        "rule": told.triggered_rule,
        "level": event.level,
        "environment": event.environment,
        "platform": event.platform,
    }
    return {name: text for name, text in own.items() if text} | dict(_pairs(event.tags))


def _pairs(tags: list[Any]) -> Iterator[tuple[str, str]]:
    for tag in tags:
        match tag:
            case [str(name), str(value)] | {"key": str(name), "value": str(value)}:
                yield name, value


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else ""


async def _greet(payload: Any, _: Lock) -> bool:
    """What Sentry says when it is installed or removed."""
    told = payload.get("data") if isinstance(payload, dict) else None
    return isinstance(told, dict) and "installation" in told


SENTRY = Source(
    name="sentry", title="Sentry", parse=parse, require=parse, verify=verify, greet=_greet
)
