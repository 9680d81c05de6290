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
