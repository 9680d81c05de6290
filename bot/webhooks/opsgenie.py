"""Opsgenie's alert API: one request in, one statement about one alert out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from pydantic import ValidationError

from bot.alert_bodies import opsgenie as o
from bot.alert_bodies.opsgenie import DEFAULT_PRIORITY, OWN, Act
from bot.alert_bodies.parts import flat
from bot.web.validation import issues_of
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert, AlertEdit, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import Severity

SEVERITIES: Mapping[str, Severity] = {
    "P1": Severity.CRITICAL,
    "P2": Severity.HIGH,
    "P3": Severity.MEDIUM,
    "P4": Severity.LOW,
    "P5": Severity.LOW,
}
STATUSES: Mapping[Act, AlertStatus] = {
    Act.CREATE: AlertStatus.FIRING,
    Act.ACKNOWLEDGE: AlertStatus.ACKNOWLEDGED,
    Act.CLOSE: AlertStatus.RESOLVED,
    Act.DELETE: AlertStatus.RESOLVED,
}
"""Whatever is not here edits the alert."""


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What a stored request states; `NotUnderstood` when it is none, or names no alert."""
    try:
        waiting = o.Waiting.model_validate(_waiting(payload))
        body = o.BODIES[waiting.action].model_validate(waiting.body)
    except ValidationError as error:
        raise NotUnderstood(" ".join(issue.message for issue in issues_of(error))) from error
    if not waiting.alias:
        raise NotUnderstood(o.GONE)
    alert = Alert(
        fingerprint=Fingerprint(waiting.alias),
        group=GroupKey(waiting.alias),
        group_title=line(waiting.alias),
        name=line(waiting.alias),
        status=STATUSES.get(waiting.action, AlertStatus.EDITED),
        starts_at=heard.received_at,
        dating=Dating.NONE,
        by=line(body.user or ""),
        counted=True,
        edit=_edit(waiting.action, body),
    )
    return [_created(alert, body) if isinstance(body, o.CreateBody) else alert]


def _waiting(payload: Any) -> Any:
    """An alert as it is sent to Opsgenie is a request to create it; somebody tries out what
    becomes of one."""
    if not isinstance(payload, dict) or "action" in payload or "message" not in payload:
        return payload
    alias = payload.get("alias") or payload["message"]
    return {"action": Act.CREATE, "alias": str(alias), "body": payload}


def _created(alert: Alert, body: o.CreateBody) -> Alert:
    message = line(body.message)
    return replace(
        alert,
        name=message,
        group_title=message,
        summary=message,
        description=text_of(body.description or ""),
        severity=SEVERITIES[body.priority or DEFAULT_PRIORITY],
        severity_word=body.priority or DEFAULT_PRIORITY,
        labels=bounded(_labels(body)),
        links=links({"Source": body.source or ""}),
        tags=tuple(line(tag) for tag in body.tags),
    )


def _labels(body: o.CreateBody) -> dict[str, str]:
    """The details come last: rules speak of the others by these names."""
    own = {
        "priority": body.priority or DEFAULT_PRIORITY,
        "source": body.source,
        "entity": body.entity,
        "tags": ", ".join(body.tags),
        "responders": ", ".join(_names(body.responders)),
    }
    kept = {name: text for name, text in own.items() if text}
    return {**kept, **{k: v for k, v in flat(body.details).items() if k not in kept}}


def _names(responders: list[dict[str, Any]]) -> list[str]:
    known = (entry.get(word) for entry in responders for word in ("name", "username"))
    return [name for name in known if isinstance(name, str) and name]


def _edit(act: Act, body: o.ActBody) -> AlertEdit | None:
    """A note goes with any act."""
    note = text_of(body.note or "")
    change = CHANGES.get(act)
    if change is None:
        return AlertEdit(note=note) if note else None
    return replace(change(body), note=note)


Change: TypeAlias = Callable[[Any], AlertEdit]


def _priority(body: o.PriorityBody) -> AlertEdit:
    word = body.priority or DEFAULT_PRIORITY
    return AlertEdit(severity=SEVERITIES[word], details_added={"priority": word})


def _details(body: o.DetailsBody) -> AlertEdit:
    told = {name: text for name, text in flat(body.details).items() if name not in OWN}
    return AlertEdit(details_added=bounded(told))


def _fewer_details(body: o.KeysBody) -> AlertEdit:
    return AlertEdit(details_removed=tuple(name for name in body.names if name not in OWN))


CHANGES: Mapping[Act, Change] = {
    Act.UNACKNOWLEDGE: lambda _: AlertEdit(acknowledged=False),
    Act.SNOOZE: lambda body: AlertEdit(snoozed_until=body.end_time),
    Act.ADD_NOTE: lambda _: AlertEdit(),
    Act.ADD_TAGS: lambda body: AlertEdit(tags_added=tuple(map(line, body.tags))),
    Act.REMOVE_TAGS: lambda body: AlertEdit(tags_removed=tuple(map(line, body.tags))),
    Act.ADD_DETAILS: _details,
    Act.REMOVE_DETAILS: _fewer_details,
    Act.UPDATE_MESSAGE: lambda body: AlertEdit(message=line(body.message)),
    Act.UPDATE_DESCRIPTION: lambda body: AlertEdit(description=text_of(body.description)),
    Act.UPDATE_PRIORITY: _priority,
    Act.ASSIGN: lambda body: AlertEdit(owner=line(body.name)),
}

OPSGENIE = Source(name="opsgenie", title="Opsgenie alerts", parse=parse)
