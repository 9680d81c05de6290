"""The operations on what looks like an incident."""

from bot.api.knowledge.likeness_shapes import (
    Judgement,
    SimilarAnswer,
    SimilarQuery,
    VerdictAnswer,
    VerdictLine,
)
from bot.api.lists_v1 import Many
from bot.api.operations import Operation, Tag
from bot.api.paging import PageQuery
from core.domain.actor import Permission

SIMILAR = Operation(
    method="GET",
    path="/api/v1/incidents/{id}/similar",
    name="list_similar",
    summary="What looks like an incident",
    description="Past incidents with what fixed them, and what else may help; as it is now, "
    "without what somebody said is not related. Of each type only what the caller may read.",
    tag=Tag.TOCSIN,
    needs=Permission.READ_INCIDENTS,
    query=SimilarQuery,
    answers={200: SimilarAnswer},
)
JUDGE = Operation(
    method="PUT",
    path="/api/v1/incidents/{id}/similar/{other_id}",
    name="judge_similar",
    summary="Say whether something has the same cause or is not related",
    description="It need not have been found, but the caller must be able to read it. "
    "Later searches heed it.",
    tag=Tag.TOCSIN,
    needs=Permission.WRITE_INCIDENTS,
    body=Judgement,
    answers={200: VerdictAnswer},
    example={"verdict": "same_cause"},
)
VERDICTS = Operation(
    method="GET",
    path="/api/v1/search/verdicts",
    name="list_verdicts",
    summary="What people said of likenesses, newest first",
    description="With what search believed of them, so that it can be held against it. "
    "Only those on what the caller may read.",
    tag=Tag.TOCSIN,
    needs=Permission.READ_INCIDENTS,
    query=PageQuery,
    answers={200: Many[VerdictLine]},
)
