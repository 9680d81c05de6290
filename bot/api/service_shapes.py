"""Services on the wire of `/api/v1`."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from bot.api.incident_shapes import Ids
from bot.api.lists_v1 import OneMeta


class NewService(BaseModel):
    name: Annotated[str, Field(examples=["Checkout"])]
    description: str | None = None
    owner_ids: Ids | None = None


class ServiceLine(BaseModel):
    id: str
    name: str
    description: str
    owner_ids: list[str]
    created_at: datetime


class ServiceAnswer(ServiceLine):
    data: ServiceLine
    meta: OneMeta
