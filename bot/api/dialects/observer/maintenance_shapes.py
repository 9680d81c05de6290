"""Maintenance as Observer's clients send it; what is our own is optional."""

from typing import Annotated, Any, TypeAlias

from pydantic import Field, StrictBool, StrictInt, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from bot.api.incident_shapes import Ids
from bot.api.moments import Moment
from bot.api.paging import DEFAULT_LIMIT, MOST, PageQuery
from bot.api.shape import Shape
from bot.web.validation import REQUIRED
from core.domain.maintenance_fields import MAX_PROGRESS
from core.domain.maintenance_series import MAX_EXCEPTIONS

Start: TypeAlias = Annotated[Moment, Field(examples=["2026-06-01T02:00:00Z"])]
End: TypeAlias = Annotated[
    Moment, Field(description="After the start.", examples=["2026-06-01T04:00:00Z"])
]


class Details(Shape):
    """What may be said of maintenance besides its title and its times."""

    description: str | None = None
    affected_services: Ids | None = None
    visible_to_customer_ids: Ids | None = None
    timezone: Annotated[
        str | None,
        Field(description="Of its people and its recurrence, such as Europe/Berlin; else UTC."),
    ] = None
    notify_channels: Annotated[
        Ids | None,
        Field(description="Slack channels by id or name; empty: the one for announcements."),
    ] = None
    notify_user_ids: Annotated[Ids | None, Field(description="Who is told in person.")] = None
    customer_visible: StrictBool | None = None
    runbook_url: str | None = None
    owner_id: Annotated[str | None, Field(description="A user's id; empty means nobody.")] = None
    auto_start: Annotated[StrictBool | None, Field(description="True unless it is given.")] = None
    auto_complete: Annotated[StrictBool | None, Field(description="True unless it is given.")] = (
        None
    )
    reminders: Annotated[
        list[StrictInt] | None,
        Field(max_length=100, description="Minutes before the start at which it is announced."),
    ] = None
    matchers: Annotated[
        Ids | None,
        Field(
            description="Alerts whose labels meet all of these call nobody while it is in "
            'progress: `name="value"`, `!=`, `=~`, `!~`.'
        ),
    ] = None
    recurrence: Annotated[
        str | None,
        Field(description="A rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=TU; empty means none."),
    ] = None
    exceptions: Annotated[
        list[Moment] | None,
        Field(max_length=MAX_EXCEPTIONS, description="Starts that the rule gives and are skipped."),
    ] = None


class NewMaintenance(Details):
    """A start in the past is refused, unless the end is past as well: a record of work done."""

    title: Annotated[str, Field(examples=["Database upgrade"])]
    start_now: Annotated[
        StrictBool, Field(description="Begin at once; takes no scheduled_start_at.")
    ] = False
    scheduled_start_at: Annotated[Start | None, Field(validate_default=True)] = None
    scheduled_end_at: End

    @field_validator("scheduled_start_at")
    @classmethod
    def _there_unless_it_is_now(cls, at: Any, others: ValidationInfo) -> Any:
        if at is None and not others.data.get("start_now"):
            raise PydanticCustomError(
                REQUIRED, "“scheduled_start_at” is required, unless “start_now” is true."
            )
        return at


class MaintenanceChange(Details):
    """What is absent or null stays."""

    title: str | None = None
    scheduled_start_at: Start | None = None
    scheduled_end_at: End | None = None


class Extension(Shape):
    """One of the two."""

    until: Annotated[Moment | None, Field(description="The new end.")] = None
    minutes: Annotated[
        StrictInt | None,
        Field(
            ge=1,
            le=60 * 24 * 366,
            validate_default=True,
            description="So much later.",
            examples=[30],
        ),
    ] = None

    @field_validator("minutes")
    @classmethod
    def _one_of_them(cls, minutes: int | None, others: ValidationInfo) -> int | None:
        if "until" not in others.data:  # it is refused itself
            return minutes
        if (minutes is None) == (others.data["until"] is None):
            raise PydanticCustomError(
                REQUIRED, "Say by how many “minutes” or “until” when, and not both."
            )
        return minutes


class Cancellation(Shape):
    reason: Annotated[str | None, Field(description="Why, for those who counted on it.")] = None


class Skip(Shape):
    occurrence_at: Annotated[
        Moment | None,
        Field(description="The start of a later occurrence; absent: this one is skipped."),
    ] = None


class Progress(Shape):
    """The `type` that messages of incidents have is ignored: here there is one."""

    description: Annotated[
        str, Field(min_length=1, max_length=MAX_PROGRESS, examples=["The first disk is in."])
    ]


class MaintenancesQuery(PageQuery):
    """Filters narrow each other; comma lists and repeated parameters add up."""

    state: list[str] = Field([], description="scheduled, in_progress, completed or canceled.")
    status: list[str] = Field([], description="The same as state.")
    service_id: str | None = None
    since: Annotated[Moment | None, Field(description="Only those created then or later.")] = None


class SuppressedQuery(Shape):
    """Newest first."""

    limit: Annotated[int, Field(ge=1, le=MOST)] = DEFAULT_LIMIT
    cursor: Annotated[str | None, Field(description="The next_cursor of the page before.")] = None
