"""The sandbox's clock: still until pushed when virtual, running when real."""

import asyncio

import pytest

from sandbox.clock import Clock


async def test_virtual_time_stands_still_until_it_is_pushed() -> None:
    clock = Clock("virtual", start=1_000.0)

    await clock.advance(2.5)

    assert clock.seconds() == 1_002.5
    assert clock.now().timestamp() == 1_002.5


async def test_sleepers_wake_in_the_order_of_their_deadlines() -> None:
    clock, woken = Clock("virtual"), list[str]()

    async def sleeper(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(name)

    tasks = [asyncio.create_task(sleeper(*row)) for row in (("late", 20), ("early", 10))]
    await asyncio.sleep(0)
    await clock.advance(30)
    await asyncio.gather(*tasks)

    assert woken == ["early", "late"]


async def test_work_that_outlasts_its_time_is_given_up() -> None:
    clock, given_up = Clock("virtual"), asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            given_up.set()

    waiting = asyncio.create_task(clock.within(3, work()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await clock.advance(3)

    with pytest.raises(TimeoutError):
        await waiting
    await given_up.wait()


async def test_work_in_time_is_handed_on() -> None:
    clock = Clock("virtual")

    assert await clock.within(3, asyncio.sleep(0, "done")) == "done"


async def test_the_real_clock_can_be_pushed_too() -> None:
    clock = Clock("real")
    sleeping = asyncio.create_task(clock.sleep(3_600))
    await asyncio.sleep(0)

    await clock.advance(3_600)

    await sleeping
    assert clock.seconds() > clock.wall_seconds()


async def test_whoever_sleeps_again_wakes_in_the_same_push() -> None:
    clock, moments = Clock("virtual", start=1_000.0), list[float]()

    async def repeat() -> None:
        for _ in range(5):
            await clock.sleep(60)
            moments.append(clock.seconds() - 1_000.0)

    task = asyncio.create_task(repeat())
    await clock.advance(300)
    await task

    assert moments == [60, 120, 180, 240, 300]


async def test_odd_fractions_of_seconds_wake_nobody_late() -> None:
    clock, moments = Clock("virtual", start=1_763_000_000.123), list[float]()

    async def repeat() -> None:
        for _ in range(100):
            await clock.sleep(0.1)
            moments.append(round(clock.seconds() - 1_763_000_000.123, 3))

    task = asyncio.create_task(repeat())
    await clock.advance(10.05)
    await task

    assert moments[:3] == [0.1, 0.2, 0.3]
    assert moments[-1] == 10.0


async def test_what_travels_arrives_before_time_moves_on() -> None:
    clock, arrived_at = Clock("virtual", start=0.0), list[float]()

    async def travel() -> None:
        await clock.sleep(10)
        with clock.travelling():
            # A real connection takes its own time, and turns of the loop are not enough.
            await asyncio.to_thread(lambda: None)
        arrived_at.append(clock.seconds())

    task = asyncio.create_task(travel())
    await clock.advance(100)
    await task

    assert arrived_at == [10.0]


async def test_what_never_arrives_does_not_hold_the_time() -> None:
    clock = Clock("virtual", start=0.0)

    async def travel() -> None:
        with clock.travelling():
            await asyncio.Event().wait()

    task = asyncio.create_task(travel())
    await clock.advance(100)
    task.cancel()

    assert clock.seconds() == 100.0


async def test_two_pushes_at_once_follow_each_other() -> None:
    clock, moments = Clock("virtual", start=0.0), list[float]()

    async def sleeper() -> None:
        await clock.sleep(50)
        moments.append(clock.seconds())

    task = asyncio.create_task(sleeper())
    await asyncio.gather(clock.advance(40), clock.advance(40))
    await task

    assert moments == [50.0]
    assert clock.seconds() == 80.0
