"""Windows come due within a short time while the processes that watch them are killed again and
again."""

import asyncio
import contextlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from tests.integration.slack.stage import new_id
from tests.processes import Tocsin

LONGEST_LIFE = 4.0
"""Seconds between being ready and the next kill, at most."""

EVERY_RECURRING, EVERY_BY_HAND, EVERYBODY_DIES = 5, 4, 6
SHORTEST = 2.0
AT_ONCE = 20
BUSY = 503


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`count` windows that begin within `span` seconds, the first one `lead` seconds after
    somebody begins to schedule them, which must not take longer. Each lasts `longest` seconds at
    most. Slack takes about one message a second in each of the channels, of which `per_channel`
    windows share one."""

    count: int
    per_channel: int
    span: float
    longest: float
    lead: float
    kills: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    id: str
    reference: str
    start: datetime
    recurring: bool


@dataclass(slots=True)
class Siege:
    """`processes` work on one database; `seed` decides who dies when."""

    plan: Plan
    processes: Sequence[Tocsin]
    key: str
    seed: int
    windows: list[Window] = field(default_factory=list)
    kills: int = 0
    pressed: int = 0
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    async def run(self, channels: Sequence[str]) -> None:
        await asyncio.gather(*(process.start() for process in self.processes))
        await self._schedule(channels)
        hands = [asyncio.create_task(self._start_by_hand(one)) for one in self._by_hand()]
        await asyncio.sleep((min(one.start for one in self.windows) - _now()).total_seconds())
        for number in range(1, self.plan.kills + 1):
            await asyncio.sleep(self._chance.uniform(0.2, LONGEST_LIFE))
            everybody = number % EVERYBODY_DIES == 0
            await self._kill(self.processes if everybody else [self._chance.choice(self.processes)])
        await asyncio.gather(*hands)

    async def _schedule(self, channels: Sequence[str]) -> None:
        room = asyncio.Semaphore(AT_ONCE)
        begin = _now() + timedelta(seconds=self.plan.lead)
        wishes = [
            self._wish(number, begin, channels[number % len(channels)])
            for number in range(self.plan.count)
        ]

        async def ask(wish: dict[str, Any]) -> Window:
            async with room:
                made = await self._insist(wish)
            return Window(
                id=made["id"],
                reference=made["title"],
                start=datetime.fromisoformat(made["scheduled_start_at"]),
                recurring=bool(wish["recurrence"]),
            )

        self.windows = await asyncio.gather(*map(ask, wishes))
        assert _now() < begin, "Scheduling took too long on this machine; its plan needs more lead."

    def _wish(self, number: int, begin: datetime, channel: str) -> dict[str, Any]:
        start = begin + timedelta(seconds=self._chance.uniform(0, self.plan.span))
        end = start + timedelta(seconds=self._chance.uniform(SHORTEST, self.plan.longest))
        return {
            "title": f"Window {number} of {self.seed}",
            "scheduled_start_at": start.isoformat(),
            "scheduled_end_at": end.isoformat(),
            "notify_channels": [channel],
            "recurrence": "FREQ=DAILY" if number % EVERY_RECURRING == 0 else "",
        }

    def _by_hand(self) -> list[Window]:
        return self.windows[::EVERY_BY_HAND]

    async def _kill(self, doomed: Sequence[Tocsin]) -> None:
        """As a power cut would, and later somebody starts them again."""
        await asyncio.gather(*(one.kill() for one in doomed))
        self.kills += len(doomed)
        await asyncio.sleep(self._chance.uniform(0, 0.5))
        await asyncio.gather(*(one.start() for one in doomed))

    async def _start_by_hand(self, window: Window) -> None:
        """Somebody presses “start” at the very moment; a dead process does not answer them."""
        await asyncio.sleep((window.start - _now()).total_seconds())
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            await self._ask(f"/{window.id}/start", {})
            self.pressed += 1

    async def _insist(self, wish: dict[str, Any]) -> dict[str, Any]:
        """As a program does that is told “busy” (503), or nothing at all."""
        while True:
            try:
                return await self._ask("", wish, key=wish["title"])
            except (aiohttp.ClientError, TimeoutError) as failure:
                if getattr(failure, "status", BUSY) != BUSY:
                    raise
            await asyncio.sleep(0.5)

    async def _ask(self, path: str, body: dict[str, Any], key: str = "") -> dict[str, Any]:
        process = self._chance.choice(self.processes)
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": key or new_id("key")}
        patience = aiohttp.ClientTimeout(total=20)
        async with (
            aiohttp.ClientSession(timeout=patience, headers=headers) as session,
            session.post(f"{process.url}/api/v1/maintenances{path}", json=body) as answer,
        ):
            answer.raise_for_status()
            found: dict[str, Any] = await answer.json()
            return found


def _now() -> datetime:
    return datetime.now(UTC)
