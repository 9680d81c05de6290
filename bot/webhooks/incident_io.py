"""incident.io's HTTP alert source: one alert event in, one statement about one alert out."""

from typing import Any

from pydantic import ValidationError

from bot.alert_bodies.incident_io import AlertEventBody
from bot.alert_bodies.parts import flat
from bot.web.validation import issues_of
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import alert_severity

SEVERITY_LABELS = ("severity", "priority")
"""Under these names people put into `metadata` how bad it is."""


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What an alert event states; `NotUnderstood` when it is none."""
    try:
        event = AlertEventBody.model_validate(payload)
    except ValidationError as error:
        raise NotUnderstood(" ".join(issue.message for issue in issues_of(error))) from error
    if event.deduplication_key is None:
        raise NotUnderstood("It has no deduplication_key, so nobody could speak of it again.")
    labels = flat(event.metadata)
    word = next((labels[name] for name in SEVERITY_LABELS if name in labels), "")
    title = line(event.title) or line(event.deduplication_key)
    return [
        Alert(
            fingerprint=Fingerprint(event.deduplication_key),
            group=GroupKey(event.deduplication_key),
            group_title=title,
            name=title,
            status=AlertStatus(event.status),
            starts_at=heard.received_at,
            severity=alert_severity(word),
            severity_word=line(word),
            summary=title,
            description=text_of(event.description or ""),
            labels=bounded(labels),
            links=links({"Source": event.source_url or ""}),
            dating=Dating.NONE,
        )
    ]


INCIDENT_IO = Source(name="incident_io", title="incident.io alert events", parse=parse)
