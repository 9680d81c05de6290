"""Checks 62 to 64: maintenance begins and ends when its time has come, with no request."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.maintenance_clock import Clockwork, MaintenanceClock
from sandbox.conversation.control import wait_for
from tests.contract.conftest import FAKE
from tests.fakes.moment import FakeClock, FakeIds
from tests.integration.api.checks.observer import MAINTENANCES, Observer, of
from tests.integration.api.doors import api_key
from tests.integration.api.doorstep import Doorstep, a_doorstep, opened

TONIGHT = {
    "scheduled_start_at": "2030-01-01T22:00:00Z",
    "scheduled_end_at": "2030-01-01T23:00:00Z",
}
"""Ten hours after the clock of the tests begins."""


@asynccontextmanager
async def ticking(door: Doorstep) -> AsyncIterator[MaintenanceClock]:
    """The clock of the running bot, which is told when the time of day has changed."""
    works = Clockwork(clock=door.clock, monotonic=time.monotonic, ring_at=lambda moment, ring: None)
    clock = MaintenanceClock(door.bus.execute, door.storage.chores, works)
    task = asyncio.create_task(clock.run())
    yield clock
    clock.stop()
    await task


@pytest.fixture
async def tower(doorstep: Doorstep) -> AsyncIterator[MaintenanceClock]:
    async with ticking(doorstep) as clock:
        yield clock


@pytest.fixture
async def o(doorstep: Doorstep) -> Observer:
    return await observer_at(doorstep)


async def observer_at(door: Doorstep) -> Observer:
    key = await api_key(door.bus, door.organization_id, scopes=["maintenances:write"])
    return Observer(door.client, key)


async def becomes(door: Doorstep, made: Any, state: str) -> None:
    """Returns when it is so; nobody asks the API meanwhile."""

    async def look() -> str | None:
        row = await door.storage.reads.maintenance(door.organization_id, made["id"])
        return state if row.maintenance.state == state else None

    await wait_for(look, f"{made['reference']} becomes {state}", patience=20)


async def kinds_of(o: Observer, made: Any) -> list[str]:
    return [line["type"] for line in (await o.get(of(made, "timeline")))["items"]]


async def test_check_62_it_starts_and_completes_by_itself(
    o: Observer, doorstep: Doorstep, tower: MaintenanceClock
) -> None:
    made = await o.maintenance(**TONIGHT)

    doorstep.clock.advance(hours=10)
    tower.wake()
    await becomes(doorstep, made, "in_progress")
    started = await o.get(of(made))
    doorstep.clock.advance(hours=1)
    tower.wake()
    await becomes(doorstep, made, "completed")
    completed = await o.get(of(made))

    assert (started["state"], started["actual_start_at"]) == (
        "in_progress",
        "2030-01-01T22:00:00.000Z",
    )
    assert (completed["state"], completed["actual_end_at"]) == (
        "completed",
        "2030-01-01T23:00:00.000Z",
    )


async def test_check_62_a_canceled_one_never_starts(
    o: Observer, doorstep: Doorstep, tower: MaintenanceClock
) -> None:
    canceled, other = await o.maintenance(**TONIGHT), await o.maintenance(**TONIGHT)
    await o.post(of(canceled, "cancel"), {"reason": "Not tonight."})

    doorstep.clock.advance(hours=12)
    tower.wake()
    await becomes(doorstep, other, "completed")

    shown = await o.get(of(canceled))
    assert (shown["state"], shown["actual_start_at"]) == ("canceled", None)
    assert await kinds_of(o, canceled) == ["maintenance.scheduled", "maintenance.canceled"]


async def test_check_62_whoever_starts_it_by_hand_is_not_followed_by_the_clock(
    o: Observer, doorstep: Doorstep, tower: MaintenanceClock
) -> None:
    made = await o.maintenance(**TONIGHT)

    await o.post(of(made, "start"))
    doorstep.clock.advance(hours=11)
    tower.wake()
    await becomes(doorstep, made, "completed")

    kinds = await kinds_of(o, made)
    assert (kinds.count("maintenance.started"), kinds.count("maintenance.completed")) == (1, 1)


async def test_check_62_a_request_and_the_clock_at_the_same_moment_start_it_once(
    o: Observer, doorstep: Doorstep, tower: MaintenanceClock
) -> None:
    every = [await o.maintenance(**TONIGHT) for _ in range(5)]

    doorstep.clock.advance(hours=10)
    tower.wake()
    await asyncio.gather(*(o.post(of(made, "start")) for made in every))

    for made in every:
        assert (await kinds_of(o, made)).count("maintenance.started") == 1


async def test_check_63_a_restart_loses_no_window(
    url: str, clock: FakeClock, new_id: FakeIds
) -> None:
    storage = await opened(url, clock, new_id)
    async with a_doorstep(storage, clock) as before, ticking(before):
        made = await (await observer_at(before)).maintenance(**TONIGHT)
    if url != FAKE:
        await storage.close()
        storage = await opened(url, clock, new_id)

    clock.advance(hours=10)
    async with a_doorstep(storage, clock) as after, ticking(after):
        await becomes(after, made, "in_progress")
    await storage.close()


async def test_check_63_one_that_passed_meanwhile_is_started_and_completed_at_once(
    o: Observer, doorstep: Doorstep
) -> None:
    made = await o.maintenance(**TONIGHT)
    doorstep.clock.advance(days=2)

    async with ticking(doorstep):
        await becomes(doorstep, made, "completed")

    shown = await o.get(of(made))
    assert shown["actual_start_at"] == shown["actual_end_at"] == "2030-01-03T12:00:00.000Z"
    assert shown["scheduled_start_at"] == "2030-01-01T22:00:00.000Z"


@pytest.mark.parametrize("hours", [-5, 5])
async def test_check_64_the_clock_follows_a_window_that_is_moved(
    o: Observer, doorstep: Doorstep, tower: MaintenanceClock, hours: int
) -> None:
    made = await o.maintenance(**TONIGHT)
    other = await o.maintenance(**TONIGHT)
    start, end = (
        f"2030-01-0{1 + (22 + hours) // 24}T{(22 + hours) % 24:02}:00:00Z",
        f"2030-01-0{1 + (23 + hours) // 24}T{(23 + hours) % 24:02}:00:00Z",
    )

    moved = await o.patch(of(made), {"scheduled_start_at": start, "scheduled_end_at": end})
    doorstep.clock.advance(hours=10 + min(hours, 0))
    tower.wake()
    first, later = (made, other) if hours < 0 else (other, made)
    await becomes(doorstep, first, "in_progress")
    waiting = await o.get(of(later))
    doorstep.clock.advance(hours=5)
    tower.wake()
    await becomes(doorstep, later, "in_progress")

    assert moved["scheduled_start_at"] == start.replace("Z", ".000Z")
    assert waiting["state"] == "scheduled"


async def test_check_64_an_end_that_is_moved_while_it_runs_is_kept(
    o: Observer, doorstep: Doorstep, tower: MaintenanceClock
) -> None:
    made = await o.maintenance(**TONIGHT)
    witness = await o.maintenance(**TONIGHT)
    doorstep.clock.advance(hours=10)
    tower.wake()
    await becomes(doorstep, made, "in_progress")

    extended = await o.post(of(made, "extend"), {"minutes": 30})
    doorstep.clock.advance(hours=1)
    tower.wake()
    await becomes(doorstep, witness, "completed")
    running = await o.get(of(made))
    doorstep.clock.advance(minutes=30)
    tower.wake()
    await becomes(doorstep, made, "completed")

    assert extended["scheduled_end_at"] == "2030-01-01T23:30:00.000Z"
    assert running["state"] == "in_progress"
    assert (await o.get(MAINTENANCES))["meta"]["total"] == 2
