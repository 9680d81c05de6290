"""Logs are JSON, carry the request's id, and tell no secrets."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import structlog
from aiohttp.http_exceptions import BadHttpMessage

from bot.observability import REDACTED, configure_logs


@pytest.fixture
def lines() -> Iterator[StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = StringIO()
    configure_logs("info", stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def told(lines: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_both_kinds_of_loggers_write_json(lines: StringIO) -> None:
    structlog.get_logger("ours").warning("delivery put aside", reason="No.")
    logging.getLogger("theirs").warning("port %d", 8000)

    ours, theirs = told(lines)

    assert (ours["event"], ours["reason"], ours["level"], ours["logger"]) == (
        "delivery put aside",
        "No.",
        "warning",
        "ours",
    )
    assert (theirs["event"], theirs["logger"]) == ("port 8000", "theirs")
    assert ours["timestamp"].endswith("Z")


def test_every_line_of_a_request_has_its_id(lines: StringIO) -> None:
    structlog.contextvars.bind_contextvars(request_id="r-1")

    structlog.get_logger("ours").warning("one")
    logging.getLogger("theirs").warning("two")

    assert [line["request_id"] for line in told(lines)] == ["r-1", "r-1"]


def test_libraries_are_heard_only_when_something_is_wrong(lines: StringIO) -> None:
    logging.getLogger("alembic.runtime.migration").info("Context impl SQLiteImpl.")
    logging.getLogger("asyncpg.pool").warning("Failed to restore the pool connection")
    logging.getLogger("alembic.runtime.migration").warning("one")
    logging.getLogger("asyncpg.pool").error("two")

    assert [line["event"] for line in told(lines)] == ["one", "two"]


def test_the_level_is_a_setting(lines: StringIO) -> None:
    structlog.get_logger("ours").debug("too much")
    logging.getLogger("bot.access").debug("too much")

    assert told(lines) == []


SECRETS = (
    "xoxb-12345-abcdefgh",
    "xapp-1-A123-456",
    "overwatch_ak_1a2b3c4d5e6f7890",
    "obs_pub_abcdefghijkl",
    "tocsin_abcdefghijkl",
    "ok_abcdefghijklmn",
)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_told_nowhere(lines: StringIO, secret: str) -> None:
    log = structlog.get_logger("ours")
    log.warning(f"sent with Bearer {secret}", headers={"note": [f"key {secret}"]})
    try:
        raise RuntimeError(secret)
    except RuntimeError:
        log.exception("failed")
    logging.getLogger("theirs").warning("POST /webhooks/alertmanager/%s", secret)

    assert len(told(lines)) == 3
    assert secret not in lines.getvalue()


@pytest.mark.parametrize("key", ["token", "api_key", "password", "Authorization", "bot_token"])
def test_what_is_named_like_a_secret_is_none_of_the_logs_business(
    lines: StringIO, key: str
) -> None:
    structlog.get_logger("ours").warning("set", settings={key: "hunter2"}, **{key: "hunter2"})

    (line,) = told(lines)
    assert (line[key], line["settings"][key]) == (REDACTED, REDACTED)


def test_a_password_in_a_database_url_is_not_told(lines: StringIO) -> None:
    structlog.get_logger("ours").warning("opened postgresql+asyncpg://tocsin:hunter2@db/tocsin")

    assert told(lines)[0]["event"] == f"opened postgresql+asyncpg://{REDACTED}@db/tocsin"


def test_a_request_that_is_no_http_leaves_no_traceback(lines: StringIO) -> None:
    try:
        raise BadHttpMessage("garbled")
    except BadHttpMessage:
        logging.getLogger("aiohttp.server").exception("Error handling request")

    (line,) = told(lines)
    assert "exception" not in line
    assert line["event"] == "malformed request refused: BadHttpMessage"


def test_a_fault_of_the_server_keeps_its_traceback(lines: StringIO) -> None:
    try:
        raise KeyError("x")
    except KeyError:
        logging.getLogger("aiohttp.server").exception("Error handling request")

    assert "KeyError" in told(lines)[0]["exception"]
