"""Severities, statuses, types and roles on incident.io's wire; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from bot.api.shape import Shape
from core.usecases.standard import FARTHEST

Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=50, examples=["Sev zero"])]
Rank: TypeAlias = Annotated[
    int | None,
    Field(ge=-FARTHEST, le=FARTHEST, description="Absent: see the page on incident.io."),
]
Text: TypeAlias = Annotated[str, Field(max_length=10_000)]
Category: TypeAlias = Literal[
    "triage", "declined", "merged", "canceled", "live", "paused", "learning", "closed"
]


class SeverityV1(Shape):
    """A higher rank is worse."""

    id: str
    name: str
    description: str
    rank: int
    created_at: datetime
    updated_at: datetime


class SeveritiesV1(Shape):
    severities: list[SeverityV1]


class SeverityAnswerV1(Shape):
    severity: SeverityV1


class SeverityBodyV1(Shape):
    name: Name
    description: Text
    rank: Rank = None


class IncidentStatusV1(Shape):
    """Ranked within its category."""

    id: str
    name: str
    description: str
    category: Category
    rank: int
    created_at: datetime
    updated_at: datetime


class IncidentStatusesV1(Shape):
    incident_statuses: list[IncidentStatusV1]


class IncidentStatusAnswerV1(Shape):
    incident_status: IncidentStatusV1


class NewIncidentStatusV1(Shape):
    name: Name
    description: Text
    category: Literal["live", "learning", "closed"]
    rank: Rank = None


class IncidentStatusChangeV1(Shape):
    name: Name
    description: Text
    rank: Rank = None


class IncidentTypeV1(Shape):
    id: str
    name: str
    description: str
    is_default: bool
    private_incidents_only: bool
    create_in_triage: Literal["always", "optional"]
    created_at: datetime
    updated_at: datetime


class IncidentTypesV1(Shape):
    incident_types: list[IncidentTypeV1]


class IncidentTypeAnswerV1(Shape):
    incident_type: IncidentTypeV1


class IncidentRoleV2(Shape):
    id: str
    name: str
    shortform: str
    description: str
    instructions: str
    role_type: Literal["lead", "custom"]
    created_at: datetime
    updated_at: datetime


class IncidentRolesV2(Shape):
    incident_roles: list[IncidentRoleV2]


class IncidentRoleAnswerV2(Shape):
    incident_role: IncidentRoleV2


class IncidentRoleBodyV2(Shape):
    name: Annotated[str, Field(min_length=1, max_length=100, examples=["Customer liaison"])]
    shortform: Annotated[str, Field(max_length=50, examples=["liaison"])]
    description: Annotated[str, Field(min_length=1, max_length=10_000)]
    instructions: Text
