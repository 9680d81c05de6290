"""Any program's own JSON: an alert or a list of them, mapped or in the usual words."""

from typing import Any

from bot.alert_bodies.parts import flat
from bot.webhooks.mapped import Offer, alert_in, first_of, mapped_list
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert

MOST_ALERTS = 20_000
_TIMES = {
    "starts_at": ("starts_at", "startsAt", "started_at"),
    "ends_at": ("ends_at", "endsAt", "ended_at"),
}
_TOLD = ("title", "name", "alertname", "summary", "subject", "message")


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What it states; `NotUnderstood` where it cannot be told."""
    found = (alert_in(entry, _offer(entry), heard) for entry in _entries(payload, heard))
    return [alert for alert in found if alert]


def _entries(payload: Any, heard: Heard) -> list[Any]:
    entries = mapped_list(payload, heard.settings)
    if entries is None:
        entries = payload if isinstance(payload, list) else [payload]
    if len(entries) > MOST_ALERTS:
        raise NotUnderstood(f"There are more than {MOST_ALERTS:,} alerts in it.")
    if not heard.settings.mapping and not all(isinstance(entry, dict) for entry in entries):
        raise NotUnderstood("The body must be a JSON object, or a list of objects.")
    return entries


def _offer(entry: Any) -> Offer:
    if not isinstance(entry, dict):
        return Offer(fields={})
    fields = {
        "title": first_of(entry, *_TOLD),
        "key": first_of(
            entry, "key", "dedup_key", "deduplication_key", "alias", "fingerprint", "id"
        ),
        "status": first_of(entry, "status", "state", "event_action"),
        "severity": first_of(entry, "severity", "priority", "level"),
        "service": entry.get("service"),
        "group": entry.get("group"),
        "summary": first_of(entry, "summary", "message"),
        "description": first_of(entry, "description", "details", "body", "text"),
        "link": first_of(entry, "link", "url"),
        "starts_at": first_of(entry, *_TIMES["starts_at"], "timestamp", "time"),
        "ends_at": first_of(entry, *_TIMES["ends_at"], "timestamp", "time"),
        "labels": first_of(entry, "labels", "tags"),
    }
    times = frozenset(name for name, known in _TIMES.items() if first_of(entry, *known) is not None)
    labels = {} if fields["labels"] else flat(_others(entry))
    return Offer(fields=fields, labels=labels, times=times)


def _others(entry: dict[str, Any]) -> dict[str, Any]:
    """Short values, which people may want to look for; long ones are shown elsewhere."""
    return {
        name: value
        for name, value in entry.items()
        if not isinstance(value, str) or len(value) <= 200
    }


GENERIC = Source(name="generic", title="a webhook", parse=parse, require=parse)
