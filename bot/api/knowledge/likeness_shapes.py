"""What looks like an incident, and what people say of it, on the wire."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from bot.api.closed_words import ANY_CASE
from bot.api.knowledge.search import ContentType, ResultsMeta
from bot.api.lists_v1 import OneMeta
from bot.api.paging import AtLeastOne
from bot.api.shape import Shape

VerdictWord: TypeAlias = Literal["same_cause", "not_related"]
Kind: TypeAlias = Literal["incident", "procedure", "article"]
Score: TypeAlias = Annotated[float, Field(ge=0, le=1)]


class SimilarQuery(Shape):
    limit: Annotated[AtLeastOne | None, Field(description="Most results; 10 if absent.")] = None
    content_types: list[ContentType] = Field(
        [], description="incident, procedure, article; absent: all."
    )
    min_confidence: Annotated[
        float, Field(ge=0, le=1, description="Leaves out what scores less.")
    ] = 0.0


class SimilarLine(Shape):
    """What only incidents have is null for procedures and articles."""

    id: str
    type: Kind
    title: str
    score: Annotated[Score, Field(description="0 where only a person named it.")]
    reason: str
    verdict: VerdictWord | None
    judged_by: str | None
    reference: str | None = Field(examples=["INC-42"])
    status: Literal["active", "resolved", "closed"] | None
    severity: Literal["critical", "high", "medium", "low"] | None
    created_at: datetime | None
    duration_seconds: int | None = Field(description="Null while it goes on.")
    lead: str | None
    services: list[str]
    resolution: str | None = Field(description="What fixed it.")
    root_cause: str | None


class SimilarAnswer(Shape):
    """Best first."""

    results: list[SimilarLine]
    meta: ResultsMeta


class Judgement(Shape):
    verdict: Annotated[VerdictWord | None, ANY_CASE, Field(description="Null takes it back.")]


class VerdictLine(Shape):
    """A verdict beside what was believed when the likeness was found: `score` and `rank` are 0
    where search had not found it, and `model` is empty where words alone had a say."""

    incident_id: str
    other_id: str
    type: Kind
    verdict: VerdictWord | None
    judged_by: str
    judged_at: datetime | None
    found_at: datetime
    score: Score
    rank: int
    reason: str
    model: str


class VerdictAnswer(VerdictLine):
    """The keys on top, and again under `data`."""

    data: VerdictLine
    meta: OneMeta
