"""What is done after the answer, so that nobody waits for it and nobody learns from the wait."""

import asyncio
from collections.abc import Coroutine

import structlog

MOST = 1_000
GRACE = 3.0
"""Seconds for what is still under way when the server stops."""

log = structlog.get_logger(__name__)


class Errands:
    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def full(self) -> bool:
        return len(self._tasks) >= MOST

    def run(self, errand: Coroutine[None, None, None]) -> None:
        if self.full:
            errand.close()
            log.warning("errand_dropped", advice="Too many are waiting; is the mail server slow?")
            return
        task = asyncio.get_running_loop().create_task(errand)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=GRACE)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
