"""Work goes on after Slack has stopped waiting, and is awaited at the end."""

import asyncio

from bot.slack.running import Running


async def test_what_takes_longer_goes_on_and_is_not_lost() -> None:
    gate, done = asyncio.Event(), asyncio.Event()

    async def work() -> str:
        await gate.wait()
        done.set()
        return "late"

    running = Running(prompt=0.01)
    task = running.start(work())
    in_time = await running.in_time(task)
    gate.set()

    assert not in_time
    assert await task == "late"
    assert done.is_set()


async def test_what_is_running_at_the_end_is_waited_for() -> None:
    finished: list[str] = []

    async def work() -> None:
        await asyncio.sleep(0.02)
        finished.append("done")

    running = Running()
    running.start(work())

    await running.drain(grace=10)

    assert finished == ["done"]


async def test_what_never_ends_is_stopped_after_the_grace() -> None:
    running = Running()
    task = running.start(asyncio.Event().wait())

    await running.drain(grace=0.01)

    assert task.cancelled()
