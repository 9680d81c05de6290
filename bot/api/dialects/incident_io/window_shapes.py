"""Maintenance windows on incident.io's wire; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool

from bot.api.dialects.incident_io.paging import (
    MOST_WINDOWS,
    USUAL,
    After,
    Blankless,
    PaginationMeta,
)
from bot.api.dialects.incident_io.people_shapes import ActorV2, UserReference
from bot.api.moments import Moment
from bot.api.shape import Shape
from core.domain.maintenance import MAX_TITLE


class MaintenanceWindowV1(Shape):
    """Of what a window does with alerts nothing is kept, and so nothing is shown."""

    id: str
    name: str
    start_at: datetime
    end_at: datetime
    lead: ActorV2
    show_in_sidebar: bool
    alert_condition_groups: list[dict[str, Any]]
    reroute_on_end: bool
    resolve_on_end: bool
    archived_at: datetime | None = Field(None, description="Absent unless it was canceled.")
    created_at: datetime
    updated_at: datetime


class MaintenanceWindowsV1(Shape):
    maintenance_windows: list[MaintenanceWindowV1]
    pagination_meta: PaginationMeta


class MaintenanceWindowAnswerV1(Shape):
    maintenance_window: MaintenanceWindowV1


class MaintenanceWindowsQueryV1(Blankless):
    page_size: Annotated[int, Field(ge=1, le=MOST_WINDOWS)] = USUAL
    after: After = None
    status: Literal["active", "upcoming", "past"] | None = None


class MaintenanceWindowBodyV1(Shape):
    """`show_in_sidebar` and `alert_condition_groups` are asked for and have no effect."""

    name: Annotated[str, Field(min_length=1, max_length=MAX_TITLE, examples=["Database upgrade"])]
    start_at: Moment
    end_at: Moment
    lead: UserReference
    show_in_sidebar: StrictBool
    alert_condition_groups: Annotated[list[Any], Field(max_length=100)]
