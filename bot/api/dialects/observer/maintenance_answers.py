"""Maintenance as Observer's clients are answered."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from bot.api.incident_shapes import ServiceName
from bot.api.lists_v1 import OneMeta
from bot.api.shape import Shape


class MaintenanceLine(Shape):
    """Observer's update object, of maintenance; from `reference` on it is our own."""

    id: str
    title: str
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
    created_at: datetime
    reference: str = Field(examples=["MNT-7"])
    description: str
    timezone: str = Field(examples=["Europe/Berlin"])
    notify_channels: list[str] = Field(examples=[["C0ACTHQMHS8"]])
    notify_user_ids: list[str]
    customer_visible: bool
    runbook_url: str | None
    owner_id: str | None
    auto_start: bool
    auto_complete: bool
    reminders: list[int] = Field(examples=[[60]])
    matchers: list[str] = Field(examples=[['job="database"']])
    cancel_reason: str | None = Field(examples=["The disks did not arrive."])
    recurrence: str | None = Field(examples=["FREQ=WEEKLY;BYDAY=TU"])
    series_id: str | None = Field(description="Of a recurring one, its first occurrence.")
    occurrence_at: datetime | None = Field(description="The start that the rule gave it.")
    exceptions: list[datetime]
    created_by: str | None
    updated_at: datetime
    version: int


class ProgressLine(Shape):
    id: str
    type: Literal["Progress"]
    description: str
    date: datetime


class OtherWindow(Shape):
    id: str
    reference: str = Field(examples=["MNT-8"])
    title: str
    scheduled_start_at: datetime
    scheduled_end_at: datetime


class Warned(Shape):
    """Nothing that keeps it from being scheduled, but worth knowing."""

    code: Literal["overlap"]
    message: str
    maintenance: OtherWindow
    affected_services: list[str] = Field(
        description="The names of those both affect.", examples=[["Database"]]
    )


class AlertCounts(Shape):
    suppressed: int = Field(
        description="How many it kept from calling anybody, without those handed to another one."
    )
    firing: int = Field(description="Those of them that still fire.")


class MaintenanceWhole(MaintenanceLine):
    messages: list[ProgressLine]
    warnings: list[Warned]
    alerts: AlertCounts


class MaintenanceAnswer(MaintenanceWhole):
    """The maintenance's keys on top, and again under `data`."""

    data: MaintenanceWhole
    meta: OneMeta


class HistoryLine(Shape):
    """One thing that happened to it."""

    id: str
    type: str = Field(examples=["maintenance.started"])
    description: str = Field(examples=["Alice Archer started MNT-7 (Database upgrade)."])
    actor: str
    actor_id: str | None
    date: datetime


class SuppressedIncident(Shape):
    id: str
    reference: str = Field(examples=["INC-42"])
    title: str


class SuppressedLine(Shape):
    """An alert that the window kept from calling anybody; `incident` is what it became since."""

    id: str
    title: str
    description: str
    status: Literal["firing", "resolved"]
    alert_source_id: str
    deduplication_key: str
    labels: dict[str, str]
    started_at: datetime
    ended_at: datetime | None
    incident: SuppressedIncident | None


class SuppressedMeta(Shape):
    total: int = Field(description="All of them, on whatever page.")
    limit: int


class SuppressedAnswer(Shape):
    """A list, under the names that both products have for it."""

    data: list[SuppressedLine]
    items: list[SuppressedLine]
    meta: SuppressedMeta
    next_cursor: str | None = Field(description="Where the next page begins; null on the last one.")
