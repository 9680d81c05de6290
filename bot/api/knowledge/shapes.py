"""Procedures, executions and articles on the wire; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AliasChoices, Field

from bot.api.closed_words import ANY_CASE
from bot.api.incident_shapes import Ids
from bot.api.lists_v1 import OneMeta
from bot.api.record_pages import RecordsQuery
from bot.api.shape import Shape
from core.domain.procedure import MOST_STEPS

_TITLE = AliasChoices("title", "name")


class StepBody(Shape):
    title: Annotated[str, Field(examples=["Pause the pool"])]
    instructions: str | None = None
    command: str | None = None


class NewProcedure(Shape):
    """`name` is accepted for `title`."""

    title: Annotated[str, Field(validation_alias=_TITLE, examples=["Restart the pooler"])]
    description: str | None = None
    category: str | None = None
    tags: Ids | None = None
    severity_scope: Annotated[
        Ids | None, Field(description="Severities it is for; absent or empty: all.")
    ] = None
    steps: Annotated[list[StepBody] | None, Field(max_length=MOST_STEPS)] = None


class ProcedureChange(Shape):
    """What is absent or null stays."""

    title: Annotated[str | None, Field(validation_alias=_TITLE)] = None
    description: str | None = None
    category: str | None = None
    tags: Ids | None = None
    severity_scope: Ids | None = None
    steps: Annotated[list[StepBody] | None, Field(max_length=MOST_STEPS)] = None


class StepLine(Shape):
    title: str
    instructions: str
    command: str | None


class ProcedureLine(Shape):
    id: str
    title: str
    name: str = Field(description="The title again.")
    description: str
    category: str
    tags: list[str]
    severity_scope: list[Literal["critical", "high", "medium", "low"]]
    steps: list[StepLine]
    created_by: str | None
    created_at: datetime
    updated_at: datetime


class ProcedureAnswer(ProcedureLine):
    data: ProcedureLine
    meta: OneMeta


class Context(Shape):
    incident_id: str | None = None
    urgency: str | None = None


class NewExecution(Shape):
    context: Context | None = None


class ExecutionChange(Shape):
    status: Annotated[Literal["completed", "failed", "canceled"], ANY_CASE]


class ExecutionContext(Shape):
    incident_id: str | None
    urgency: str | None


class ExecutionLine(Shape):
    id: str
    procedure_id: str
    title: str
    status: Literal["running", "completed", "failed", "canceled"]
    context: ExecutionContext
    steps: list[StepLine] = Field(description="As the procedure had them when it began.")
    started_by: str
    started_at: datetime
    finished_at: datetime | None


class ExecutionAnswer(ExecutionLine):
    data: ExecutionLine
    meta: OneMeta


class ExecutionsQuery(RecordsQuery):
    procedure_id: Annotated[str | None, Field(description="Only those of this procedure.")] = None


class NewArticle(Shape):
    title: Annotated[str, Field(examples=["How the pooler works"])]
    body: Annotated[str, Field(examples=["Every service has a pool of its own."])]


class ArticleChange(Shape):
    """What is absent or null stays."""

    title: str | None = None
    body: str | None = None


class ArticleLine(Shape):
    id: str
    title: str
    body: str
    created_by: str | None
    created_at: datetime
    updated_at: datetime


class ArticleAnswer(ArticleLine):
    data: ArticleLine
    meta: OneMeta
