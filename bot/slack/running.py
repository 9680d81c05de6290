"""Work that must not be lost: kept until it ends, answered for in time, awaited at shutdown."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

T = TypeVar("T")
PROMPT = 2.2
"""Seconds. Slack gives up after three, and the way to us and back takes part of them."""

log = structlog.get_logger(__name__)


class Running:
    def __init__(self, prompt: float = PROMPT) -> None:
        self._prompt = prompt
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """The event loop itself holds tasks only weakly."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def in_time(self, task: asyncio.Task[T]) -> bool:
        """Whether it ended while Slack still waits for an answer. It goes on if not."""
        await asyncio.wait({task}, timeout=self._prompt)
        return task.done()

    async def drain(self, grace: float) -> None:
        """Give what is running `grace` seconds, then stop it."""
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=grace)
            for task in late:
                task.cancel()
            if late:
                log.warning("slack_work_cut_off", count=len(late))
                await asyncio.wait(late, timeout=1)
