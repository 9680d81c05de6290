"""Tasks on the wire; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from bot.api.closed_words import ANY_CASE
from bot.api.lists_v1 import OneMeta
from bot.api.moments import Moment
from bot.api.paging import PageQuery
from bot.api.shape import Shape

StatusWord: TypeAlias = Literal["outstanding", "completed", "not_doing"]
_WHO = "A user's id, address or name."
_DUE = "Whoever it is given to is reminded of it then."


class NewTask(Shape):
    title: Annotated[str, Field(examples=["Add an alert on the depth of the queue"])]
    description: str | None = None
    assignee: Annotated[str | None, Field(description=_WHO)] = None
    due_at: Annotated[Moment | None, Field(description=_DUE)] = None
    labels: list[str] | None = None


class TaskChange(Shape):
    """What is absent stays; a null or empty `assignee` means nobody, a null `due_at` no time."""

    title: str | None = None
    description: str | None = None
    status: Annotated[StatusWord | None, ANY_CASE] = None
    assignee: Annotated[str | None, Field(description=_WHO)] = None
    due_at: Annotated[Moment | None, Field(description=_DUE)] = None
    labels: list[str] | None = None


class TasksQuery(PageQuery):
    search: Annotated[str | None, Field(description="Text in the title, whatever the case.")] = None


class TaskLine(Shape):
    id: str
    incident_id: str
    title: str
    description: str
    status: StatusWord
    assignee: str | None = Field(description="The name of whoever it is given to.")
    assignee_id: str | None
    due_at: datetime | None
    labels: list[str]
    author: str = Field(description="Who wrote it down.")
    completed_at: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int


class TaskAnswer(TaskLine):
    data: TaskLine
    meta: OneMeta
