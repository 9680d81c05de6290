"""The alarm clock: it only rings, and nothing is remembered here.

What is due is a question about rows and the time; a bell that was missed is made up for by the
next one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from core.errors import CoreError

ALARMS_AT_ONCE = 100
"""With one, an alarm that is set anew while it still rings would be skipped and gone for good."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Something to do at the start and then again and again, so many seconds apart."""

    every: float
    ring: Callable[[], Awaitable[None]]


class Scheduler:
    def __init__(self, ticks: Mapping[str, Tick], now: datetime) -> None:
        self._clockwork = AsyncIOScheduler(timezone="UTC")
        for name, tick in ticks.items():
            self._clockwork.add_job(
                _rung(tick),
                "interval",
                seconds=tick.every,
                next_run_time=now,
                id=name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        self._clockwork.start()

    def ring_at(self, name: str, moment: datetime, ring: Callable[[], None]) -> None:
        """Once, at that moment or at once if it has passed, and nobody else who was to be rung
        under this name."""

        async def rung() -> None:  # on the event loop; a plain function would run in a thread
            ring()

        self._clockwork.add_job(
            rung,
            "date",
            run_date=moment,
            id=name,
            replace_existing=True,
            misfire_grace_time=None,
            max_instances=ALARMS_AT_ONCE,
        )

    @property
    def running(self) -> bool:
        return bool(self._clockwork.running)

    async def stop(self) -> None:
        if self.running:
            self._clockwork.shutdown(wait=False)
            await asyncio.sleep(0)  # the clockwork stops in the next turn of the loop


def _rung(tick: Tick) -> Callable[[], Awaitable[None]]:
    async def ring() -> None:
        try:
            await tick.ring()
        except CoreError as refusal:
            log.warning("tick_refused", reason=str(refusal))
        except asyncio.CancelledError:
            return  # only a stop does that, and the next start rings again

    return ring
