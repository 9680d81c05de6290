"""New Relic's workflows, and its alerts before them: one issue in, what it says about it out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import AliasChoices, BaseModel, Field

from bot.alert_bodies.parts import Loose, Objects, flat
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.reading import Identity, Part, Texts, Time, Word, key_of, shaped
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import alert_severity

STATUSES: Mapping[str, AlertStatus] = {
    "created": AlertStatus.FIRING,
    "activated": AlertStatus.FIRING,
    "open": AlertStatus.FIRING,
    "acknowledged": AlertStatus.ACKNOWLEDGED,
    "closed": AlertStatus.RESOLVED,
    "deactivated": AlertStatus.RESOLVED,
}


def _either(*names: str, **more: Any) -> Any:
    return Field(validation_alias=AliasChoices(*names), **more)


class Shape(BaseModel):
    """The former alerts have other names for the same things."""

    id: Identity = _either("id", "issueId", "incident_id")
    state: Word = _either("state", "current_state")
    title: Texts = _either("title", "condition_name", "details", default_factory=list)
    priority: Loose = _either("priority", "severity", default=None)
    url: Loose = _either("issueUrl", "issuePageUrl", "incident_url", default=None)
    runbook_url: Loose = _either("runbookUrl", "runbook_url", default=None)
    details: Texts = _either("description", "details", default_factory=list)
    created_at: Time = _either("createdAt", default=None)
    closed_at: Time = _either("closedAt", "updatedAt", default=None)
    moment: Time = _either("timestamp", default=None)
    entities: Texts = _either("impactedEntities", default_factory=list)
    targets: Objects = []
    policies: Texts = _either("alertPolicyNames", "policy_name", default_factory=list)
    conditions: Texts = _either("alertConditionNames", "condition_name", default_factory=list)
    account: Loose = _either("accountName", "account_name", default=None)
    by: Loose = _either("acknowledgedBy", "owner", default=None)
    labels: Part = {}


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What a notification states; `NotUnderstood` when it is none."""
    shape = shaped(Shape, payload)
    status = STATUSES.get(shape.state)
    if status is None:
        raise NotUnderstood(
            f"“{shape.state[:80]}” is no state of an issue, such as ACTIVATED or CLOSED."
        )
    key = key_of("issue", shape.id)
    title = line(", ".join(shape.title)) or f"New Relic issue {line(shape.id)}"
    return [
        Alert(
            fingerprint=Fingerprint(key),
            group=GroupKey(key),
            group_title=title,
            name=line(", ".join(shape.conditions)) or title,
            status=status,
            starts_at=shape.created_at or shape.moment or heard.received_at,
            ends_at=_end(status, shape, heard),
            severity=alert_severity(shape.priority),
            severity_word=line(shape.priority or ""),
            summary=title,
            description=text_of("\n".join(shape.details)),
            labels=bounded(_labels(shape)),
            links=links({"New Relic": shape.url or "", "Runbook": shape.runbook_url or ""}),
            dating=_dating(shape),
            by=line(shape.by or "") if status is AlertStatus.ACKNOWLEDGED else "",
        )
    ]


def _end(status: AlertStatus, shape: Shape, heard: Heard) -> datetime | None:
    if status is not AlertStatus.RESOLVED:
        return None
    return shape.closed_at or shape.moment or heard.received_at


def _dating(shape: Shape) -> Dating:
    if shape.created_at:
        return Dating.START
    return Dating.MOMENT if shape.moment else Dating.NONE


def _labels(shape: Shape) -> dict[str, str]:
    named = (target.get("name") for target in shape.targets)
    entities = shape.entities or [name for name in named if isinstance(name, str)]
    own = {
        "priority": shape.priority or "",
        "policy": ", ".join(shape.policies),
        "condition": ", ".join(shape.conditions),
        "entity": ", ".join(entities),
        "account": shape.account or "",
    }
    return {name: text for name, text in own.items() if text} | flat(shape.labels)


NEWRELIC = Source(name="newrelic", title="New Relic", parse=parse, require=parse)
