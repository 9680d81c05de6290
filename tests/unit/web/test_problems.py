"""What was raised becomes one body in one set of words."""

from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest
from aiohttp import web

from bot.web.paths import shown_path
from bot.web.problems import LABELS, Issue, Problem, body_of, type_of
from bot.web.refusals import REFUSALS, UNEXPECTED, problem_of
from bot.web.times import instant
from core.errors import CoreError, InvalidInput

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


def _kinds(base: type[CoreError]) -> set[type[CoreError]]:
    return {base, *(kind for child in base.__subclasses__() for kind in _kinds(child))}


def test_every_refusal_of_the_core_has_a_status() -> None:
    of_the_core = {kind for kind in _kinds(CoreError) if kind.__module__ == CoreError.__module__}
    assert set(REFUSALS) == of_the_core - {CoreError}


@pytest.mark.parametrize("kind", list(REFUSALS))
def test_a_refusal_is_told_in_the_cores_words(kind: type[CoreError]) -> None:
    error = InvalidInput("No.", field="title") if kind is InvalidInput else kind("No.")

    problem = problem_of(error, method="GET", path="/")

    assert problem.status == REFUSALS[kind][0]
    assert problem.issues[0].message == "No."


def test_everything_that_is_wrong_has_an_entry_of_its_own() -> None:
    others = [("severity", "There is no such severity.")]
    error = InvalidInput("The title is too long.", field="title", others=others)

    problem = problem_of(error, method="POST", path="/")

    assert [(issue.code, issue.field, issue.message) for issue in problem.issues] == [
        ("invalid_value", "title", "The title is too long."),
        ("invalid_value", "severity", "There is no such severity."),
    ]


def test_a_busy_database_says_when_to_come_back() -> None:
    (busy,) = [kind for kind, (status, _) in REFUSALS.items() if status == 503]

    assert problem_of(busy("Busy."), method="GET", path="/").headers == {"Retry-After": "1"}


def test_what_nobody_foresaw_is_a_fault_of_ours() -> None:
    assert problem_of(KeyError("x"), method="GET", path="/") is UNEXPECTED


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (web.HTTPNotFound(), 404),
        (web.HTTPMethodNotAllowed("PUT", ["GET"]), 405),
        (web.HTTPRequestEntityTooLarge(1), 413),
        (web.HTTPBadGateway(), 500),
        (web.HTTPTooManyRequests(), 429),
        (web.HTTPUnavailableForLegalReasons(link=None), 400),
        (web.RequestPayloadError("half"), 400),
    ],
)
def test_aiohttps_own_errors_are_told_alike(error: Exception, status: int) -> None:
    problem = problem_of(error, method="PUT", path="/x")

    assert problem.status == status
    assert problem.issues[0].message.endswith(".")


@pytest.mark.parametrize("status", LABELS)
def test_every_status_has_a_type(status: int) -> None:
    assert type_of(status) == ("api_error" if status >= 500 else type_of(status))
    assert type_of(status).islower()


def test_a_body_can_say_more() -> None:
    issue = Issue(code="not_ready", message="Not ready.")
    problem = Problem(status=503, issues=(issue,), extra={"checks": {"database": "ok"}})

    body = orjson.loads(body_of(problem, path="/health/ready", request_id="r", now=NOON))

    assert body["checks"] == {"database": "ok"}
    assert body["title"] == "Service unavailable"


def test_a_nested_field_has_a_pointer_into_the_body() -> None:
    issue = Issue(code="is_required", message="No.", field="alerts.0.status")

    body = orjson.loads(
        body_of(Problem(status=422, issues=(issue,)), path="/", request_id="r", now=NOON)
    )

    assert body["errors"][0]["source"]["pointer"] == "/alerts/0/status"
    assert body["meta"]["issues"] == [
        {"code": "is_required", "message": "No.", "path": "alerts.0.status"}
    ]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/webhooks/alertmanager/s3cret", "/webhooks/alertmanager/…"),
        ("/webhooks/alertmanager/s3cret/more", "/webhooks/alertmanager/…"),
        ("/webhooks/alertmanager", "/webhooks/alertmanager"),
        ("POST /webhooks/x/s3cret HTTP/1.1", "POST /webhooks/x/… HTTP/1.1"),
        ("/api/v1/incidents/INC-1", "/api/v1/incidents/INC-1"),
        ("/\udcff", "/?"),
    ],
)
def test_a_path_is_shown_without_its_token(path: str, shown: str) -> None:
    assert shown_path(path) == shown


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (NOON, "2030-01-01T12:00:00.000Z"),
        (NOON.replace(microsecond=123_999), "2030-01-01T12:00:00.123Z"),
        (NOON.astimezone(timezone(timedelta(hours=2))), "2030-01-01T12:00:00.000Z"),
        (None, None),
    ],
)
def test_times_are_written_in_milliseconds_of_utc(at: datetime | None, written: str | None) -> None:
    assert instant(at) == written
