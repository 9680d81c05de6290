"""Kibana's rules, and Watcher, by the body that our documentation has people paste."""

from typing import Any

from bot.alert_bodies.parts import flat
from bot.webhooks.mapped import FIRING, RESOLVED, Offer, alert_in, first_of, text_in
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus

_LONG = frozenset({"reason", "message", "link", "title", "date"})


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What an action of a rule states; `NotUnderstood` when it is none."""
    if not isinstance(payload, dict):
        raise NotUnderstood("The body must be a JSON object.")
    plain = {name: value for name, value in payload.items() if not _unset(value)}
    alert = alert_in(plain, _offer(plain, heard), heard)
    return [alert] if alert else []


def _offer(payload: dict[str, Any], heard: Heard) -> Offer:
    named = [text_in(payload.get(name)) for name in ("rule_id", "alert_id")]
    fields = {
        "title": first_of(payload, "title", "rule", "watch_id"),
        "key": first_of(payload, "key") or ":".join(filter(None, named)),
        "status": _status(first_of(payload, "status", "action_group"), heard),
        "severity": payload.get("severity"),
        "service": payload.get("service"),
        "group": payload.get("group"),
        "summary": first_of(payload, "reason", "message"),
        "description": payload.get("message"),
        "link": first_of(payload, "link", "url"),
        "starts_at": payload.get("date"),
        "ends_at": payload.get("date"),
    }
    return Offer(fields=fields, labels=flat({k: v for k, v in payload.items() if k not in _LONG}))


def _status(value: Any, heard: Heard) -> Any:
    """A rule names its groups of actions as it likes; only the one of recovery is the same."""
    word = text_in(value).strip().lower()
    known = word in FIRING | RESOLVED or word in {name.lower() for name in heard.settings.values}
    return value if known else AlertStatus.FIRING


def _unset(value: Any) -> bool:
    """A variable that Kibana did not know, left as it was written."""
    return isinstance(value, str) and value.strip().startswith("{{") and value.endswith("}}")


ELASTICSEARCH = Source(name="elasticsearch", title="Kibana", parse=parse, require=parse)
