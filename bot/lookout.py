"""A loop that looks at a table once a second, or when woken, and outlives whatever happens."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import structlog

from core.errors import CoreError

LONGEST_SLEEP = 1.0
"""Seconds; other replicas change the table too, and nobody wakes us for that."""

Look: TypeAlias = Callable[[], Awaitable[None]]

log = structlog.get_logger(__name__)


class Lookout:
    """`name` is whose loop it is, for the log."""

    def __init__(self, look: Look, *, name: str) -> None:
        self._look = look
        self._name = name
        self._woken = asyncio.Event()
        self._caught_up = asyncio.Event()
        self.stopping = False

    def wake(self) -> None:
        """The table may have changed."""
        self._woken.set()

    def stop(self) -> None:
        """What is being done is finished; what is left is done at the next start."""
        self.stopping = True
        self._woken.set()
        self._caught_up.set()

    async def caught_up(self) -> None:
        """Returns once everything that came due during a downtime has been done."""
        await self._caught_up.wait()

    async def run(self) -> None:
        while not self.stopping:
            self._woken.clear()
            await self._turn()
            await self._sleep()

    async def _turn(self) -> None:
        """The outermost edge of one look at the table."""
        try:
            await self._look()
        except CoreError as refusal:
            log.warning("clock_waits_for_the_database", clock=self._name, reason=str(refusal))
        except Exception:
            log.exception("clock_stumbled", clock=self._name)
            self._caught_up.set()  # nobody waits for what never goes well
        else:
            self._caught_up.set()

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(LONGEST_SLEEP):
                await self._woken.wait()
        except TimeoutError:
            return
