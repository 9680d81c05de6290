"""What OpsKnight's clients send and get; unknown keys are ignored, and so is a bad limit."""

from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from bot.api.moments import Moment
from bot.api.shape import Shape

DEFAULT_LIMIT, MOST = 50, 200
FARTHEST = 10**12
LONGEST_PRIORITY = 20

UrgencyShown: TypeAlias = Literal["HIGH", "MEDIUM", "LOW"]
UrgencyWord: TypeAlias = Annotated[
    str, Field(description="HIGH, MEDIUM or LOW, in any case.", examples=["HIGH"])
]
StatusWord: TypeAlias = Annotated[
    str,
    Field(
        description="OPEN (triggered), ACKNOWLEDGED, RESOLVED, SNOOZED or SUPPRESSED, in any case.",
        examples=["acknowledged"],
    ),
]


def _limit(value: Any) -> int:
    """At most 200; what is no number from 1 up is 50."""
    number = _number(value)
    return DEFAULT_LIMIT if number < 1 else min(number, MOST)


def _number(value: Any) -> int:
    text = str(value).strip()
    plain = text.isascii() and text.isdecimal() and len(text) < len(str(FARTHEST))
    return int(text) if plain else 0


def _given(value: Any) -> Any:
    """A parameter that is there but blank is absent."""
    return value.strip() or None if isinstance(value, str) else value


Filter: TypeAlias = Annotated[str | None, BeforeValidator(_given)]
Time: TypeAlias = Annotated[Moment | None, BeforeValidator(_given)]


class IncidentsQuery(Shape):
    """Filters narrow each other."""

    limit: Annotated[
        int,
        BeforeValidator(_limit),
        Field(description="More than 200 are 200; what is no number is 50."),
    ] = DEFAULT_LIMIT
    offset: Annotated[
        int, BeforeValidator(_number), Field(description="How many to leave out first.")
    ] = 0
    status: Annotated[Filter, Field(description="OPEN and triggered are the same.")] = None
    service_id: Annotated[Filter, Field(alias="serviceId")] = None
    urgency: Annotated[Filter, Field(description="HIGH, MEDIUM or LOW.")] = None
    assignee_id: Annotated[Filter, Field(alias="assigneeId")] = None
    created_after: Annotated[Time, Field(alias="createdAfter")] = None
    created_before: Annotated[Time, Field(alias="createdBefore")] = None
    order: Annotated[Filter, Field(description="asc for the oldest first, else desc.")] = None


class NewIncident(Shape):
    title: Annotated[str, Field(examples=["Manual incident"])]
    service_id: Annotated[str, Field(alias="serviceId", examples=["svc_xyz"])]
    description: str | None = None
    urgency: UrgencyWord | None = None
    priority: Annotated[
        str | None, Field(max_length=LONGEST_PRIORITY, examples=["P1"], description="P1 to P5.")
    ] = None
    assignee_id: Annotated[str | None, Field(alias="assigneeId")] = None


class IncidentChange(Shape):
    """What is absent or null stays; only `assigneeId` means nobody when it is null or empty."""

    status: StatusWord | None = None
    urgency: UrgencyWord | None = None
    assignee_id: Annotated[
        str | None, Field(alias="assigneeId", description="A user's id, or empty for nobody.")
    ] = None


class NamedThing(Shape):
    id: str
    name: str


class IncidentShown(Shape):
    """`reference`, `severity` and `version` are our own."""

    id: str
    reference: str = Field(examples=["INC-42"])
    title: str
    description: str
    status: Literal["triggered", "OPEN", "ACKNOWLEDGED", "SNOOZED", "SUPPRESSED", "RESOLVED"]
    urgency: UrgencyShown
    priority: str | None
    severity: Literal["critical", "high", "medium", "low"]
    service: NamedThing | None
    assignee: NamedThing | None
    createdAt: datetime  # noqa: N815 - as it stands on the wire
    updatedAt: datetime  # noqa: N815
    acknowledgedAt: datetime | None  # noqa: N815
    resolvedAt: datetime | None  # noqa: N815
    version: int


class IncidentAnswer(IncidentShown):
    incident: IncidentShown


class IncidentsAnswer(Shape):
    incidents: list[IncidentShown]
    total: int
    limit: int
    offset: int
    hasMore: bool  # noqa: N815


class ServiceShown(Shape):
    id: str
    name: str
    description: str
    status: Literal["OPERATIONAL", "MAINTENANCE"]
    createdAt: datetime  # noqa: N815


class ServiceAnswer(Shape):
    service: ServiceShown


class ServicesAnswer(Shape):
    services: list[ServiceShown]
