"""The alarm clock rings and remembers nothing."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.scheduler import Scheduler, Tick
from core.errors import Unavailable


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


async def test_a_bell_that_still_rings_is_stopped_without_a_complaint(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ringing = asyncio.Event()

    async def ring() -> None:
        ringing.set()
        await asyncio.Event().wait()

    scheduler = Scheduler({"bell": Tick(every=60, ring=ring)}, datetime.now(UTC))
    scheduler.start()
    await ringing.wait()
    await scheduler.stop()
    await asyncio.sleep(0)

    assert caplog.messages == []


async def test_a_refusal_is_no_fault_of_the_clock(caplog: pytest.LogCaptureFixture) -> None:
    rung = asyncio.Event()

    async def ring() -> None:
        rung.set()
        raise Unavailable("The database is busy.")

    scheduler = Scheduler({"bell": Tick(every=60, ring=ring)}, datetime.now(UTC))
    scheduler.start()
    await rung.wait()
    await asyncio.sleep(0)
    await scheduler.stop()

    assert [record.levelname for record in caplog.records if record.levelname == "ERROR"] == []
