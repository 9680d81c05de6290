"""Which refusals an operation may answer, and how the one error body is described."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from bot.api.openapi.headers import refused
from bot.api.openapi.schemas import Json
from bot.api.operations import Access, Operation
from bot.api.shape import Shape
from bot.web import problems
from bot.web.families import in_the_family_of
from bot.web.problems import LABELS, Issue

WITH_A_BODY = frozenset({400, 408, 413, 415, 422})
"""What reading a body may end with."""


class Source(Shape):
    field: str
    pointer: str


class ProblemEntry(Shape):
    code: str = Field(examples=["is_required"])
    message: str
    path: str | SkipJsonSchema[None] = Field(
        None, description="The field, where it is one's fault."
    )
    source: Source | SkipJsonSchema[None] = None


class ProblemIssues(Shape):
    issues: list[ProblemEntry]


class RateLimitState(Shape):
    name: str
    limit: int
    remaining: int
    retry_after: int


class Problem(Shape):
    """The body of every refusal, with the keys that four products' clients read."""

    detail: str = Field(description="What is wrong, and the mend.")
    error: str = Field(description="The status in words.")
    title: str
    status: int
    status_code: int
    type: str
    timestamp: str
    path: str
    request_id: str
    errors: list[ProblemEntry] = Field(min_length=1)
    meta: ProblemIssues
    rate_limit: RateLimitState | SkipJsonSchema[None] = Field(None, description="With 429 only.")
    message: str | SkipJsonSchema[None] = Field(
        None, description="The same as detail; at /api/events only."
    )


SAMPLES: Mapping[int, Issue] = {
    400: Issue(code="malformed_json", message="The body is not valid JSON: it ends too soon."),
    401: Issue(
        code="missing_authorization_material",
        message="No authorization material provided in request",
    ),
    403: Issue(
        code="insufficient_scope",
        message="This API key may not do that; it takes one with the scope incidents:write.",
    ),
    404: Issue(code="not_found", message="There is no incident INC-4711."),
    408: Issue(code="request_timeout", message="The body did not arrive within 30 seconds."),
    409: Issue(code="conflict", message="This was changed by somebody else; read it again."),
    412: Issue(
        code="precondition_failed", message="It was changed since version 3; read it again."
    ),
    413: Issue(
        code="payload_too_large", message="The body is larger than 1 MiB, the most accepted."
    ),
    415: Issue(
        code="unsupported_media_type",
        message="A body of the type text/xml is not understood; send application/json.",
    ),
    422: Issue(code="is_required", message="Title is required.", field="title"),
    429: Issue(
        code="rate_limit_exceeded",
        message="One user or API key may make 1,200 requests a minute, and all of them are used "
        "up; try again in 17 seconds.",
    ),
    500: Issue(
        code="internal_error",
        message="Tocsin failed to answer this; the log has the reason under the request id.",
    ),
    503: Issue(code="unavailable", message="The database is busy; try again in a second."),
}
"""One refusal of each status."""

_LIMIT = {"name": "user", "limit": 1200, "remaining": 0, "retry_after": 17}
_MOMENT = datetime(2026, 11, 20, 23, 28, 33, 432_000, tzinfo=UTC)


def refusals_of(operation: Operation) -> list[int]:
    statuses = set(WITH_A_BODY) if operation.body else set()
    if operation.query or operation.unsafe:
        statuses.add(422)
    if operation.needs is not Access.PUBLIC:
        statuses |= {401, 403}
    if "{" in operation.path:
        statuses.add(404)
    if operation.unsafe:
        statuses.add(409)
    statuses |= {429, 500, 503, *operation.refuses}
    return sorted({_told_at(operation.path, status) for status in statuses})


def _told_at(path: str, status: int) -> int:
    """The status that the clients of this path know instead."""
    issue = Issue(code="", message="")
    return in_the_family_of(path, problems.Problem(status=status, issues=(issue,))).status


def reference(status: int) -> Json:
    return {"$ref": f"#/components/responses/{name_of(status)}"}


def name_of(status: int) -> str:
    return LABELS[status].title().replace(" ", "")


def response(status: int) -> Json:
    """A refusal as a response, with an example of its body."""
    return {
        "description": LABELS[status],
        "headers": refused(status),
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "example": _example(status),
            }
        },
    }


def _example(status: int) -> Any:
    label = LABELS[status]
    usual = Issue(code=label.lower().replace(" ", "_"), message=f"{label}.")
    problem = problems.Problem(
        status=status,
        issues=(SAMPLES.get(status, usual),),
        extra={"rate_limit": _LIMIT} if status == 429 else {},
    )
    body = problems.body_of(
        problem,
        path="/api/v1/incidents",
        request_id="8e3cc412-b49d-4957-9073-2c19d2c61804",
        now=_MOMENT,
    )
    return orjson.loads(body)
