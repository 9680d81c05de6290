"""The edge of the Slack door: whatever goes wrong becomes a sentence for the person."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.slack.blocks import View
from bot.slack.gesture import Reply, reply
from bot.slack.grammar import UsageError
from core.errors import Conflict, CoreError, InvalidInput, Unavailable
from core.language import known, say, to_say
from core.ports import Undeliverable, Unreachable

T = TypeVar("T")

log = structlog.get_logger(__name__)

BROKEN = to_say("Something broke on Tocsin's side; it has been logged. Please try again.")
EXPIRED = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})


class FieldError(Exception):
    """A form is refused, for one reason or several; one without a field of its own stands at the
    first one. `flaws` are (field, message)."""

    def __init__(self, flaws: Sequence[tuple[str, str]]) -> None:
        super().__init__(" ".join(message for _, message in flaws))
        self.flaws = tuple(flaws)


async def answered(work: Awaitable[Reply | None]) -> Reply | None:
    """What `work` answers, or why it could not."""
    try:
        return await work
    except Exception as failure:  # noqa: BLE001 - the edge of this door
        return reply(sentence_of(failure))


async def shown(work: Awaitable[View], saying: Callable[[str], View]) -> View:
    """The view that `work` makes, or one that says why it could not."""
    try:
        return await work
    except Exception as failure:  # noqa: BLE001 - the edge of this door
        return saying(sentence_of(failure))


async def checked(work: Awaitable[T]) -> T:
    """The same for a form: a refusal is a `FieldError`, shown in the form, which stays open."""
    try:
        return await work
    except Exception as failure:
        raise FieldError(_flaws(failure)) from failure


def _flaws(failure: Exception) -> Sequence[tuple[str, str]]:
    match failure:
        case InvalidInput(flaws=flaws):
            return flaws
        case _:
            return [("", sentence_of(failure))]


def sentence_of(failure: Exception) -> str:
    match failure:
        case CoreError() | UsageError() | FieldError():
            return known(str(failure))
        case Unreachable() | Undeliverable():
            log.warning("slack_refused_an_answer", reason=str(failure))
            return _about_slack(failure)
        case _:
            log.error("slack_listener_failed", exc_info=failure)
            return say(BROKEN)


def _about_slack(failure: Unreachable | Undeliverable) -> str:
    if getattr(failure, "code", "") in EXPIRED:
        return say("Slack gave up waiting for the form; please try once more.")
    return say("{failure} Nothing was lost; please try once more.", failure=failure)


def register(app: AsyncApp) -> None:
    app.error(unhandled)


async def unhandled(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """Listeners answer for themselves; here is what reached none of them. Of what happened Slack
    tells once more what is not taken; what people do it hands over once."""
    match error:
        case BoltUnhandledRequestError():
            log.info("slack_request_without_listener")
            return BoltResponse(status=200, body="")
        case Conflict() | Unavailable() | Unreachable() if "event" in body:
            log.info("slack_event_put_off", reason=str(error))
            return BoltResponse(status=503, body="")
        case CoreError():
            log.warning("slack_request_refused", reason=str(error))
            return BoltResponse(status=200, body=str(error) if "command" in body else "")
        case _:
            log.error("slack_request_failed", exc_info=error)
            return BoltResponse(status=500, body="")
