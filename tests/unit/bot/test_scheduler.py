"""The alarm clock rings and remembers nothing."""

import asyncio
from datetime import UTC, datetime, timedelta

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


async def test_an_alarm_rings_at_its_moment_and_only_the_last_one_of_its_name() -> None:
    now = datetime.now(UTC)
    rung: list[str] = []
    last = asyncio.Event()
    scheduler = Scheduler({}, now)
    scheduler.start()

    scheduler.ring_at("bell", now + timedelta(milliseconds=20), lambda: rung.append("replaced"))
    scheduler.ring_at("bell", now + timedelta(milliseconds=40), lambda: rung.append("last"))
    scheduler.ring_at("other", now + timedelta(milliseconds=80), last.set)
    await last.wait()
    await scheduler.stop()

    assert rung == ["last"]


async def test_an_alarm_whose_moment_has_long_passed_rings_at_once() -> None:
    rung = asyncio.Event()
    scheduler = Scheduler({}, datetime.now(UTC))
    scheduler.start()

    scheduler.ring_at("bell", datetime.now(UTC) - timedelta(days=365), rung.set)
    await rung.wait()
    await scheduler.stop()


async def test_an_alarm_that_is_set_while_it_rings_rings_again() -> None:
    scheduler = Scheduler({}, datetime.now(UTC))
    rung: list[int] = []
    often = asyncio.Event()

    def ring() -> None:
        rung.append(1)
        if len(rung) < 5:
            scheduler.ring_at("bell", datetime.now(UTC), ring)
        else:
            often.set()

    scheduler.start()
    scheduler.ring_at("bell", datetime.now(UTC), ring)
    await often.wait()
    await scheduler.stop()

    assert len(rung) == 5
