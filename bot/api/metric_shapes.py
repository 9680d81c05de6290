"""Metrics on the wire; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import AliasChoices, Field, StrictBool

from bot.api.closed_words import ANY_CASE
from bot.api.incident_shapes import Ids, ServiceName
from bot.api.lists_v1 import OneMeta
from bot.api.shape import Shape

StatusWord: TypeAlias = Annotated[
    Literal["healthy", "degraded", "unhealthy"], ANY_CASE, Field(examples=["degraded"])
]
_SERVICES = AliasChoices("affected_services", "service_ids")


class NewMetric(Shape):
    """`service_ids` is accepted for `affected_services`."""

    name: Annotated[str, Field(examples=["Checkout latency"])]
    description: str | None = None
    affected_services: Annotated[Ids | None, Field(validation_alias=_SERVICES)] = None
    status: StatusWord | None = None
    note: str | None = None
    probed: Annotated[StrictBool | None, Field(description="A probe decides the status.")] = None


class MetricChange(Shape):
    """What is absent or null stays."""

    name: str | None = None
    description: str | None = None
    affected_services: Annotated[Ids | None, Field(validation_alias=_SERVICES)] = None
    probed: StrictBool | None = None


class NewStatus(Shape):
    status: StatusWord
    note: str | None = None


class MetricLine(Shape):
    id: str
    name: str
    description: str
    affected_services: list[ServiceName]
    status: Literal["healthy", "degraded", "unhealthy"]
    note: str
    status_at: datetime | None
    probed: bool
    created_at: datetime
    updated_at: datetime


class MetricAnswer(MetricLine):
    data: MetricLine
    meta: OneMeta
