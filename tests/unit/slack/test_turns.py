"""Turns are taken one at a time, the oldest first."""

import asyncio

import pytest

from bot.slack.delivery.turns import Turns


async def test_those_that_come_together_go_in_order() -> None:
    turns, order, open_up = Turns(), list[int](), asyncio.Event()

    async def take(number: int) -> None:
        async with turns.turn(number):
            order.append(number)
            await open_up.wait()

    async with asyncio.TaskGroup() as group:
        for number in (7, 9, 3, 5):
            group.create_task(take(number))
            await asyncio.sleep(0)
        open_up.set()

    assert order == [3, 5, 7, 9]


async def test_one_that_gives_up_waiting_keeps_nobody_from_their_turn() -> None:
    turns, order = Turns(), list[int]()

    async def take(number: int) -> None:
        async with turns.turn(number):
            order.append(number)

    async with turns.turn(1):
        second = asyncio.create_task(take(2))
        third = asyncio.create_task(take(3))
        await asyncio.sleep(0)
        second.cancel()
    await third

    assert order == [3]


async def test_one_that_is_stopped_as_its_turn_comes_passes_it_on() -> None:
    turns, order = Turns(), list[int]()

    async def take(number: int) -> None:
        async with turns.turn(number):
            order.append(number)

    async with turns.turn(1):
        second = asyncio.create_task(take(2))
        third = asyncio.create_task(take(3))
        await asyncio.sleep(0)
    second.cancel()
    await third

    assert order == [3]


async def test_a_failure_ends_the_turn() -> None:
    turns = Turns()

    with pytest.raises(ValueError, match="no"):
        async with turns.turn(1):
            raise ValueError("no")

    async with asyncio.timeout(5), turns.turn(2):
        pass
