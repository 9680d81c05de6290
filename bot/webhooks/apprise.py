"""Apprise's JSON: a title, a message and one of four kinds in, a statement about the title out."""

from collections.abc import Mapping
from typing import Any

from bot.alert_bodies.parts import flat
from bot.webhooks.mapped import Offer, alert_in, first_of, text_in
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus

STATUSES: Mapping[str, AlertStatus] = {"success": AlertStatus.RESOLVED}
_OWN = frozenset({"version", "title", "message", "attachments", "type"})


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What a notification states; `NotUnderstood` when it is none."""
    if not isinstance(payload, dict):
        raise NotUnderstood("The body must be a JSON object.")
    alert = alert_in(payload, _offer(payload), heard)
    return [alert] if alert else []


def _offer(payload: dict[str, Any]) -> Offer:
    """Whatever a URL of Apprise adds with `:name=value` is there too, and says more."""
    kind, message = text_in(payload.get("type")).strip().lower(), text_in(payload.get("message"))
    first_line = message.strip().partition("\n")[0]
    fields = {
        "title": first_of(payload, "title") or first_line,
        "key": payload.get("key"),
        "status": first_of(payload, "status") or STATUSES.get(kind),
        "severity": first_of(payload, "severity") or kind,
        "service": payload.get("service"),
        "group": payload.get("group"),
        "summary": message,
        "link": first_of(payload, "link", "url"),
    }
    added = {name: value for name, value in payload.items() if name not in _OWN}
    return Offer(fields=fields, labels=flat(added))


APPRISE = Source(name="apprise", title="Apprise", parse=parse, require=parse)
