"""Azure Monitor: the common alert schema, and metric alerts as they were before it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from bot.alert_bodies.parts import Loose, flat
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

COMMON, FORMER = "azureMonitorCommonAlertSchema", "AzureMonitorMetricAlert"

STATUSES: Mapping[str, AlertStatus] = {
    "fired": AlertStatus.FIRING,
    "resolved": AlertStatus.RESOLVED,
    "activated": AlertStatus.FIRING,
    "deactivated": AlertStatus.RESOLVED,
}
SEVERITIES: Mapping[str, Severity] = {
    "sev0": Severity.CRITICAL,
    "sev1": Severity.HIGH,
    "sev2": Severity.MEDIUM,
    "sev3": Severity.LOW,
    "sev4": Severity.LOW,
}
"""Azure counts from nought, so its Sev1 is not everybody's."""

_PORTAL = "https://portal.azure.com/#resource"


class Camel(BaseModel):
    """Their names begin small and go on with capitals."""

    model_config = ConfigDict(alias_generator=to_camel)


class Essentials(Camel):
    """The two times are of the same alert, whichever of its notifications this is."""

    alert_id: Identity
    alert_rule: Identity
    monitor_condition: Word
    severity: LooseWord = ""
    description: Loose = None
    fired_date_time: Time = None
    resolved_date_time: Time = None
    targets: Texts = Field(alias="alertTargetIDs", default_factory=list)
    signal_type: Loose = None
    monitoring_service: Loose = None
    investigation_link: Loose = None


class Common(Camel):
    essentials: Essentials
    custom_properties: Part = {}


class Context(Camel):
    """Of a metric alert before the common schema."""

    id: Identity
    name: Identity
    timestamp: Time = None
    severity: LooseWord = ""
    description: Loose = None
    resource_id: Loose = None
    portal_link: Loose = None


class Former(Camel):
    status: Word
    context: Context
    properties: Part = {}


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What a notification states; `NotUnderstood` when it is none."""
    match payload:
        case {"schemaId": str(schema), "data": data} if schema == COMMON:
            return [_common(shaped(Common, data), heard)]
        case {"schemaId": str(schema), "data": data} if schema == FORMER:
            return [_former(shaped(Former, data), heard)]
    raise NotUnderstood(
        "It is no alert in the common alert schema. Switch “Enable the common alert schema” on in "
        "the action of the action group."
    )


def _common(told: Common, heard: Heard) -> Alert:
    facts = told.essentials
    status = _status(facts.monitor_condition)
    labels = {
        "rule": facts.alert_rule,
        "severity": facts.severity,
        "resource": _resource(facts.targets[0] if facts.targets else ""),
        "signal": facts.signal_type or "",
        "monitoring_service": facts.monitoring_service or "",
    }
    return Alert(
        fingerprint=Fingerprint(key_of("alert", facts.alert_id)),
        group=GroupKey(key_of("rule", facts.alert_rule)),
        group_title=line(facts.alert_rule),
        name=line(facts.alert_rule) or "Azure alert",
        status=status,
        starts_at=facts.fired_date_time or heard.received_at,
        ends_at=_end(status, facts.resolved_date_time, heard),
        severity=severity_of(facts.severity, SEVERITIES),
        severity_word=line(facts.severity),
        summary=line(_summary(facts, labels["resource"])),
        description=text_of(facts.description or ""),
        labels=bounded(_filled(labels) | flat(told.custom_properties)),
        links=links({"Azure": facts.investigation_link or _portal(facts.targets)}),
        dating=Dating.START if facts.fired_date_time else Dating.NONE,
    )


def _former(told: Former, heard: Heard) -> Alert:
    facts = told.context
    key = key_of("rule", facts.id, facts.resource_id or "")
    labels = {
        "rule": facts.name,
        "severity": facts.severity,
        "resource": _resource(facts.resource_id or ""),
    }
    word = f"sev{facts.severity}" if facts.severity.isdigit() else facts.severity
    return Alert(
        fingerprint=Fingerprint(key),
        group=GroupKey(key_of("rule", facts.id)),
        group_title=line(facts.name),
        name=line(facts.name) or "Azure alert",
        status=_status(told.status),
        starts_at=facts.timestamp or heard.received_at,
        severity=severity_of(word, SEVERITIES),
        severity_word=line(word),
        summary=line(facts.name),
        description=text_of(facts.description or ""),
        labels=bounded(_filled(labels) | flat(told.properties)),
        links=links({"Azure": facts.portal_link or ""}),
        dating=Dating.MOMENT if facts.timestamp else Dating.NONE,
    )


def _status(word: str) -> AlertStatus:
    status = STATUSES.get(word)
    if status is None:
        raise NotUnderstood(
            f"“{word[:80]}” is no condition of an alert; it has to be Fired or Resolved."
        )
    return status


def _end(status: AlertStatus, resolved_at: datetime | None, heard: Heard) -> datetime | None:
    return (resolved_at or heard.received_at) if status is AlertStatus.RESOLVED else None


def _summary(facts: Essentials, resource: str) -> str:
    return f"{facts.alert_rule} on {resource}" if resource else facts.alert_rule


def _resource(target: str) -> str:
    return target.rstrip("/").rpartition("/")[2]


def _portal(targets: list[str]) -> str:
    target = targets[0] if targets else ""
    return _PORTAL + quote(target) if target.startswith("/") else ""


def _filled(labels: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in labels.items() if text}


AZURE = Source(name="azure", title="Azure Monitor", parse=parse, require=parse)
