"""Grafana's alerting: an Alertmanager's webhook, with more to look at, and signed on demand."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from bot.web.validation import checked, issues_of
from bot.webhooks.alertmanager import fingerprint_in, title_of
from bot.webhooks.alertmanager_shape import AlertShape, NotificationShape
from bot.webhooks.fields import line
from bot.webhooks.labelled import group_key, labelled_alert
from bot.webhooks.signatures import require_recent, require_signature
from bot.webhooks.source import Heard, Knock, Lock, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus, GroupKey

SIGNATURE, SIGNED_AT = "x-grafana-alerting-signature", "x-grafana-alerting-timestamp"
UNFOUND: Mapping[str, str] = {"DatasourceNoData": "no data", "DatasourceError": "error"}
"""What rules are called that could not be asked; the rule itself is in a label."""


def _text(value: Any) -> Any:
    return "" if value is None else value


Url = Annotated[str, BeforeValidator(_text)]


class GrafanaAlert(AlertShape):
    """What Grafana says besides."""

    value_string: Url = Field(default="", alias="valueString")
    silence_url: Url = Field(default="", alias="silenceURL")
    dashboard_url: Url = Field(default="", alias="dashboardURL")
    panel_url: Url = Field(default="", alias="panelURL")
    image_url: Url = Field(default="", alias="imageURL")


class GrafanaShape(NotificationShape):
    alerts: list[GrafanaAlert]  # type: ignore[assignment]  # each is an AlertShape


def require(payload: Any, _: Heard) -> GrafanaShape:
    """A `Refusal` that names the fields, unless it is a notification."""
    return checked(GrafanaShape, payload)


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """The statements of one notification; `NotUnderstood` when it is none."""
    try:
        shape = GrafanaShape.model_validate(payload)
    except ValidationError as error:
        raise NotUnderstood(" ".join(issue.message for issue in issues_of(error))) from error
    group = group_key(shape.group_labels), title_of(shape)
    return [_alert(entry, group, heard) for entry in shape.alerts]


async def verify(knock: Knock, lock: Lock) -> None:
    """Where a secret is known, Grafana has to sign with it: the body, or `time:body` where it is
    set up to say when."""
    if lock.secret is None:
        return
    signed_at = knock.headers.get(SIGNED_AT)
    body = knock.body
    if signed_at is not None:
        require_recent(signed_at, lock.now)
        body = signed_at.encode() + b":" + body
    require_signature(knock.headers.get(SIGNATURE), lock.secret, body)


def _alert(entry: GrafanaAlert, group: tuple[GroupKey, str], heard: Heard) -> Alert:
    told = _told(entry)
    return labelled_alert(
        told,
        fingerprint=fingerprint_in(entry),
        group=group,
        status=AlertStatus(entry.status),
        heard_at=heard.received_at,
        offered={
            "Rule": entry.generator_url,
            "Panel": entry.panel_url,
            "Dashboard": entry.dashboard_url,
            "Picture": entry.image_url,
            "Silence": entry.silence_url,
        },
    )


def _told(entry: GrafanaAlert) -> GrafanaAlert:
    """What stands for its summary and its description where it has none."""
    notes, labels = entry.annotations, entry.labels
    why, rule = UNFOUND.get(labels.get("alertname", "")), labels.get("rulename", "")
    usual = {
        "summary": line(f"{rule}: {why}") if why and rule else "",
        "description": entry.value_string,
    }
    missing = {name: text for name, text in usual.items() if text and not notes.get(name)}
    return entry.model_copy(update={"annotations": {**notes, **missing}})


GRAFANA = Source(name="grafana", title="Grafana", parse=parse, require=require, verify=verify)
