"""One table from whatever was raised to the problem that is answered."""

from collections.abc import Mapping

from aiohttp import web

from bot.web.families import RETRY_AFTER, calls_invalid_bad, in_the_family_of
from bot.web.problems import LABELS, Issue, Problem, Refusal
from core.errors import (
    Conflict,
    CoreError,
    IllegalTransition,
    InvalidInput,
    KeyReused,
    NotFound,
    NotPermitted,
    Unavailable,
)

REFUSALS: Mapping[type[CoreError], tuple[int, str]] = {
    NotFound: (404, "not_found"),
    NotPermitted: (403, "not_permitted"),
    InvalidInput: (422, "invalid_value"),
    IllegalTransition: (409, "illegal_transition"),
    Conflict: (409, "conflict"),
    KeyReused: (422, "idempotency_key_reused"),
    Unavailable: (503, "unavailable"),
}

KNOWN = (Refusal, CoreError, web.HTTPException, web.RequestPayloadError)
"""What a handler may raise on purpose; anything else is a fault of ours."""

UNEXPECTED = Problem(
    status=500,
    issues=(
        Issue(
            code="internal_error",
            message="Tocsin failed to answer this; the log has the reason under the request id.",
        ),
    ),
)


def problem_of(error: BaseException, *, method: str, path: str) -> Problem:
    """What is answered, in the statuses of the path's family."""
    return in_the_family_of(path, _problem(error, method=method, path=path))


def _problem(error: BaseException, *, method: str, path: str) -> Problem:
    match error:
        case Refusal(problem=problem):
            return problem
        case IllegalTransition() if calls_invalid_bad(path):
            return _one(400, REFUSALS[IllegalTransition][1], str(error))
        case CoreError():
            return _refused(error)
        case web.HTTPException():
            return _from_aiohttp(error, method=method, path=path)
        case web.RequestPayloadError():
            return _one(400, "malformed_body", "The body ended before it was whole, or is garbled.")
        case _:
            return UNEXPECTED


def _refused(error: CoreError) -> Problem:
    status, code = REFUSALS.get(type(error), (500, "internal_error"))
    headers = RETRY_AFTER if status == 503 else {}
    return Problem(status=status, issues=_issues(error, status, code), headers=headers)


def _issues(error: CoreError, status: int, code: str) -> tuple[Issue, ...]:
    if isinstance(error, InvalidInput):
        flaws = error.flaws
        return tuple(Issue(code=code, message=message, field=field) for field, message in flaws)
    return (Issue(code=code, message=str(error) or LABELS[status]),)


def _from_aiohttp(error: web.HTTPException, *, method: str, path: str) -> Problem:
    if isinstance(error, web.HTTPMethodNotAllowed):
        allowed = ", ".join(sorted(error.allowed_methods))
        message = f"{method} is not possible at {path}; use {allowed}."
        return _one(405, "method_not_allowed", message, {"Allow": allowed})
    if isinstance(error, web.HTTPNotFound):
        return _one(404, "not_found", f"There is nothing at {path}.")
    status = error.status if error.status in LABELS else (500 if error.status >= 500 else 400)
    label = LABELS[status]
    return _one(status, label.lower().replace(" ", "_"), f"{label}.")


def _one(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Problem:
    return Problem(
        status=status, issues=(Issue(code=code, message=message),), headers=headers or {}
    )
