"""CloudEvents, version 1.0: one in the headers, one in the body, or a list of them."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

import orjson

from bot.alert_bodies.parts import flat
from bot.web.bodies import json_of
from bot.web.problems import Refusal, refusal
from bot.webhooks.forms import content_type
from bot.webhooks.mapped import ACKNOWLEDGED, FIRING, RESOLVED, Offer, alert_in, first_of, text_in
from bot.webhooks.source import Heard, Knock, NotUnderstood, Source
from core.domain.alert import Alert

PREFIX = "ce-"
REQUIRED = ("id", "source", "type")
CONTEXT = frozenset(
    {"specversion", "id", "source", "type", "subject", "time", "data", "data_base64",
     "datacontenttype", "dataschema"}
)  # fmt: skip
SHOWN = frozenset({"title", "summary", "message", "description", "details", "link", "url"})
"""What of the data is shown elsewhere, and is no label."""

MOST_EVENTS = 20_000


def take(knock: Knock) -> bytes:
    """The event as the JSON of the structured mode, in whichever mode it came."""
    if PREFIX + "specversion" in knock.headers:
        return orjson.dumps(_from_headers(knock))
    return knock.body


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """What the events state; `NotUnderstood` where one is none."""
    events = payload if isinstance(payload, list) else [payload]
    if len(events) > MOST_EVENTS:
        raise NotUnderstood(f"There are more than {MOST_EVENTS:,} events in it.")
    found = (_alert(_event(event), heard) for event in events)
    return [alert for alert in found if alert]


def name_of(payload: Any) -> str | None:
    """An event is known by its source and id, several by those of all."""
    events = payload if isinstance(payload, list) else [payload]
    named = [[event.get("source"), event.get("id")] for event in events if isinstance(event, dict)]
    return sha256(orjson.dumps(named)).hexdigest() if named else None


def _from_headers(knock: Knock) -> dict[str, Any]:
    event: dict[str, Any] = {
        name.removeprefix(PREFIX): unquote(value)
        for name, value in knock.headers.items()
        if name.startswith(PREFIX)
    }
    kind = content_type(knock)
    if not knock.body:
        return event
    if _is_json(kind):
        return {**event, "data": json_of(knock.body)}
    try:
        return {**event, "datacontenttype": kind, "data": knock.body.decode()}
    except UnicodeDecodeError as error:
        raise _garbled() from error


def _is_json(kind: str) -> bool:
    """What says nothing of its kind is JSON, by the specification."""
    return kind in ("", "application/json", "text/json") or kind.endswith("+json")


def _event(event: Any) -> Mapping[str, Any]:
    if not isinstance(event, dict) or "specversion" not in event:
        raise NotUnderstood("An event must be a JSON object with a “specversion”.")
    if not str(event["specversion"]).startswith("1."):
        raise NotUnderstood("Only CloudEvents of version 1.0 are understood.")
    for name in REQUIRED:
        if not isinstance(event.get(name), str) or not event[name].strip():
            raise NotUnderstood(f"“{name}” of an event must be text that says something.")
    return event


def _alert(event: Mapping[str, Any], heard: Heard) -> Alert | None:
    data = _data(event)
    whole = {**event, "data": data}
    return alert_in(whole, _offer(event, data, heard), heard)


def _offer(event: Mapping[str, Any], data: Any, heard: Heard) -> Offer:
    said = data if isinstance(data, dict) else {}
    subject, kind = text_in(event.get("subject")), text_in(event["type"])
    stem, status = _status_in(kind)
    given = first_of(said, "status", "state")
    if given is None and status is None and not _is_mapped("status", heard):
        raise NotUnderstood(
            f"Neither “data.status” nor the type “{kind[:80]}” says whether it fires or is over."
        )
    key = first_of(said, "key", "dedup_key", "fingerprint")
    fields = {
        "title": first_of(said, "title", "name", "summary", "message") or f"{stem} {subject}",
        "key": key or "/".join((text_in(event["source"]), stem, subject)),
        "status": given if given is not None else status,
        "severity": first_of(said, "severity", "priority", "level") or event.get("severity"),
        "service": said.get("service"),
        "group": said.get("group"),
        "summary": first_of(said, "summary", "message"),
        "description": data if isinstance(data, str) else first_of(said, "description", "details"),
        "link": first_of(said, "link", "url"),
        "starts_at": first_of(said, "starts_at") or event.get("time"),
        "ends_at": first_of(said, "ends_at") or event.get("time"),
        "labels": said.get("labels"),
    }
    extensions = {name: value for name, value in event.items() if name not in CONTEXT}
    own = {name: event.get(name) for name in ("source", "type", "subject")}
    short = {name: value for name, value in said.items() if name not in SHOWN}
    return Offer(fields=fields, labels=flat({**short, **extensions, **own}))


def _status_in(kind: str) -> tuple[str, str | None]:
    """`com.example.alert.firing` is `com.example.alert`, which is firing."""
    stem, dot, last = kind.rpartition(".")
    word = last.strip().lower()
    if dot and word in FIRING | RESOLVED | ACKNOWLEDGED:
        return stem, word
    return kind, None


def _is_mapped(name: str, heard: Heard) -> bool:
    return name in heard.settings.mapping


def _data(event: Mapping[str, Any]) -> Any:
    """What is packed in base64 is unpacked, and read where it is JSON."""
    packed = event.get("data_base64")
    if not isinstance(packed, str):
        return event.get("data")
    try:
        content = b64decode(packed, validate=True)
        kind = text_in(event.get("datacontenttype")).partition(";")[0].strip().lower()
        return json_of(content) if _is_json(kind) else content.decode()
    except (NotBase64, ValueError, Refusal) as error:
        raise NotUnderstood("“data_base64” of an event cannot be read.") from error


def _garbled() -> Refusal:
    return refusal(415, "unsupported_media_type", "The data of the event is neither JSON nor text.")


CLOUDEVENTS = Source(
    name="cloudevents",
    title="CloudEvents",
    parse=parse,
    require=parse,
    take=take,
    name_of=name_of,
)
