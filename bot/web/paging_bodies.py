"""Refusals as the clients of PagerDuty and Opsgenie know them.

Those clients read a body of their product's own, so under these paths there is another than the
one that every other refusal answers with.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import orjson

from bot.web.problems import LABELS, Problem

RETRY_AFTER: Mapping[str, str] = {"Retry-After": "1"}
"""In seconds; a busy database is free again in less."""

PAGERDUTY = ("/pagerduty", "/api/integrations/pagerduty")
OPSGENIE = ("/opsgenie",)

Body: TypeAlias = Callable[[Problem, str], dict[str, Any]]


def throttled(problem: Problem) -> Problem:
    """Both products say 429 where others say 503; their clients come again soon after it."""
    if problem.status != 503:
        return problem
    return replace(problem, status=429, headers={**RETRY_AFTER, **problem.headers})


def pagerduty(problem: Problem) -> Problem:
    """Whatever is wrong with an event is 400 there, its key included."""
    if problem.status in (401, 403, 415, 422):
        return replace(problem, status=400)
    return throttled(problem)


def body_of_paging(path: str, problem: Problem, request_id: str) -> bytes | None:
    """The body of a refusal under a path of theirs; None anywhere else."""
    for place, body in BODIES.items():
        if path == place or path.startswith(f"{place}/"):
            return orjson.dumps(body(problem, request_id))
    return None


def _pagerduty(problem: Problem, _: str) -> dict[str, Any]:
    said = [issue.message for issue in problem.issues]
    if problem.status == 429:
        status, message = "throttle exceeded", "Requests are arriving too quickly; retry later."
    elif any(issue.code == "invalid_routing_key" for issue in problem.issues):
        status, message = "invalid key", "Event object is invalid"
    elif problem.status == 400:
        status, message = "invalid event", "Event object is invalid"
    else:
        status, message = "error", LABELS.get(problem.status, "Error")
    return {"status": status, "message": message, "errors": said}


def _opsgenie(problem: Problem, request_id: str) -> dict[str, Any]:
    named = {issue.field: issue.message for issue in problem.issues if issue.field}
    body: dict[str, Any] = {"message": problem.issues[0].message}
    if problem.status == 422 and named:
        body["errors"] = named
    return {**body, "took": 0.0, "requestId": request_id}


BODIES: Mapping[str, Body] = {
    **dict.fromkeys(PAGERDUTY, _pagerduty),
    **dict.fromkeys(OPSGENIE, _opsgenie),
}
