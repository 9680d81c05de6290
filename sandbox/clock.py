"""The sandbox's own time: the machine's clock, or a virtual one that moves only when told."""

import asyncio
import time
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Literal, TypeVar

Mode = Literal["real", "virtual"]
T = TypeVar("T")

# How many turns of the event loop sleepers get between two steps of a virtual advance.
TURNS_PER_STEP = 5
# How long, by the machine's clock, a step waits for what travels over a real connection. An app
# that answers needs far less; one that does not must not hold the sandbox's time.
PATIENCE_SECONDS = 0.25
GLANCE_SECONDS = 0.001
# Seconds since 1970 as a float are exact to a quarter of this.
EXACTNESS = 1e-6


class Clock:
    """Time that tests can push forward; `mode` says whether it also runs by itself."""

    def __init__(self, mode: Mode = "real", start: float | None = None) -> None:
        self.mode: Mode = mode
        self._ahead = 0.0
        self._spared = 0.0
        self._start = time.time() if start is None else start
        self._sleepers: dict[asyncio.Future[None], float] = {}
        self._travelling = 0
        self._pushing = asyncio.Lock()

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
        return time.time() + self._ahead + self._spared

    def paced_seconds(self) -> float:
        """The time by which calls are limited."""
        return self.seconds() + self._spared

    def spare(self, seconds: float) -> None:
        """Count so much as waited between two calls, though nobody has: a test leapt over it."""
        self._spared += seconds

    def stopwatch(self) -> float:
        """A number whose difference is milliseconds really spent, for the journal only."""
        return time.perf_counter() * 1000

    async def sleep(self, seconds: float) -> None:
        deadline = self.seconds() + seconds
        while (left := deadline - self.seconds()) > EXACTNESS:
            await self._wait(deadline, left)

    async def _wait(self, deadline: float, left: float) -> None:
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers[sleeper] = deadline
        try:
            await asyncio.wait({sleeper}, timeout=left if self.mode == "real" else None)
        finally:
            del self._sleepers[sleeper]

    @contextmanager
    def travelling(self) -> Iterator[None]:
        """Something is on its way over a real connection: time is not pushed past it in a hurry."""
        self._travelling += 1
        try:
            yield
        finally:
            self._travelling -= 1

    async def advance(self, seconds: float) -> None:
        """Push time forward, waking sleepers in the order of their deadlines."""
        async with self._pushing:
            await self._let_others_run()
            target = self._ahead + seconds
            while (step := self._next_step(target)) is not None:
                await self._move_to(step)
            await self._move_to(target)
            if self.mode == "real":
                # They wait by the machine's clock, and have less to wait for now.
                self._wake(list(self._sleepers))

    async def _move_to(self, ahead: float) -> None:
        self._ahead = ahead
        now = self.seconds() + EXACTNESS
        self._wake([one for one, deadline in self._sleepers.items() if deadline <= now])
        await self._let_others_run()

    def _next_step(self, target: float) -> float | None:
        now = self.seconds()
        steps = (self._ahead + deadline - now for deadline in self._sleepers.values())
        later = (step for step in steps if self._ahead + EXACTNESS < step < target)
        return min(later, default=None)

    def _wake(self, sleepers: list[asyncio.Future[None]]) -> None:
        for sleeper in sleepers:
            if not sleeper.done():
                sleeper.set_result(None)

    async def _let_others_run(self) -> None:
        await _turns()
        patience = time.monotonic() + PATIENCE_SECONDS
        while self._travelling and time.monotonic() < patience:
            await asyncio.sleep(GLANCE_SECONDS)
            if not self._travelling:
                # What arrived may send something else on its way.
                await _turns()

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


async def _turns() -> None:
    for _ in range(TURNS_PER_STEP):
        await asyncio.sleep(0)
