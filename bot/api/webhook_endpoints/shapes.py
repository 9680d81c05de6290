"""Outgoing webhooks on the wire of `/api/v1`; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from bot.api.lists_v1 import OneMeta
from bot.api.paging import PageQuery
from bot.api.shape import Shape

_URL = "https://example.com/hooks/tocsin"
_EVENTS = (
    "The events it wants, or `incident.*` for a family of them; none means all that whoever made "
    "it may see."
)
_SERVICES = "Of what has services, only what has one of these; none means all of it."
_SEVERITIES = "Of incidents, only those as bad as one of these; none means all of them."


class NewEndpoint(Shape):
    url: Annotated[str, Field(description="Where a POST is sent to.", examples=[_URL])]
    name: Annotated[str | None, Field(examples=["Status page"])] = None
    events: Annotated[list[str] | None, Field(description=_EVENTS)] = None
    service_ids: Annotated[list[str] | None, Field(description=_SERVICES)] = None
    severities: Annotated[list[str] | None, Field(description=_SEVERITIES)] = None


class EndpointChange(Shape):
    """What is left out stays."""

    url: Annotated[str | None, Field(examples=[_URL])] = None
    name: Annotated[str | None, Field(examples=["Status page"])] = None
    events: Annotated[list[str] | None, Field(description=_EVENTS)] = None
    service_ids: Annotated[list[str] | None, Field(description=_SERVICES)] = None
    severities: Annotated[list[str] | None, Field(description=_SEVERITIES)] = None
    enabled: Annotated[StrictBool | None, Field(description="Off, it is sent nothing.")] = None


class EndpointLine(Shape):
    id: str
    name: str
    url: str
    events: list[str] = Field(description=_EVENTS, examples=[["incident.resolved"]])
    service_ids: list[str] = Field(description=_SERVICES)
    severities: list[str] = Field(description=_SEVERITIES)
    enabled: bool
    trouble: str | None = Field(description="Why it was switched off, where nobody did that.")
    former_secret_until: datetime | None = Field(
        description="Until then the secret before the present one signs as well."
    )
    created_by: str | None
    created_at: datetime
    updated_at: datetime


class EndpointWhole(EndpointLine):
    secret: str | None = Field(
        description="Signs what is sent. Shown when it is made, and null ever after.",
        examples=["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"],
    )


class EndpointAnswer(EndpointWhole):
    data: EndpointWhole
    meta: OneMeta


class DeliveryLine(Shape):
    """One thing that was sent, or is under way."""

    id: str = Field(description="Also its `webhook-id`.")
    endpoint_id: str
    event_id: str = Field(description="The line of the history that it tells of.")
    event_type: str = Field(examples=["maintenance.started"])
    state: Literal["waiting", "delivered", "failed"]
    attempts: int
    status: int | None = Field(description="What the last request was answered with, if it was.")
    reason: str | None = Field(description="Why it has not arrived.")
    created_at: datetime
    settled_at: datetime | None = Field(description="When it arrived or was given up.")


class DeliveryAnswer(DeliveryLine):
    data: DeliveryLine
    meta: OneMeta


class Replayed(Shape):
    replayed: int = Field(description="How many are sent once more.")


class DeliveriesQuery(PageQuery):
    state: Annotated[
        Literal["waiting", "delivered", "failed"] | None, Field(None, description="Only these.")
    ]


class DeliveriesMeta(Shape):
    limit: int


class DeliveriesAnswer(Shape):
    """A list, under the names that both products have for it."""

    data: list[DeliveryLine]
    items: list[DeliveryLine]
    meta: DeliveriesMeta
    next_cursor: str | None = Field(description="Where the next page begins; null on the last one.")
