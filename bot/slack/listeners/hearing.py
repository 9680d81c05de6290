"""What Slack tells is carried out while it waits, and tried again when it no longer does."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeAlias

import structlog

from bot.slack.running import Running
from core.errors import Conflict, CoreError, Unavailable
from core.ports import Undeliverable, Unreachable

Work: TypeAlias = Callable[[], Coroutine[Any, Any, None]]
Acknowledge: TypeAlias = Callable[[], Awaitable[Any]]

PAUSES = (2.0, 20.0, 60.0)
"""Seconds before each of the further attempts, unless the other side says how long."""

LONGEST = 120.0
PASSING = (Conflict, Unavailable, Unreachable)

log = structlog.get_logger(__name__)


async def heard(
    running: Running,
    work: Work,
    acknowledge: Acknowledge,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Slack tells once more what failed in time; what fails later is tried again here. `work`
    must be such that it happens once, however often it is begun."""
    task = running.start(_unless_refused(work))
    if await running.in_time(task):
        task.result()
    else:
        running.start(_afterwards(task, work, sleep))
    await acknowledge()


async def _afterwards(
    first: asyncio.Task[None], work: Work, sleep: Callable[[float], Awaitable[None]]
) -> None:
    attempt: Awaitable[None] = first
    for pause in PAUSES:
        try:
            return await attempt
        except PASSING as failure:
            log.info("slack_event_tried_again", reason=str(failure))
            await sleep(min(getattr(failure, "retry_after", None) or pause, LONGEST))
            attempt = _unless_refused(work)
    try:
        await attempt
    except PASSING as failure:
        log.warning("slack_event_lost", reason=str(failure))


async def _unless_refused(work: Work) -> None:
    """A pin is nobody's question: who may not keep messages is not told so each time."""
    try:
        await work()
    except (Conflict, Unavailable):
        raise
    except CoreError as refusal:
        log.info("slack_message_not_kept", reason=type(refusal).__name__)
    except Undeliverable as refusal:
        log.info("slack_message_not_kept", reason=str(refusal))
