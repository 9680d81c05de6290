"""The one error body, and what can go wrong in its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from bot.web.times import instant

LABELS: Mapping[int, str] = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    408: "Request timeout",
    409: "Conflict",
    412: "Precondition failed",
    413: "Payload too large",
    415: "Unsupported media type",
    422: "Validation error",
    428: "Precondition required",
    429: "Too many requests",
    500: "Internal server error",
    503: "Service unavailable",
}

TYPES: Mapping[int, str] = {
    401: "authentication_error",
    403: "resource_forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    408: "request_timeout",
    409: "conflict",
    412: "precondition_failed",
    413: "payload_too_large",
    422: "validation_error",
    429: "too_many_requests",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One thing that is wrong. `field` is the caller's word, nested as `alerts.0.status`."""

    code: str
    message: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A refusal as HTTP has it. `extra` are keys that the body has besides the usual ones."""

    status: int
    issues: tuple[Issue, ...]
    headers: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


class Refusal(Exception):
    """Raised by a door; answered with its problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.issues[0].message)
        self.problem = problem


def refusal(
    status: int,
    code: str,
    message: str,
    *,
    field: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Refusal:
    """A refusal for one reason."""
    issue = Issue(code=code, message=message, field=field)
    return Refusal(Problem(status=status, issues=(issue,), headers=headers or {}))


def body_of(problem: Problem, *, path: str, request_id: str, now: datetime) -> bytes:
    """The body every refusal answers with, whichever product's client reads it."""
    label = LABELS.get(problem.status, "Error")
    body = {
        "detail": problem.issues[0].message,
        "error": label,
        "status_code": problem.status,
        "timestamp": instant(now),
        "path": path,
        "type": type_of(problem.status),
        "status": problem.status,
        "request_id": request_id,
        "errors": [_entry(issue) for issue in problem.issues],
        "title": label,
        "meta": {"issues": [_line(issue) for issue in problem.issues]},
        **problem.extra,
    }
    return orjson.dumps(body)


def type_of(status: int) -> str:
    fallback = "api_error" if status >= 500 else "invalid_request_error"
    return TYPES.get(status, fallback)


def _entry(issue: Issue) -> dict[str, Any]:
    entry: dict[str, Any] = _line(issue)
    if issue.field is not None:
        entry["source"] = {"field": issue.field, "pointer": f"/{issue.field.replace('.', '/')}"}
    return entry


def _line(issue: Issue) -> dict[str, str]:
    line = {"code": issue.code, "message": issue.message}
    return line if issue.field is None else {**line, "path": issue.field}
