"""Routing rules on the wire of `/api/v1`; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, StrictBool, StrictInt

from bot.api.closed_words import ANY_CASE
from bot.api.lists_v1 import OneMeta
from bot.api.moments import Moment
from bot.api.shape import Shape

Routed: TypeAlias = Literal["declare", "attach", "notify", "drop"]
Level: TypeAlias = Literal["critical", "high", "medium", "low"]

_ROUTING = (
    "What becomes of an alert that fits: it calls somebody (declare), joins one incident (attach), "
    "is told to a channel (notify), or is recorded only (drop)."
)
_SOURCES = "Kinds of alert sources, or ids of single ones; none means any."
_SERVICES = "Of one of these services; none means any, and alerts without a service as well."
_SEVERITIES = "With one of these severities; none means any."
_MATCHERS = "All of these hold for its labels, as Alertmanager writes them."
_REASON = "Why; required where alerts are dropped."
_CHANNEL = "Which Slack channel is told, by name or id; of notify."
_SEVERITY = "The severity of what is declared, whatever the source says; of declare."
_GROUP_BY = "Labels whose values make up the group, in place of those of the source; of declare."
_GROUP_WINDOW = (
    "For so many seconds an incident takes new alerts, 0 while it lives, in place of what the "
    "source has; of declare."
)
_HOLD = "For so many seconds it has to fire first, in place of what the source has; of declare."
_POSITION = "Its place in the order in which rules are asked, from 1; the others close up."

Name: TypeAlias = Annotated[str | None, Field(examples=["Test alerts"])]
Words: TypeAlias = list[str] | None
Seconds: TypeAlias = StrictInt | None


class HoursBody(Shape):
    """An end before the start is on the next day."""

    time_zone: Annotated[str | None, Field(examples=["Europe/Berlin"])] = None
    days: Annotated[
        list[int | str] | None,
        Field(description="1 (Monday) to 7, or mon to sun; none means any.", examples=[[1, 2]]),
    ] = None
    start: Annotated[str | None, Field(examples=["09:00"])] = None
    end: Annotated[str | None, Field(examples=["17:00"])] = None


class RuleChange(Shape):
    """What is left out stays; null takes away what may be missing."""

    name: Name = None
    routing: Annotated[Routed | None, ANY_CASE, Field(description=_ROUTING)] = None
    position: Annotated[StrictInt | None, Field(description=_POSITION)] = None
    enabled: Annotated[StrictBool | None, Field(description="Off, it fits nothing.")] = None
    sources: Annotated[Words, Field(description=_SOURCES, examples=[["alertmanager"]])] = None
    service_ids: Annotated[Words, Field(description=_SERVICES)] = None
    severities: Annotated[Words, Field(description=_SEVERITIES, examples=[["low"]])] = None
    matchers: Annotated[Words, Field(description=_MATCHERS, examples=[['env!="prod"']])] = None
    hours: Annotated[HoursBody | None, Field(description="When it is asked.")] = None
    reason: Annotated[str | None, Field(description=_REASON)] = None
    channel: Annotated[str | None, Field(description=_CHANNEL, examples=["ops-quiet"])] = None
    incident_id: Annotated[
        str | None, Field(description="The incident joined, by id or as INC-42; of attach.")
    ] = None
    severity: Annotated[str | None, Field(description=_SEVERITY, examples=["high"])] = None
    group_by: Annotated[Words, Field(description=_GROUP_BY, examples=[["cluster"]])] = None
    group_window: Annotated[Seconds, Field(description=_GROUP_WINDOW)] = None
    hold: Annotated[Seconds, Field(description=_HOLD)] = None


class NewRule(RuleChange):
    name: Annotated[str, Field(examples=["Test alerts"])]
    routing: Annotated[Routed, ANY_CASE, Field(description=_ROUTING)]


class HoursLine(Shape):
    time_zone: str = Field(examples=["Europe/Berlin"])
    days: list[int] = Field(examples=[[1, 2, 3, 4, 5]])
    start: str = Field(examples=["09:00"])
    end: str = Field(examples=["17:00"])


class RuleLine(Shape):
    id: str
    name: str
    position: int = Field(description=_POSITION)
    enabled: bool
    routing: Routed
    sources: list[str] = Field(description=_SOURCES, examples=[["alertmanager"]])
    service_ids: list[str] = Field(description=_SERVICES)
    severities: list[Level] = Field(description=_SEVERITIES)
    matchers: list[str] = Field(description=_MATCHERS, examples=[['env!="prod"']])
    hours: HoursLine | None
    reason: str | None = Field(examples=["They are tests of the probes."])
    channel: str | None = Field(description=_CHANNEL, examples=["ops-quiet"])
    incident_id: str | None
    severity: Level | None = Field(description=_SEVERITY)
    group_by: list[str] = Field(description=_GROUP_BY, examples=[["cluster"]])
    group_window: int | None = Field(description=_GROUP_WINDOW)
    hold: int | None = Field(description=_HOLD)
    created_by: str | None
    created_at: datetime
    updated_at: datetime


class RuleAnswer(RuleLine):
    data: RuleLine
    meta: OneMeta


class TriedAlert(Shape):
    """An alert as it might be; what is left out is as usual."""

    name: Annotated[str | None, Field(examples=["HighLatency"])] = None
    severity: Annotated[str | None, Field(description="A word of the source's.")] = None
    labels: Annotated[
        dict[str, str] | None, Field(examples=[{"env": "staging", "team": "payments"}])
    ] = None
    source: Annotated[
        str | None,
        Field(description="The kind of its source, where no integration_id is given."),
    ] = None
    service_id: Annotated[
        str | None, Field(description="Its service; else that of its source or of its label.")
    ] = None


class TryRules(Shape):
    """One of `alert` and `payload` is required; a payload needs an `integration_id`."""

    alert: Annotated[TriedAlert | None, Field(description="An alert as it might be.")] = None
    payload: Annotated[Any, Field(description="What the source sends, as it sends it.")] = None
    integration_id: Annotated[
        str | None, Field(description="The alert source that it would come from.")
    ] = None
    at: Annotated[Moment | None, Field(description="When it would come; now.")] = None


class Passed(Shape):
    rule_id: str
    name: str
    position: int
    because: str = Field(examples=["It asks for critical and high, and the alert is low."])


class Met(Shape):
    rule_id: str
    name: str
    position: int


class TriedLine(Shape):
    """What would become of one alert, apart from what is going on in incidents."""

    name: str
    deduplication_key: str
    status: Literal["firing", "acknowledged", "resolved", "edited"]
    severity: Level
    labels: dict[str, str] = Field(examples=[{"env": "staging"}])
    service_id: str | None
    outcome: Literal["suppressed", "silenced", "declare", "attach", "notify", "drop", "none"]
    sentence: str = Field(examples=["Dropped by the rule “Test alerts”: They are tests."])
    rule: Met | None = Field(description="The first that fits; null where none does.")
    passed: list[Passed] = Field(description="The rules before it, each with why it did not fit.")


class TriedAlerts(Shape):
    alerts: list[TriedLine]


class TriedAnswer(TriedAlerts):
    data: TriedAlerts
    meta: OneMeta
