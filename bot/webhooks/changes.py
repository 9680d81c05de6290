"""Change events: what somebody changed, kept beside the alerts that may have come of it."""

from hashlib import sha256
from typing import Any

import orjson
from pydantic import ValidationError

from bot.alert_bodies.pagerduty import ChangeBody
from bot.alert_bodies.parts import flat
from bot.web.validation import issues_of
from bot.webhooks.fields import bounded, line, links, text_of
from bot.webhooks.source import Heard, NotUnderstood
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint, GroupKey
from core.domain.severity import Severity

KIND = "change"


def changed(payload: Any, heard: Heard) -> Alert:
    """Over as it begins, so that it calls nobody; the same event sent twice is one."""
    try:
        event = ChangeBody.model_validate(payload)
    except ValidationError as error:
        raise NotUnderstood(" ".join(issue.message for issue in issues_of(error))) from error
    told = event.payload
    at, summary = told.timestamp or heard.received_at, line(told.summary)
    key = f"{KIND}:{sha256(orjson.dumps(payload, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]}"
    own = {"kind": KIND, "source": told.source or ""}
    details = flat(told.custom_details)
    return Alert(
        fingerprint=Fingerprint(key),
        group=GroupKey(key),
        group_title=summary,
        name=summary,
        summary=summary,
        status=AlertStatus.RESOLVED,
        starts_at=at,
        ends_at=at,
        severity=Severity.LOW,
        description=text_of("\n".join(f"{name}: {text}" for name, text in details.items())),
        labels=bounded({name: text for name, text in own.items() if text} | details),
        links=links(_links(event)),
        dating=Dating.START,
        change=True,
    )


def _links(event: ChangeBody) -> dict[str, str]:
    """Of several with the same text the last one stays."""
    offered = ((entry.get("text"), entry.get("href")) for entry in event.links)
    return {
        (line(text) if isinstance(text, str) else "") or "Link": url
        for text, url in offered
        if isinstance(url, str)
    }
