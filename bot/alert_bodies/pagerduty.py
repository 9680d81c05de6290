"""An event of PagerDuty's Events API, version 2."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.alert_bodies.parts import Details, Key, Loose, Moment, Objects, RequiredKey, filled, word

Action = Annotated[Literal["trigger", "acknowledge", "resolve"], BeforeValidator(word)]
SeverityWord = Annotated[Literal["critical", "error", "warning", "info"], BeforeValidator(word)]

EXAMPLE: dict[str, Any] = {
    "service_id": "svc_xyz",
    "event_action": "trigger",
    "dedup_key": "checkout-latency",
    "payload": {
        "summary": "p99 latency is high",
        "source": "web-1",
        "severity": "critical",
    },
}


class Told(BaseModel):
    """What an event says of its alert; only one that triggers has to say anything."""

    model_config = ConfigDict(populate_by_name=True)

    summary: Loose = None
    source: Loose = None
    severity: Loose = None
    timestamp: Moment = None
    component: Loose = None
    group: Loose = None
    kind: Loose = Field(default=None, alias="class")
    custom_details: Details = Field(default_factory=dict)


class Alarm(Told):
    """What an event says that triggers."""

    summary: Annotated[str, AfterValidator(filled("summary"))]
    source: Annotated[str, AfterValidator(filled("source"))]
    severity: SeverityWord


class EventBody(BaseModel):
    """Any event. `routing_key` is the token of an alert source; a key of the API takes
    `service_id` instead."""

    event_action: Action
    dedup_key: Key = None
    routing_key: Loose = None
    service_id: Loose = None
    payload: Told | None = None
    client: Loose = None
    client_url: Loose = None
    links: Objects = Field(default_factory=list)
    images: Objects = Field(default_factory=list)


class Change(BaseModel):
    """What a change event says: that somebody changed something, which is no trouble by itself."""

    summary: Annotated[str, AfterValidator(filled("summary"))]
    source: Loose = None
    timestamp: Moment = None
    custom_details: Details = Field(default_factory=dict)


class ChangeBody(BaseModel):
    payload: Change
    links: Objects = Field(default_factory=list)
    images: Objects = Field(default_factory=list)


class TriggerBody(EventBody):
    """Begins an alert, or says again that it fires."""

    payload: Alarm


class FollowingBody(EventBody):
    """Speaks of an alert that was triggered before."""

    dedup_key: RequiredKey


BODIES: Mapping[str, type[EventBody]] = {
    "trigger": TriggerBody,
    "acknowledge": FollowingBody,
    "resolve": FollowingBody,
}
"""What each action takes."""
