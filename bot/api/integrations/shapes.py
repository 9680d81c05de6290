"""Alert sources on the wire of `/api/v1`; keys nobody knows are ignored, but for settings."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Field, StrictBool, StrictInt

from bot.api.lists_v1 import OneMeta
from bot.api.shape import Shape

Words: TypeAlias = dict[str, str]

_SEVERITIES = "What a severity of the tool means here: critical, high, medium or low."
_MAPPING = "Of a generic source: where things stand in a payload, as JMESPath."
_VALUES = "What a status of the tool means: firing, acknowledged, resolved or ignored."
_SIGNS = "What the tool itself signs with. It is kept sealed and never shown; empty takes it away."


class Config(Shape):
    """What of a configuration is kept; anything else, secrets above all, is not."""

    service_id: Annotated[str | None, Field(description="Whose incidents its alerts open.")] = None
    auto_resolve: Annotated[
        StrictBool | None, Field(description="Resolve an incident when its last alert ends.")
    ] = None


class Settings(Shape):
    """How its alerts are dealt with; times are in seconds. What is absent or null stays, and what
    there is not is refused."""

    model_config = ConfigDict(extra="allow")

    severities: Annotated[Words | None, Field(description=_SEVERITIES)] = None
    service_label: Annotated[
        str | None, Field(description="A label that names the service, where the source has none.")
    ] = None
    group_by: Annotated[
        list[str] | None, Field(description="Labels that make up a group; none: as the tool does.")
    ] = None
    group_window: Annotated[
        StrictInt | None,
        Field(description="So long an incident takes new alerts; 0: while it lives."),
    ] = None
    hold: Annotated[
        StrictInt | None, Field(description="So long an alert has to fire before it calls anybody.")
    ] = None
    grace: Annotated[
        StrictInt | None, Field(description="So long nothing may fire before it is resolved.")
    ] = None
    flap_count: Annotated[
        StrictInt | None, Field(description="So many starts make it flapping; 0: never.")
    ] = None
    flap_window: Annotated[StrictInt | None, Field(description="Within so long.")] = None
    storm_limit: Annotated[
        StrictInt | None,
        Field(description="So many incidents a minute, then one for what is too much; 0: any."),
    ] = None
    quiet_after: Annotated[
        StrictInt | None, Field(description="Silent for so long, it is flagged; 0: never.")
    ] = None
    check_url: Annotated[
        str | None, Field(description="Where it can be asked what fires, as Alertmanager.")
    ] = None
    mapping: Annotated[Words | None, Field(description=_MAPPING)] = None
    values: Annotated[Words | None, Field(description=_VALUES)] = None
    topics: Annotated[
        list[str] | None, Field(description="ARNs of SNS topics that may ring; none: any.")
    ] = None


class NewIntegration(Shape):
    """One of `type` and `platform` is required; they mean the same."""

    name: Annotated[str, Field(examples=["Production"])]
    type: Annotated[str | None, Field(examples=["datadog"])] = None
    platform: str | None = None
    config: Config | None = None
    settings: Settings | None = None
    secret: Annotated[str | None, Field(description=_SIGNS, max_length=4_096)] = None


class IntegrationChange(Shape):
    """What is absent or null stays."""

    name: str | None = None
    config: Annotated[
        Config | None, Field(description="An empty `service_id` takes the service away.")
    ] = None
    settings: Settings | None = None
    secret: Annotated[str | None, Field(description=_SIGNS, max_length=4_096)] = None


class ConfigLine(Shape):
    service_id: str | None
    auto_resolve: bool


class SettingsLine(Shape):
    severities: Words = Field(description=_SEVERITIES)
    service_label: str
    group_by: list[str]
    group_window: int
    hold: int
    grace: int
    flap_count: int
    flap_window: int
    storm_limit: int
    quiet_after: int
    check_url: str
    mapping: Words = Field(description=_MAPPING)
    values: Words = Field(description=_VALUES)
    topics: list[str]


class IntegrationLine(Shape):
    id: str
    name: str
    type: str
    platform: str = Field(description="The type again.")
    status: Literal["active"]
    status_detail: str
    url: str | None = Field(
        description="Where the tool sends its alerts; null of the one that heartbeats ring by.",
        examples=["https://tocsin.example.com/webhooks/alertmanager"],
    )
    config: ConfigLine
    settings: SettingsLine
    has_secret: bool = Field(description="Whether there is something that the tool signs with.")
    last_heard_at: datetime | None = Field(description="When it last sent anything.")
    quiet: bool = Field(description="Whether it has been silent for longer than `quiet_after`.")
    created_at: datetime


class IntegrationWhole(IntegrationLine):
    token: str | None = Field(
        description="Shown when it is made, and null ever after and when a request is repeated."
    )


class IntegrationAnswer(IntegrationWhole):
    data: IntegrationWhole
    meta: OneMeta
