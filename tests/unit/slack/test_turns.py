"""Turns are taken one at a time, the oldest first."""

import asyncio

import pytest

from bot.slack.delivery.turns import Turns
from core.ports import Unreachable


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


async def away(turns: Turns, number: int) -> None:
    with pytest.raises(Unreachable):
        async with turns.turn(number):
            raise Unreachable("Slack does not answer.")


async def test_one_that_could_not_reach_slack_is_not_overtaken() -> None:
    turns = Turns()
    await away(turns, 1)

    with pytest.raises(Unreachable, match="What came before it") as refusal:
        async with turns.turn(2):
            raise AssertionError("overtaken")

    assert refusal.value.retry_after
    assert not refusal.value.doubtful


async def test_those_behind_keep_their_places_too() -> None:
    turns, order = Turns(), list[int]()
    for number in (1, 2):
        await away(turns, number)

    async with turns.turn(1):
        order.append(1)
    await away(turns, 3)
    for number in (2, 3):
        async with turns.turn(number):
            order.append(number)

    assert order == [1, 2, 3]


async def test_those_before_one_that_is_away_go_on() -> None:
    turns, order = Turns(), list[int]()
    await away(turns, 2)

    async with turns.turn(1):
        order.append(1)

    assert order == [1]


async def test_one_that_comes_back_together_with_the_next_goes_first() -> None:
    turns, order = Turns(), list[int]()
    await away(turns, 1)

    async def take(number: int) -> None:
        async with turns.turn(number):
            order.append(number)

    async with asyncio.TaskGroup() as group:
        for number in (2, 1):
            group.create_task(take(number))
            await asyncio.sleep(0)

    assert order == [1, 2]


async def test_a_place_is_not_kept_for_ever() -> None:
    turns, order = Turns(place_kept=0.0), list[int]()
    await away(turns, 1)

    async with turns.turn(2):
        order.append(2)

    assert order == [2]
