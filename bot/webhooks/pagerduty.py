"""PagerDuty's Events API, version 2: one event in, one statement about one alert out."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.alert_bodies.pagerduty import BODIES, EventBody, Told
from bot.alert_bodies.parts import flat
from bot.web.validation import issues_of
from bot.webhooks.changes import changed
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import alert_severity
from core.domain.urgency import Urgency

STATUSES: Mapping[str, AlertStatus] = {
    "trigger": AlertStatus.FIRING,
    "acknowledge": AlertStatus.ACKNOWLEDGED,
    "resolve": AlertStatus.RESOLVED,
}
URGENCIES: Mapping[str, Urgency] = {
    "critical": Urgency.HIGH,
    "error": Urgency.MEDIUM,
    "warning": Urgency.MEDIUM,
    "info": Urgency.LOW,
}
NOTHING = Told()


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What an event states; `NotUnderstood` when it is none."""
    if isinstance(payload, dict) and "event_action" not in payload and "change" in payload:
        return [changed(payload["change"], heard)]
    event = _event(payload)
    told = event.payload or NOTHING
    key = event.dedup_key or ""
    summary = line(told.summary or "")
    return [
        Alert(
            fingerprint=Fingerprint(key),
            group=GroupKey(key),
            group_title=summary or line(key),
            name=line(told.kind or "") or summary or line(key),
            status=STATUSES[event.event_action],
            starts_at=told.timestamp or heard.received_at,
            severity=alert_severity(told.severity),
            severity_word=told.severity or "",
            urgency=URGENCIES.get((told.severity or "").strip().lower()),
            summary=summary,
            description=text_of(_details(told)),
            labels=bounded(_labels(told)),
            links=links(_links(event)),
            dating=Dating.MOMENT if told.timestamp else Dating.NONE,
        )
    ]


def _event(payload: Any) -> EventBody:
    action = payload.get("event_action") if isinstance(payload, dict) else None
    body = BODIES.get(action.strip().lower(), EventBody) if isinstance(action, str) else EventBody
    try:
        event = body.model_validate(payload)
    except ValidationError as error:
        raise NotUnderstood(" ".join(issue.message for issue in issues_of(error))) from error
    if event.dedup_key is None:
        raise NotUnderstood("It has no dedup_key, so nobody could speak of it again.")
    return event


def _labels(told: Told) -> dict[str, str]:
    own = {
        "source": told.source,
        "component": told.component,
        "group": told.group,
        "class": told.kind,
        "severity": told.severity,
    }
    return {name: text for name, text in own.items() if text} | flat(told.custom_details)


def _details(told: Told) -> str:
    return "\n".join(f"{name}: {text}" for name, text in flat(told.custom_details).items())


def _links(event: EventBody) -> dict[str, str]:
    """The first link is the client's own; of several with the same text the last one stays."""
    offered: dict[str, str] = {}
    if event.client_url:
        offered[line(event.client or "") or "Source"] = event.client_url
    for entry in (*event.links, *event.images):
        url = entry.get("href") or entry.get("src")
        text = entry.get("text") or entry.get("alt")
        if isinstance(url, str):
            offered[line(text) if isinstance(text, str) and line(text) else "Link"] = url
    return offered


PAGERDUTY = Source(name="pagerduty", title="PagerDuty events", parse=parse)
