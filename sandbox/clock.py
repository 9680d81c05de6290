"""The sandbox's own time: the machine's clock, or a virtual one that moves only when told."""

import asyncio
import time
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Literal, TypeVar

Mode = Literal["real", "virtual"]
T = TypeVar("T")

# How many turns of the event loop sleepers get between two steps of a virtual advance.
TURNS_PER_STEP = 5


class Clock:
    """Time that tests can push forward; `mode` says whether it also runs by itself."""

    def __init__(self, mode: Mode = "real", start: float | None = None) -> None:
        self.mode: Mode = mode
        self._ahead = 0.0
        self._start = time.time() if start is None else start
        self._sleepers: dict[asyncio.Future[None], float] = {}

    def seconds(self) -> float:
        """Seconds since 1970 in the sandbox."""
        return (time.time() if self.mode == "real" else self._start) + self._ahead

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds(), UTC)

    def wall_seconds(self) -> float:
        """Seconds since 1970 where the app lives: signatures are checked against its clock."""
        return time.time()

    def lived_seconds(self) -> float:
        """Time that passes by itself in both modes, for what is only watched, never enforced."""
        return time.time() + self._ahead

    def stopwatch(self) -> float:
        """A number whose difference is milliseconds really spent, for the journal only."""
        return time.perf_counter() * 1000

    async def sleep(self, seconds: float) -> None:
        deadline = self.seconds() + seconds
        while (left := deadline - self.seconds()) > 0:
            await self._wait(deadline, left)

    async def _wait(self, deadline: float, left: float) -> None:
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers[sleeper] = deadline
        try:
            await asyncio.wait({sleeper}, timeout=left if self.mode == "real" else None)
        finally:
            del self._sleepers[sleeper]

    async def advance(self, seconds: float) -> None:
        """Push time forward, waking sleepers in the order of their deadlines."""
        target = self._ahead + seconds
        while (step := self._next_step(target)) is not None:
            self._ahead = step
            self._wake()
            await self._let_others_run()
        self._ahead = target
        self._wake()
        await self._let_others_run()

    def _next_step(self, target: float) -> float | None:
        now = self.seconds()
        steps = (self._ahead + deadline - now for deadline in self._sleepers.values())
        return min((step for step in steps if self._ahead < step < target), default=None)

    def _wake(self) -> None:
        for sleeper in list(self._sleepers):
            if not sleeper.done():
                sleeper.set_result(None)

    async def _let_others_run(self) -> None:
        for _ in range(TURNS_PER_STEP):
            await asyncio.sleep(0)

    async def within(self, seconds: float, work: Awaitable[T]) -> T:
        """The result of the work; `TimeoutError` when the sandbox's time runs out first."""
        task = asyncio.ensure_future(work)
        alarm = asyncio.ensure_future(self.sleep(seconds))
        try:
            await asyncio.wait({task, alarm}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            raise TimeoutError
        finally:
            # Not awaited: waiting here would swallow a cancellation meant for the caller.
            task.cancel()
            alarm.cancel()
