"""CloudWatch alarms that SNS carries: one change of state in, its meaning out."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, Field

from bot.alert_bodies.parts import Loose
from bot.web.bodies import json_of
from bot.web.problems import Refusal
from bot.webhooks import sns
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.reading import Identity, Part, Time, Word, key_of, severity_of, shaped
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import Severity

STATUSES: Mapping[str, AlertStatus] = {"alarm": AlertStatus.FIRING, "ok": AlertStatus.RESOLVED}
WORDS: Mapping[str, Severity] = {"alarm": Severity.HIGH, "insufficient_data": Severity.MEDIUM}
BY_EVENTBRIDGE = "CloudWatch Alarm State Change"

_SAID = re.compile(r"(?<![\w.=-])([A-Za-z][\w.-]{0,60})=([\w.:/@-]{1,200})")
"""An alarm has no labels but what its description says, such as `service=checkout`."""


class Alarm(BaseModel):
    name: Identity = Field(alias="AlarmName")
    state: Word = Field(alias="NewStateValue")
    arn: Loose = Field(alias="AlarmArn", default=None)
    description: Loose = Field(alias="AlarmDescription", default=None)
    reason: Loose = Field(alias="NewStateReason", default=None)
    changed_at: Time = Field(alias="StateChangeTime", default=None)
    account: Loose = Field(alias="AWSAccountId", default=None)
    region: Loose = Field(alias="Region", default=None)
    trigger: Part = Field(alias="Trigger", default_factory=dict)


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What an alarm states; `NotUnderstood` when it is none."""
    envelope = sns.opened(payload)
    if envelope.kind != sns.NOTIFICATION:
        return []
    alarm = _alarm(envelope.message)
    status = STATUSES.get(alarm.state) or _meant(alarm.state, heard)
    return [] if status is None else [_alert(alarm, status, heard)]


def _meant(state: str, heard: Heard) -> AlertStatus | None:
    """Without data nobody knows whether it is well, so what is open stays so and nobody is called,
    unless the source is set up to take that for an alert or for its end."""
    values = {name.strip().lower(): meant for name, meant in heard.settings.values.items()}
    meant = values.get(state, "").strip().lower()
    return next((status for status in STATUSES.values() if status == meant), None)


def _alarm(message: str) -> Alarm:
    try:
        told = json_of(message.encode())
    except (Refusal, UnicodeEncodeError) as error:
        raise NotUnderstood("The message is no CloudWatch alarm, as it is not JSON.") from error
    if isinstance(told, dict) and told.get("detail-type") == BY_EVENTBRIDGE:
        told = _as_alarm(told)
    if not isinstance(told, dict) or "AlarmName" not in told:
        raise NotUnderstood("The message is no CloudWatch alarm: it has no “AlarmName”.")
    return shaped(Alarm, told)


def _as_alarm(event: dict[str, Any]) -> dict[str, Any]:
    """What EventBridge says, in the words of CloudWatch."""
    detail = _object(event.get("detail"))
    state = _object(detail.get("state"))
    arns = event.get("resources")
    return {
        "AlarmName": detail.get("alarmName"),
        "AlarmArn": arns[0] if isinstance(arns, list) and arns else None,
        "AlarmDescription": _object(detail.get("configuration")).get("description"),
        "NewStateValue": state.get("value"),
        "NewStateReason": state.get("reason"),
        "StateChangeTime": state.get("timestamp"),
        "AWSAccountId": event.get("account"),
        "Region": event.get("region"),
    }


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _alert(alarm: Alarm, status: AlertStatus, heard: Heard) -> Alert:
    key = key_of(alarm.arn or f"{alarm.account or ''}:{alarm.region or ''}:{alarm.name}")
    labels = _labels(alarm)
    given = labels.get("severity", alarm.state)
    return Alert(
        fingerprint=Fingerprint(key),
        group=GroupKey(key),
        group_title=line(alarm.name),
        name=line(alarm.name) or "CloudWatch alarm",
        status=status,
        starts_at=alarm.changed_at or heard.received_at,
        severity=severity_of(given, WORDS),
        severity_word=line(given),
        summary=line(alarm.name),
        description=text_of("\n".join(filter(None, (alarm.description, alarm.reason)))),
        labels=bounded(labels),
        links=links({"CloudWatch": _console(alarm)}),
        dating=Dating.MOMENT if alarm.changed_at else Dating.NONE,
    )


def _labels(alarm: Alarm) -> dict[str, str]:
    dimensions = alarm.trigger.get("Dimensions")
    measured = {
        str(one["name"]): str(one.get("value", ""))
        for one in (dimensions if isinstance(dimensions, list) else [])
        if isinstance(one, dict) and "name" in one
    }
    own = {
        "alarm": alarm.name,
        "account": alarm.account,
        "region": alarm.region,
        "namespace": alarm.trigger.get("Namespace"),
        "metric": alarm.trigger.get("MetricName"),
    }
    plain = {name: str(text) for name, text in own.items() if text}
    return plain | measured | dict(_SAID.findall(alarm.description or ""))


def _console(alarm: Alarm) -> str:
    """The page of the alarm, in the ordinary regions; others have consoles of their own."""
    parts = (alarm.arn or "").split(":")
    if parts[:3] != ["arn", "aws", "cloudwatch"] or len(parts) < 7:
        return ""
    region, name = quote(parts[3], safe=""), quote(alarm.name, safe="")
    home = "https://console.aws.amazon.com/cloudwatch/home"
    return f"{home}?region={region}#alarmsV2:alarm/{name}"


CLOUDWATCH = Source(
    name="cloudwatch",
    title="CloudWatch",
    parse=parse,
    require=parse,
    verify=sns.verify,
    greet=sns.greet,
    name_of=sns.name_of,
)
