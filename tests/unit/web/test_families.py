"""The same refusal under different paths: each in the statuses that its clients know."""

import orjson
import pytest
from aiohttp import web

from bot.web.paging_bodies import body_of_paging
from bot.web.problems import body_of, refusal
from bot.web.refusals import problem_of
from core.errors import (
    Conflict,
    IllegalTransition,
    InvalidInput,
    KeyReused,
    NotFound,
    NotPermitted,
    Unavailable,
)
from tests.fakes.moment import NOON

OURS = "/api/v1/incidents"
INVALID = InvalidInput("The title is too long.", field="title")
MOVE = IllegalTransition("INC-1 is canceled; it cannot become open.")


def status(error: Exception, path: str) -> int:
    return problem_of(error, method="POST", path=path).status


@pytest.mark.parametrize("path", ["/api/incidents", "/api/incidents/inc_1", "/api/events"])
@pytest.mark.parametrize(
    "error", [INVALID, MOVE, KeyReused("Used."), refusal(422, "is_required", "A title is missing.")]
)
def test_what_is_invalid_is_a_bad_request_to_opsknights_clients(
    path: str, error: Exception
) -> None:
    assert status(error, path) == 400


@pytest.mark.parametrize("path", [OURS, "/v1/incidents", "/v2/incidents", "/api/incidentsandmore"])
def test_elsewhere_it_is_a_validation_error_or_a_conflict(path: str) -> None:
    assert status(INVALID, path) == 422
    assert status(MOVE, path) == 409


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NotFound("No."), 404),
        (NotPermitted("No."), 403),
        (Conflict("No."), 409),
        (Unavailable("Busy."), 503),
        (KeyError("x"), 500),
    ],
)
def test_opsknights_clients_are_told_everything_else_as_it_is(
    error: Exception, expected: int
) -> None:
    assert status(error, "/api/incidents") == expected


def test_a_bad_request_keeps_its_words_and_its_field() -> None:
    problem = problem_of(INVALID, method="POST", path="/api/incidents")

    body = orjson.loads(body_of(problem, path="/api/incidents", request_id="r", now=NOON))
    assert (body["status"], body["type"]) == (400, "invalid_request_error")
    assert body["error"] == "Bad request"
    assert body["errors"][0]["source"]["field"] == "title"


@pytest.mark.parametrize("path", ["/v1/incidents", "/v2/incidents/1", "/v2"])
@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Unavailable("Busy."), 429),
        (refusal(503, "not_ready", "Not ready."), 429),
        (refusal(415, "unsupported_media_type", "Send JSON."), 400),
        (refusal(428, "precondition_required", "Send If-Match."), 400),
        (web.HTTPNotImplemented(), 500),
        (web.HTTPGone(), 400),
        (refusal(412, "precondition_failed", "It changed."), 412),
        (KeyError("x"), 500),
    ],
)
def test_incident_ios_clients_see_only_statuses_which_they_know(
    path: str, error: Exception, expected: int
) -> None:
    assert status(error, path) == expected


def test_a_busy_database_asks_incident_ios_clients_to_come_back() -> None:
    problem = problem_of(Unavailable("Busy."), method="GET", path="/v2/incidents")

    body = orjson.loads(body_of(problem, path="/v2/incidents", request_id="r", now=NOON))
    assert problem.headers["Retry-After"] == "1"
    assert (body["status"], body["type"]) == (429, "too_many_requests")
    assert "rate_limit" not in body


@pytest.mark.parametrize("error", [INVALID, NotFound("No such service."), KeyError("x")])
def test_events_have_a_message_besides(error: Exception) -> None:
    problem = problem_of(error, method="POST", path="/api/events")

    body = orjson.loads(body_of(problem, path="/api/events", request_id="r", now=NOON))
    assert body["message"] == body["detail"]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (400, "invalid_request_error"),
        (406, "not_acceptable"),
        (408, "request_timeout"),
        (412, "precondition_failed"),
        (413, "payload_too_large"),
        (428, "invalid_request_error"),
        (429, "too_many_requests"),
        (500, "api_error"),
        (503, "api_error"),
    ],
)
def test_the_type_follows_from_the_status(number: int, kind: str) -> None:
    problem = refusal(number, "code", "Words.").problem

    body = orjson.loads(body_of(problem, path=OURS, request_id="r", now=NOON))
    assert body["type"] == kind


@pytest.mark.parametrize(
    "path", ["/pagerduty/v2/enqueue", "/api/integrations/pagerduty/v2/enqueue"]
)
@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (INVALID, 400),
        (refusal(401, "invalid_token", "No."), 400),
        (refusal(413, "payload_too_large", "No."), 413),
        (Unavailable("Busy."), 429),
        (KeyError("x"), 500),
    ],
)
def test_pagerdutys_clients_are_told_their_statuses(
    path: str, error: Exception, expected: int
) -> None:
    assert status(error, path) == expected


@pytest.mark.parametrize(("error", "expected"), [(INVALID, 422), (Unavailable("Busy."), 429)])
def test_opsgenies_clients_are_told_their_statuses(error: Exception, expected: int) -> None:
    assert status(error, "/opsgenie/v2/alerts") == expected


def test_elsewhere_a_refusal_has_the_one_body() -> None:
    problem = problem_of(INVALID, method="POST", path="/pagerdutyandmore")

    assert body_of_paging("/pagerdutyandmore", problem, "id") is None
    assert body_of_paging("/pagerduty", problem, "id") is not None
