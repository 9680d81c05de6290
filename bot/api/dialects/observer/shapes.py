"""What Observer's clients send and get besides what it shares with Overwatch; unknown keys are
ignored."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from bot.api.incident_shapes import Ids, MessageLine, ServiceName
from bot.api.lists_v1 import OneMeta
from bot.api.moments import Moment
from bot.api.paging import PageQuery
from bot.api.shape import Shape

Start: TypeAlias = Annotated[Moment, Field(examples=["2026-06-01T02:00:00Z"])]
End: TypeAlias = Annotated[
    Moment,
    Field(description="After the start, by a year at most.", examples=["2026-06-01T04:00:00Z"]),
]


class Resolution(Shape):
    description: Annotated[
        str | None, Field(description="A last message, of the type Resolved.")
    ] = None


class NewMaintenance(Shape):
    title: Annotated[str, Field(examples=["Database upgrade"])]
    scheduled_start_at: Start
    scheduled_end_at: End
    description: str | None = None
    affected_services: Ids | None = None
    visible_to_customer_ids: Ids | None = None


class MaintenanceChange(Shape):
    """What is absent or null stays."""

    title: str | None = None
    scheduled_start_at: Start | None = None
    scheduled_end_at: End | None = None
    description: str | None = None
    affected_services: Ids | None = None
    visible_to_customer_ids: Ids | None = None


class MaintenancesQuery(PageQuery):
    """Filters narrow each other; comma lists and repeated parameters add up."""

    state: list[str] = Field([], description="scheduled, in_progress, completed or canceled.")
    status: list[str] = Field([], description="The same as state.")
    service_id: str | None = None
    since: Annotated[Moment | None, Field(description="Only those created then or later.")] = None


class MaintenanceLine(Shape):
    """Observer's update object, of maintenance; `reference` and `version` are our own."""

    id: str
    reference: str = Field(examples=["MNT-7"])
    title: str
    description: str
    type: Literal["Maintenance"]
    severity: None
    state: Literal["scheduled", "in_progress", "completed", "canceled"]
    published_at: datetime
    resolved_at: None
    scheduled_start_at: datetime
    scheduled_end_at: datetime
    actual_start_at: datetime | None
    actual_end_at: datetime | None
    canceled_at: datetime | None
    postmortem_url: None
    affected_services: list[ServiceName]
    visible_to_customer_ids: list[str]
    messages: list[MessageLine]
    created_by: str | None
    created_at: datetime
    updated_at: datetime
    version: int


class MaintenanceAnswer(MaintenanceLine):
    """The maintenance's keys on top, and again under `data`."""

    data: MaintenanceLine
    meta: OneMeta
