"""What Slack's refusals mean: try again later, or a sentence for a person."""

import json
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from core.language import say, to_say
from core.ports import Undeliverable, Unreachable

DEFAULT_PAUSE = 30.0
"""Seconds, when Slack limits the rate without saying for how long."""


class Refused(Undeliverable):
    """Slack said no for good; `code` is its own word for why."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


RATE_LIMITED = frozenset({"ratelimited", "rate_limited", "too_many_requests"})
UNCERTAIN = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Slack documents of these that the call may have been carried out in part."""

LOCKED_OUT = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)
"""Mended by the person who runs Tocsin; until then everything waits."""

MOVING = frozenset({"org_login_required", "team_added_to_org"})
"""Slack answers so for as long as it moves the workspace into an organisation of Enterprise."""

ARCHIVED = to_say("{where} is archived; unarchive it and replay.")
"""One sentence for what posting and editing have different words for, so that it is told once."""

SENTENCES: Mapping[str, str] = {
    "cant_update_message": to_say("Slack does not let Tocsin edit its message in {where}."),
    "channel_is_limited_access": to_say(
        "Slack allows only some people into {where}; let Tocsin in."
    ),
    "channel_not_found": (
        to_say(
            "Slack does not know {where}, or Tocsin may not see it; if it is private, "
            "invite Tocsin, then replay."
        )
    ),
    "edit_window_closed": (
        to_say("The workspace's settings forbid editing messages that are older than a while.")
    ),
    "invalid_blocks": to_say("Slack did not accept the layout of the message for {where}."),
    "is_archived": ARCHIVED,
    "is_inactive": ARCHIVED,
    "message_limit_exceeded": to_say("The workspace has reached Slack's limit of messages."),
    "missing_scope": (
        to_say(
            "The Slack app lacks a permission (scope); update it from manifest.yml, "
            "install it again and replay."
        )
    ),
    "msg_too_long": to_say("The message for {where} is too long for Slack."),
    "not_in_channel": to_say("Tocsin is not in {where}; invite it, then replay."),
    "restricted_action": (
        to_say(
            "The workspace's settings do not let Tocsin do this ({method} in {where}); "
            "ask an administrator of the workspace to allow it, then replay."
        )
    ),
    "restricted_action_read_only_channel": to_say(
        "Only some people may post in {where}; let Tocsin."
    ),
    "too_many_pins": to_say("{where} has as many pinned messages as Slack allows; unpin one."),
    "messages_tab_disabled": to_say(
        "The Slack app's messages are switched off; switch the Messages tab on in its App Home."
    ),
    "user_is_restricted": to_say("Slack does not let Tocsin do this as a guest."),
}


def refusal(method: str, code: str, where: str) -> Unreachable | Refused:
    """What to raise for the error code of an answer that was no success."""
    if code in UNCERTAIN:
        return Unreachable(say("Slack had a failure of its own."), doubtful=True)
    if code in LOCKED_OUT:
        return Unreachable(
            say(
                "Slack no longer accepts Tocsin's token ({code}); install the app again or "
                "set SLACK_BOT_TOKEN anew.",
                code=code,
            )
        )
    if code in MOVING:
        return Unreachable(
            say(
                "Slack is moving the workspace into an organisation of Enterprise ({code}).",
                code=code,
            )
        )
    sentence = SENTENCES.get(code, to_say("Slack refused {method} for {where}: {code}."))
    text = say(sentence, where=where, method=method, code=code)
    return Refused(text[:1].upper() + text[1:], code=code)


def without_answer(failure: Exception) -> Unreachable:
    """What to raise when no answer came, or one nobody can read."""
    if isinstance(failure, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return Unreachable(say("Slack cannot be reached over the network."))
    if isinstance(failure, TimeoutError):
        return Unreachable(say("Slack did not answer in time."), doubtful=True)
    return Unreachable(say("The connection to Slack broke before its answer came."), doubtful=True)


def not_taken(status: int) -> Unreachable | Refused:
    """What to raise when the address for a file did not take it."""
    if status == 429 or status >= 500:
        return Unreachable(say("Slack did not take a file ({status}).", status=status))
    return Refused(say("Slack refused a file ({status}).", status=status), code=str(status))


def meant_by(method: str, failure: SlackApiError, where: str) -> Unreachable | Refused:
    """The answer was not `ok`: which of all the kinds of no it was."""
    status, headers, body = _parts(failure.response)
    code = body.get("error")
    if status == 429 or code in RATE_LIMITED:
        return Unreachable(say("Slack limits the rate."), retry_after=_seconds(headers))
    if status >= 500 or not isinstance(code, str):
        return Unreachable(
            say("Slack answered with an error of its own ({status}).", status=status), doubtful=True
        )
    return refusal(method, code, where)


NOT_ANSWERED = (aiohttp.ClientError, TimeoutError, OSError, json.JSONDecodeError, UnicodeError)


def _parts(response: Any) -> tuple[int, Mapping[str, str], Mapping[str, Any]]:
    """slack_sdk hands over its own response, or aiohttp's when the body was no JSON."""
    if isinstance(response, aiohttp.ClientResponse):
        return response.status, response.headers, {}
    body = response.data if isinstance(response.data, Mapping) else {}
    return response.status_code, response.headers or {}, body


def _seconds(headers: Mapping[str, str]) -> float:
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return max(float(given), 1.0) if given.isascii() and given.isdigit() else DEFAULT_PAUSE
