"""What each of Slack's refusals means."""

from collections.abc import Callable

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.failures import DEFAULT_PAUSE, Refused, meant_by, without_answer
from core.ports import Unreachable


def answer(
    error: str | None, *, status: int = 200, headers: dict[str, str] | None = None
) -> SlackApiError:
    response = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="https://slack.example/api/x",
        req_args={},
        data={"ok": False, "error": error} if error else {},
        headers=headers or {},
        status_code=status,
    )
    failure: Callable[..., SlackApiError] = SlackApiError
    return failure("The request failed.", response)


@pytest.mark.parametrize(
    ("failure", "retry_after"),
    [
        (answer("ratelimited", status=429, headers={"Retry-After": "7"}), 7.0),
        (answer("rate_limited", headers={"retry-after": "3"}), 3.0),
        (answer("ratelimited", status=429), DEFAULT_PAUSE),
        (answer("ratelimited", status=429, headers={"Retry-After": "soon"}), DEFAULT_PAUSE),
    ],
)
def test_a_rate_limit_says_when_to_come_back(failure: SlackApiError, retry_after: float) -> None:
    meant = meant_by("chat.postMessage", failure, "#x")

    assert isinstance(meant, Unreachable)
    assert (meant.retry_after, meant.doubtful) == (retry_after, False)


@pytest.mark.parametrize(
    ("failure", "doubtful"),
    [
        (answer("internal_error"), True),
        (answer("fatal_error", status=500), True),
        (answer(None, status=503), True),
        (answer(None), True),
        (answer("token_revoked"), False),
        (answer("invalid_auth"), False),
        (answer("team_added_to_org"), False),
        (answer("org_login_required"), False),
    ],
)
def test_what_may_pass_is_tried_again(failure: SlackApiError, doubtful: bool) -> None:
    meant = meant_by("chat.postMessage", failure, "#x")

    assert isinstance(meant, Unreachable)
    assert (meant.retry_after, meant.doubtful) == (None, doubtful)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("is_archived", "#x is archived; unarchive it and replay."),
        ("not_in_channel", "Tocsin is not in #x; invite it, then replay."),
        ("too_many_pins", "#x has as many pinned messages as Slack allows; unpin one."),
        ("never_heard_of", "Slack refused pins.add for #x: never_heard_of."),
    ],
)
def test_what_is_final_is_a_sentence_for_a_person(code: str, sentence: str) -> None:
    meant = meant_by("pins.add", answer(code), "#x")

    assert isinstance(meant, Refused)
    assert (str(meant), meant.code) == (sentence, code)


@pytest.mark.parametrize(
    ("failure", "doubtful"),
    [
        (aiohttp.ConnectionTimeoutError(), False),
        (TimeoutError(), True),
        (aiohttp.ServerDisconnectedError(), True),
        (aiohttp.ClientPayloadError(), True),
        (ConnectionResetError(), True),
    ],
)
def test_no_answer_leaves_doubt_unless_nothing_was_sent(failure: Exception, doubtful: bool) -> None:
    assert without_answer(failure).doubtful is doubtful
