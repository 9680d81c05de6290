"""Alert sources on the wire of `/api/v1`; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from bot.api.lists_v1 import OneMeta
from bot.api.shape import Shape


class Config(Shape):
    """What of a configuration is kept; anything else, secrets above all, is not."""

    service_id: Annotated[str | None, Field(description="Whose incidents its alerts open.")] = None
    auto_resolve: Annotated[
        StrictBool | None, Field(description="Resolve an incident when its last alert ends.")
    ] = None


class NewIntegration(Shape):
    """One of `type` and `platform` is required; they mean the same."""

    name: Annotated[str, Field(examples=["Production"])]
    type: Annotated[str | None, Field(examples=["datadog"])] = None
    platform: str | None = None
    config: Config | None = None


class ConfigLine(Shape):
    service_id: str | None
    auto_resolve: bool


class IntegrationLine(Shape):
    id: str
    name: str
    type: str
    platform: str = Field(description="The type again.")
    status: Literal["active", "not_supported_yet"]
    status_detail: str
    url: str | None = Field(
        description="Where the tool sends its alerts; null as long as they cannot be read.",
        examples=["https://tocsin.example.com/webhooks/alertmanager"],
    )
    config: ConfigLine
    created_at: datetime


class IntegrationWhole(IntegrationLine):
    token: str | None = Field(description="Shown once; null when a request is repeated.")


class IntegrationAnswer(IntegrationWhole):
    data: IntegrationWhole
    meta: OneMeta
