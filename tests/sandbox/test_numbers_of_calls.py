"""Each number a method holds to: one below and the number itself are taken, one above is not."""

from collections.abc import AsyncIterator

import pytest

from sandbox.facts import limits
from sandbox.model.messages import Draft
from sandbox.model.posting import post
from tests.sandbox.call_limits import CALL_LIMITS
from tests.sandbox.call_number import Number, places
from tests.sandbox.call_numbers import NUMBERS
from tests.sandbox.limit_vectors import VECTORS, VIEW_VECTORS
from tests.sandbox.stage import Stage, staged

# Tried by themselves: with the rules of Block Kit, with canvases, and where time passes.
BY_THEMSELVES = {
    "CANVAS_CHARACTERS",
    "DATA_TABLE_LEAST_ROWS",
    "TABLES_PER_MESSAGE",
    "SCHEDULED_WINDOW_SECONDS",
    "SCHEDULED_LOCK_SECONDS",
}
# Not sizes but waits and repetitions of deliveries, forms, URLs and sockets.
WAITS_AND_REPETITIONS = {
    "ANSWER_SECONDS",
    "RESPONSE_URL_SECONDS",
    "RESPONSE_URL_USES",
    "EVENT_RETRY_DELAYS",
    "DELAYED_EVENT_DELAYS",
    "EVENTS_PER_HOUR",
    "FAILURES_TOLERATED",
    "EVENTS_BEFORE_DISABLING",
    "LONGEST_WAIT_SECONDS",
    "SIGNATURE_SECONDS",
    "REDIRECTS",
    "ANSWER_BYTES",
    "SOCKETS",
    "SOCKET_WARNING_SECONDS",
    "SOCKET_SECONDS",
    "DEBUG_SOCKET_SECONDS",
    "TICKET_SECONDS",
    "PING_SECONDS",
    "PONG_SECONDS",
    "ACK_ON_ANOTHER_SOCKET_COUNTS",
    "SOCKET_GAP_SECONDS",
    "SOCKET_FAREWELL_SECONDS",
}
STEPS = {-1: "one below", 0: "at", 1: "one above"}


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as stage:
        yield stage


@pytest.mark.parametrize("step", STEPS, ids=STEPS.values())
@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number.name)
async def test_what_just_fits_is_taken_and_one_more_is_refused(
    stage: Stage, number: Number, step: int
) -> None:
    assert getattr(limits, number.limit) == number.most

    answer = await number.tried(stage, number.most + step)

    assert answer.get("error", "") == (number.error if step > 0 else ""), answer


def test_every_number_is_tried() -> None:
    known = {name for name in vars(limits) if name.isupper()} - WAITS_AND_REPETITIONS
    tried = {vector.limit for vector in (*VECTORS, *VIEW_VECTORS)} | set(CALL_LIMITS)

    assert tried | {number.limit for number in NUMBERS} | BY_THEMSELVES == known


@pytest.mark.parametrize(
    "method", ["chat.postMessage", "chat.postEphemeral", "chat.scheduleMessage"]
)
@pytest.mark.parametrize("step", STEPS, ids=STEPS.values())
async def test_a_text_beyond_forty_thousand_is_cut_and_noted(
    stage: Stage, method: str, step: int
) -> None:
    size = limits.TEXT_TRUNCATED_AT + step
    await stage.done(method, **places(stage)[method], text="x" * size)
    await stage.sandbox.advance(7_300)

    messages = stage.sandbox.world.workspace.messages[stage["room"]].values()
    assert max(len(message.text) for message in messages) == min(size, 40_000)
    codes = {finding["code"] for finding in await stage.sandbox.findings()}
    assert ("text_truncated" in codes) is (step > 0)


async def test_a_page_of_the_history_has_as_many_as_were_asked_for(stage: Stage) -> None:
    workspace = stage.sandbox.world.workspace
    for _ in range(limits.HISTORY_LIMIT + 1):
        post(workspace, Draft(channel=stage["room"], user=stage["alice"], text="x"))

    for limit in (limits.HISTORY_LIMIT - 1, limits.HISTORY_LIMIT):
        page = await stage.done("conversations.history", channel=stage["room"], limit=limit)
        assert len(page["messages"]) == limit
    nothing = await stage.call("conversations.history", channel=stage["room"], limit=0)
    assert nothing["error"] == "invalid_arguments"
