"""Incidents and their updates on incident.io's wire, in both versions; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from bot.api.dialects.incident_io.catalogue_shapes import (
    IncidentRoleV2,
    IncidentStatusV1,
    IncidentTypeV1,
    SeverityV1,
)
from bot.api.dialects.incident_io.field_shapes import CustomFieldEntry
from bot.api.dialects.incident_io.paging import (
    MOST_INCIDENTS,
    MOST_UPDATES,
    USUAL,
    After,
    Blankless,
    PaginationMeta,
    PaginationMetaWithTotal,
)
from bot.api.dialects.incident_io.people_shapes import ActorV2, UserV2
from bot.api.shape import Shape

StatusV1: TypeAlias = Literal[
    "triage", "investigating", "fixing", "monitoring", "closed", "declined"
]


class IncidentRoleAssignment(Shape):
    role: IncidentRoleV2
    assignee: UserV2 | None = Field(None, description="Absent for a role that nobody has.")


class IncidentTimestamp(Shape):
    id: str
    name: str
    rank: int


class TimestampValue(Shape):
    value: datetime


class IncidentTimestampWithValue(Shape):
    incident_timestamp: IncidentTimestamp
    value: TimestampValue


class NamedTimestamp(Shape):
    name: str
    last_occurred_at: datetime


class IncidentBase(Shape):
    id: str
    reference: str = Field(examples=["INC-42"])
    name: str
    summary: str
    created_at: datetime
    updated_at: datetime
    creator: ActorV2
    severity: SeverityV1
    incident_type: IncidentTypeV1
    custom_field_entries: list[CustomFieldEntry]
    incident_role_assignments: list[IncidentRoleAssignment]
    visibility: Literal["public", "private"]
    slack_channel_id: str = Field(description="Empty until there is a channel.")
    slack_channel_name: str | None = Field(None, description="Absent until there is a channel.")
    slack_team_id: str
    call_url: str | None = Field(None, description="Absent where there is no call.")
    postmortem_document_url: str | None = Field(None, description="Absent where there is none.")


class IncidentV2(IncidentBase):
    incident_status: IncidentStatusV1
    mode: Literal["standard", "retrospective", "test", "tutorial"]
    last_activity_at: datetime
    team_ids: list[str]
    incident_timestamp_values: list[IncidentTimestampWithValue]


class IncidentV1(IncidentBase):
    status: StatusV1
    mode: Literal["real", "test", "tutorial"]
    timestamps: list[NamedTimestamp]


class IncidentsV2(Shape):
    incidents: list[IncidentV2]
    pagination_meta: PaginationMetaWithTotal


class IncidentsV1(Shape):
    incidents: list[IncidentV1]
    pagination_meta: PaginationMetaWithTotal


class IncidentAnswerV2(Shape):
    incident: IncidentV2


class IncidentAnswerV1(Shape):
    incident: IncidentV1


class IncidentsQueryV1(Blankless):
    page_size: Annotated[int, Field(ge=1, le=MOST_INCIDENTS)] = USUAL
    after: After = None
    status: list[StatusV1] = Field([], description="Any of these.")


class IncidentUpdateV2(Shape):
    id: str
    incident_id: str
    message: str | None = Field(None, description="Absent where nothing was written.")
    new_incident_status: IncidentStatusV1
    new_severity: SeverityV1 | None = Field(None, description="Absent where it is not known.")
    updater: ActorV2
    created_at: datetime


class IncidentUpdatesV2(Shape):
    incident_updates: list[IncidentUpdateV2]
    pagination_meta: PaginationMeta


class IncidentUpdateAnswerV2(Shape):
    incident_update: IncidentUpdateV2


class IncidentUpdatesQueryV2(Blankless):
    incident_id: str | None = None
    page_size: Annotated[int, Field(ge=1, le=MOST_UPDATES)] = USUAL
    after: After = None
