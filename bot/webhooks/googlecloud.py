"""Google Cloud Monitoring's webhook: one incident of theirs in, one statement about it out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from bot.alert_bodies.parts import Loose, flat
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.reading import Identity, LooseWord, Part, Time, Word, key_of, severity_of, shaped
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import Severity

STATUSES: Mapping[str, AlertStatus] = {
    "open": AlertStatus.FIRING,
    "closed": AlertStatus.RESOLVED,
}
SEVERITIES: Mapping[str, Severity] = {"": Severity.HIGH, "no severity": Severity.HIGH}
"""A policy has none unless somebody gave it one; what is watched at all matters."""


class Documentation(BaseModel):
    content: Loose = None
    subject: Loose = None


class Told(BaseModel):
    incident_id: Identity
    state: Word
    policy_name: Loose = None
    condition_name: Loose = None
    summary: Loose = None
    url: Loose = None
    started_at: Time = None
    ended_at: Time = None
    severity: LooseWord = ""
    resource: Part = {}
    resource_display_name: Loose = None
    resource_name: Loose = None
    metric: Part = {}
    policy_user_labels: Part = {}
    scoping_project_id: Loose = None
    documentation: Documentation | str | None = None


class Shape(BaseModel):
    incident: Told


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What a notification states, or nothing where somebody only tries the channel;
    `NotUnderstood` when it is none."""
    told = shaped(Shape, payload).incident
    if isinstance(told.documentation, str):
        return []  # of a real incident it is an object
    documentation = told.documentation or Documentation()
    status = STATUSES.get(told.state)
    if status is None:
        raise NotUnderstood(f"“{told.state[:80]}” is no state of an incident; use open or closed.")
    name = line(told.policy_name or told.condition_name or "") or "Google Cloud alert"
    return [
        Alert(
            fingerprint=Fingerprint(key_of("incident", told.incident_id)),
            group=GroupKey(key_of("policy", told.scoping_project_id or "", name)),
            group_title=line(documentation.subject or "") or name,
            name=name,
            status=status,
            starts_at=told.started_at or heard.received_at,
            ends_at=_end(status, told, heard),
            severity=severity_of(told.severity, SEVERITIES),
            severity_word=line(told.severity),
            summary=line(told.summary or told.condition_name or ""),
            description=text_of(documentation.content or ""),
            labels=bounded(_labels(told)),
            links=links({"Google Cloud": told.url or ""}),
            dating=Dating.START if told.started_at else Dating.NONE,
        )
    ]


def _end(status: AlertStatus, told: Told, heard: Heard) -> datetime | None:
    return (told.ended_at or heard.received_at) if status is AlertStatus.RESOLVED else None


def _labels(told: Told) -> dict[str, str]:
    """The policy's own labels win: people wrote those."""
    own = {
        "policy": told.policy_name,
        "condition": told.condition_name,
        "project": told.scoping_project_id,
        "resource": told.resource_display_name or told.resource_name,
        "resource_type": _plain(told.resource.get("type")),
        "metric": _plain(told.metric.get("displayName") or told.metric.get("type")),
    }
    filled = {name: text for name, text in own.items() if text}
    return filled | _mapped(told.resource) | _mapped(told.metric) | flat(told.policy_user_labels)


def _mapped(thing: Mapping[str, Any]) -> dict[str, str]:
    labels = thing.get("labels")
    return flat(labels) if isinstance(labels, dict) else {}


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else ""


GOOGLECLOUD = Source(
    name="googlecloud", title="Google Cloud Monitoring", parse=parse, require=parse
)
