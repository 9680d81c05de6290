"""The time by which a door paces itself; it leaps over waits, and the sandbox's referee with it."""

import asyncio
import time
from dataclasses import dataclass

from sandbox.clock import Clock


@dataclass(slots=True, kw_only=True)
class LeapingTime:
    """Nobody sits through a wait, and who sent without waiting is found out all the same."""

    slack: Clock
    ahead: float = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead

    async def sleep(self, seconds: float) -> None:
        until = self() + seconds
        await asyncio.sleep(0)
        self.leap(max(until - self(), 0.0))

    def leap(self, seconds: float) -> None:
        self.ahead += seconds
        self.slack.spare(seconds)
