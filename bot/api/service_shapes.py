"""Services on the wire of `/api/v1`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.api.incident_shapes import Ids
from bot.api.lists_v1 import OneMeta
from bot.api.shape import Shape


class NewService(Shape):
    name: Annotated[str, Field(examples=["Checkout"])]
    description: str | None = None
    owner_ids: Ids | None = None


class ServiceChange(Shape):
    """What is left out stays."""

    depends_on: Annotated[
        Ids | None,
        Field(description="The services it depends on, in place of what it depended on before."),
    ] = None


class ServiceLine(Shape):
    id: str
    name: str
    description: str
    status: Literal["operational", "maintenance"] = Field(
        description="maintenance while maintenance that affects it is in progress."
    )
    owner_ids: list[str]
    depends_on: list[str] = Field(
        description="While one of these is broken, alerts of this service call nobody."
    )
    created_at: datetime


class ServiceAnswer(ServiceLine):
    data: ServiceLine
    meta: OneMeta
