"""Follow-ups on incident.io's wire; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from bot.api.dialects.incident_io.paging import Blankless
from bot.api.dialects.incident_io.people_shapes import ActorV2, UserV2
from bot.api.shape import Shape
from core.domain.follow_up import MAX_DESCRIPTION, MAX_LABEL, MAX_TITLE, MOST_LABELS

FollowUpStatus: TypeAlias = Literal["outstanding", "completed", "not_doing"]
Title: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=MAX_TITLE, examples=["Alert on the depth of the queue"])
]
Text: TypeAlias = Annotated[str | None, Field(max_length=MAX_DESCRIPTION)]
Label: TypeAlias = Annotated[str, Field(min_length=1, max_length=MAX_LABEL)]
Labels: TypeAlias = Annotated[list[Label] | None, Field(max_length=MOST_LABELS)]


class FollowUpV2(Shape):
    id: str
    incident_id: str
    title: str
    description: str
    status: FollowUpStatus
    labels: list[str]
    creator: ActorV2
    assignee: UserV2 | None = Field(None, description="Absent while it is nobody's.")
    completed_at: datetime | None = Field(None, description="Absent until it is completed.")
    created_at: datetime
    updated_at: datetime


class FollowUpsV2(Shape):
    follow_ups: list[FollowUpV2]


class FollowUpAnswerV2(Shape):
    follow_up: FollowUpV2


class FollowUpsQueryV2(Blankless):
    incident_id: str | None = None
    incident_mode: Annotated[
        Literal["standard", "retrospective", "test", "tutorial"] | None,
        Field(description="Absent: those of standard and retrospective incidents."),
    ] = None


class NewFollowUpV2(Shape):
    incident_id: str
    title: Title
    description: Text = None
    assignee_id: str | None = None
    labels: Labels = None


class FollowUpChangeV2(Shape):
    """What is absent stays; an `assignee_id` of null or "" leaves it with nobody."""

    title: Title
    status: FollowUpStatus
    description: Text = None
    assignee_id: str | None = None
    labels: Labels = None
