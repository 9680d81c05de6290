"""Maintenance windows on incident.io's wire; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictInt

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


def _plain(key: str) -> BeforeValidator:
    """What is answered may be sent back: of an object what stands under this key."""
    return BeforeValidator(lambda given: given.get(key) if isinstance(given, dict) else given)


class BindingValueV2(Shape):
    """A `reference` has nothing here to refer to."""

    literal: str | None = None
    label: str | None = None


class ParamBindingV2(Shape):
    array_value: Annotated[
        list[BindingValueV2] | None, Field(examples=[[{"literal": "database"}]])
    ] = None
    value: BindingValueV2 | None = None


class ConditionPayloadV2(Shape):
    """What is compared, how, and with which literals."""

    subject: Annotated[
        str,
        _plain("reference"),
        Field(
            description="alert.service (ids), in a group alone; or alert.attributes. and a label.",
            examples=["alert.attributes.job"],
        ),
    ]
    operation: Annotated[
        str,
        _plain("value"),
        Field(
            description="one_of, not_one_of, is, is_not, matches_regex or not_matches_regex.",
            examples=["one_of"],
        ),
    ]
    param_bindings: Annotated[list[ParamBindingV2], Field(max_length=20)]


class ConditionGroupPayloadV2(Shape):
    conditions: Annotated[list[ConditionPayloadV2], Field(min_length=1, max_length=20)]


class NamedValueV2(Shape):
    literal: str = Field(examples=["database"])
    label: str = Field(examples=["database"])


class NamedBindingV2(Shape):
    array_value: list[NamedValueV2]


class SubjectV2(Shape):
    reference: str = Field(examples=["alert.attributes.job"])
    label: str = Field(examples=["job"])


class OperationV2(Shape):
    value: str = Field(examples=["one_of"])
    label: str = Field(examples=["one of"])


class ConditionV2(Shape):
    subject: SubjectV2
    operation: OperationV2
    param_bindings: list[NamedBindingV2]


class ConditionGroupV2(Shape):
    conditions: list[ConditionV2]


class NotifyChannelPayloadV1(Shape):
    """A Slack channel, by the id that is sent; its name where there is none."""

    channel_id: Annotated[str, Field(examples=["C0ACTHQMHS8"])]
    channel_name: str | None = None
    channel_type: str | None = None


class NotifyChannelV1(Shape):
    channel_id: str = Field(examples=["C0ACTHQMHS8"])
    channel_type: str = Field(examples=["slack"])


class MaintenanceWindowV1(Shape):
    """What still fires at the end always calls somebody then: `reroute_on_end` is true."""

    id: str
    name: str
    start_at: datetime
    end_at: datetime
    lead: ActorV2
    show_in_sidebar: bool
    alert_condition_groups: list[ConditionGroupV2]
    reroute_on_end: bool
    resolve_on_end: bool
    notification_message: str | None = Field(None, description="Absent where there is none.")
    notify_channels: list[NotifyChannelV1]
    notify_start_minutes_before: int | None = Field(
        None, description="The earliest reminder; absent without any."
    )
    notify_end_minutes_before: int
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
    """`show_in_sidebar` is asked for and has no effect. What is optional and absent stays as it
    is, or has its usual value."""

    name: Annotated[str, Field(min_length=1, max_length=MAX_TITLE, examples=["Database upgrade"])]
    start_at: Moment
    end_at: Moment
    lead: UserReference
    show_in_sidebar: StrictBool
    alert_condition_groups: Annotated[list[ConditionGroupPayloadV2], Field(max_length=100)]
    notify_channels: Annotated[list[NotifyChannelPayloadV1] | None, Field(max_length=100)] = None
    notify_start_minutes_before: Annotated[StrictInt | None, Field(ge=0)] = None
    notification_message: str | None = None
