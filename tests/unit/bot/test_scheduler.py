"""The alarm clock rings and remembers nothing."""

import asyncio
from datetime import UTC, datetime

from bot.scheduler import Scheduler, Tick


async def test_a_bell_rings_again_and_again_until_it_is_stopped() -> None:
    rung = asyncio.Semaphore(0)

    async def ring() -> None:
        rung.release()

    scheduler = Scheduler({"bell": Tick(every=0.01, ring=ring)}, datetime.now(UTC))
    scheduler.start()
    await rung.acquire()
    await rung.acquire()
    await scheduler.stop()

    assert not scheduler.running


async def test_a_bell_that_fails_rings_on() -> None:
    rung: list[int] = []
    often = asyncio.Event()

    async def ring() -> None:
        rung.append(1)
        if len(rung) > 2:
            often.set()
        raise ZeroDivisionError("oops")

    scheduler = Scheduler({"bell": Tick(every=0.01, ring=ring)}, datetime.now(UTC))
    scheduler.start()
    await often.wait()
    await scheduler.stop()

    assert len(rung) > 2


async def test_stopping_what_never_started_is_nothing() -> None:
    scheduler = Scheduler({}, datetime.now(UTC))

    await scheduler.stop()

    assert not scheduler.running
