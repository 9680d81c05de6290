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


class ServiceLine(Shape):
    id: str
    name: str
    description: str
    status: Literal["operational", "maintenance"] = Field(
        description="maintenance while maintenance that affects it is in progress."
    )
    owner_ids: list[str]
    created_at: datetime


class ServiceAnswer(ServiceLine):
    data: ServiceLine
    meta: OneMeta
