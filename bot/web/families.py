"""Families of paths whose clients expect other statuses for the same refusal."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.web.paging_bodies import OPSGENIE, PAGERDUTY, RETRY_AFTER, pagerduty, throttled
from bot.web.problems import Problem

__all__ = ["RETRY_AFTER", "calls_invalid_bad", "in_the_family_of"]

KNOWN_TO_INCIDENT_IO = frozenset({400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 422, 429, 500})
"""The client of that product takes any other for a surprise, and raises."""


def in_the_family_of(path: str, problem: Problem) -> Problem:
    """The refusal as the clients of this path know it; most know all statuses."""
    for prefix, adapt in FAMILIES.items():
        if _is_under(path, prefix):
            return adapt(problem)
    return problem


def calls_invalid_bad(path: str) -> bool:
    """Whether a step that is not possible is 400 there, as every other bad request is."""
    return any(_is_under(path, place) for place in OPSKNIGHT)


def _is_under(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")


def _opsknight(problem: Problem) -> Problem:
    return replace(problem, status=400) if problem.status == 422 else problem


def _opsknight_events(problem: Problem) -> Problem:
    """Whoever rings there speaks as to PagerDuty, and waits upon 429 as its clients do."""
    extra = {"message": problem.issues[0].message, **problem.extra}
    return throttled(replace(_opsknight(problem), extra=extra))


def _incident_io(problem: Problem) -> Problem:
    if problem.status in KNOWN_TO_INCIDENT_IO:
        return problem
    if problem.status == 503:
        return replace(problem, status=429, headers={**RETRY_AFTER, **problem.headers})
    return replace(problem, status=400 if problem.status < 500 else 500)


OPSKNIGHT = ("/api/incidents", "/api/events")
FAMILIES: Mapping[str, Callable[[Problem], Problem]] = {
    "/api/incidents": _opsknight,
    "/api/events": _opsknight_events,
    "/v1": _incident_io,
    "/v2": _incident_io,
    **dict.fromkeys(PAGERDUTY, pagerduty),
    **dict.fromkeys(OPSGENIE, throttled),
}
