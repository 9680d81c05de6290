"""Alertmanager's webhook, version 4: their JSON in, our alerts out."""

from typing import Any

from pydantic import ValidationError

from bot.web.validation import checked, issues_of
from bot.webhooks.alertmanager_shape import AlertShape, NotificationShape
from bot.webhooks.fields import line
from bot.webhooks.labelled import fingerprint_of, group_key, group_title, labelled_alert
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus, Fingerprint, GroupKey

MAX_FINGERPRINT = 128


def require(payload: Any, _: Heard) -> NotificationShape:
    """A `Refusal` that names the fields, unless it is a notification."""
    return checked(NotificationShape, payload)


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """The statements of one notification; `NotUnderstood` when it is none."""
    try:
        shape = NotificationShape.model_validate(payload)
    except ValidationError as error:
        raise NotUnderstood(" ".join(issue.message for issue in issues_of(error))) from error
    group = group_key(shape.group_labels), title_of(shape)
    return [_alert(entry, group, heard) for entry in shape.alerts]


def fingerprint_in(entry: AlertShape) -> Fingerprint:
    """As given, or as Prometheus computes it."""
    given = entry.fingerprint.strip()
    if given and len(given) <= MAX_FINGERPRINT:
        return Fingerprint(given)
    return fingerprint_of(entry.labels or {"fingerprint": given})


def title_of(shape: NotificationShape) -> str:
    """The summary that all of them share, or `HighLatency (cluster eu1)`; empty without either."""
    return line(shape.common_annotations.get("summary", "")) or group_title(shape.group_labels)


def _alert(entry: AlertShape, group: tuple[GroupKey, str], heard: Heard) -> Alert:
    return labelled_alert(
        entry,
        fingerprint=fingerprint_in(entry),
        group=group,
        status=AlertStatus(entry.status),
        heard_at=heard.received_at,
        offered={"Graph": entry.generator_url},
    )


ALERTMANAGER = Source(name="alertmanager", title="Alertmanager", parse=parse, require=require)

SIGNOZ = Source(name="signoz", title="SigNoz", parse=parse, require=require)
"""It has an Alertmanager inside, whose webhook it sends."""
