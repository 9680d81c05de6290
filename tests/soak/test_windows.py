"""SIGKILL at random moments while windows come due: each starts, completes and is told of once.

`make soak` has 500 windows due within a minute, three processes on one PostgreSQL and one on
SQLite; `make test` a few. A seed is printed with each run; TOCSIN_SOAK_SEED repeats it.
"""

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator
from pathlib import Path
from statistics import median

import pytest

from core.bus import CommandBus
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from storage.migrating import migrate
from storage.opening import open_storage
from tests.integration.api.doors import api_key
from tests.integration.slack.stage import new_id, now
from tests.processes import Tocsin, free_port, settings_for
from tests.soak.campaign import say
from tests.soak.rows import rows_of
from tests.soak.verdict import outbox_of
from tests.soak.windows import Plan, Siege
from tests.soak.windows_verdict import (
    complaints_about_announcements,
    complaints_about_history,
    history_of,
    times_of,
)

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
FEW = Plan(count=8, per_channel=2, span=5, longest=5, lead=5, kills=1)
MANY = Plan(count=500, per_channel=10, span=60, longest=12, lead=60, kills=40)
DELIVERED_WITHIN = 3_600
OPEN = (
    "SELECT count(*) FROM maintenances WHERE series_id IS NULL AND actual_end_at IS NULL "
    "OR id = series_id AND actual_end_at IS NULL"
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest=MANIFEST) as sandbox:
        # Each process paces itself, and three of them, or one that begins anew, know nothing of
        # what the others sent.
        sandbox.allows("posting_too_fast")
        yield sandbox


@pytest.mark.timeout(300)
async def test_a_few_windows_outlive_the_kills_of_one_process(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    assert await _besiege(sandbox, tmp_path, _sqlite(tmp_path), FEW, processes=1) == []


@pytest.mark.timeout(300)
async def test_a_few_windows_outlive_the_kills_of_three_processes(
    sandbox: Sandbox, tmp_path: Path, postgres_url: str
) -> None:
    assert await _besiege(sandbox, tmp_path, postgres_url, FEW, processes=3) == []


@pytest.mark.soak
async def test_five_hundred_windows_outlive_the_kills_of_one_process(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    assert await _besiege(sandbox, tmp_path, _sqlite(tmp_path), MANY, processes=1) == []


@pytest.mark.soak
async def test_five_hundred_windows_outlive_the_kills_of_three_processes(
    sandbox: Sandbox, tmp_path: Path, postgres_url: str
) -> None:
    assert await _besiege(sandbox, tmp_path, postgres_url, MANY, processes=3) == []


def _sqlite(folder: Path) -> str:
    (folder / "data").mkdir()
    return f"sqlite+aiosqlite:///{folder / 'data' / 'tocsin.db'}"


async def _besiege(
    sandbox: Sandbox, folder: Path, url: str, plan: Plan, *, processes: int
) -> list[str]:
    """The whole siege on one database; what is wrong in the end."""
    seed = int(os.environ.get("TOCSIN_SOAK_SEED") or random.randrange(10**6))
    database = url.partition(":")[0]
    say(f"\n{plan.count} windows, {processes} processes on {database}, seed {seed}")
    settings = settings_for(sandbox, folder / "data", url)
    rooms = await _rooms(sandbox, plan.count // plan.per_channel)
    key = await _key(url)
    siege = Siege(plan, _processes(settings, folder, processes), key, seed)
    try:
        await siege.run([room.name for room in rooms])
        waiting = await _delivered(url)
    finally:
        await asyncio.gather(*(one.stop() for one in siege.processes if one.running))
    complaints = await _judge(sandbox, siege, rooms, url)
    return [*complaints, *([f"{waiting} effects still wait"] if waiting else [])]


def _processes(settings: dict[str, str], folder: Path, count: int) -> list[Tocsin]:
    """Each with a port and a log of its own."""
    processes = []
    for number in range(count):
        own = folder / f"process-{number}"
        own.mkdir()
        processes.append(Tocsin({**settings, "TOCSIN_PORT": str(free_port())}, own))
    return processes


async def _key(url: str) -> str:
    """For a new database, which is made on the way."""
    await migrate(url)
    storage = await open_storage(url, clock=now, new_id=new_id)
    try:
        organization = await storage.directory.ensure_organization("default", "Default")
        bus = CommandBus(storage.transactions, now)
        return await api_key(bus, organization.id, scopes=["maintenances:write"])
    finally:
        await storage.close()


async def _rooms(sandbox: Sandbox, count: int) -> list[Room]:
    alice = sandbox.person("alice")
    return [await alice.creates(f"changes-{number}") for number in range(count)]


async def _delivered(url: str) -> int:
    """Wait until every window is over and no effect waits any more; how many still do."""
    until = time.monotonic() + DELIVERED_WITHIN
    waiting = 1
    while time.monotonic() < until:
        _, waiting, _ = await outbox_of(url)
        [[open_ones]] = await rows_of(url, OPEN)
        if not waiting and not open_ones:
            return 0
        await asyncio.sleep(0.5)
    return waiting


async def _judge(sandbox: Sandbox, siege: Siege, rooms: list[Room], url: str) -> list[str]:
    for process in siege.processes:
        await sandbox.reads_log(process.log, "tocsin")
    history, times = await history_of(url), await times_of(url)
    _, _, buried = await outbox_of(url)
    missed = sum(bool(one.body.get("missed")) for one in history if one.kind.endswith("Started"))
    announced = sum(entry.posts or entry.kind.endswith("Scheduled") for entry in history)
    say(
        f"{siege.kills} kills, {len(siege.windows)} windows ({siege.pressed} starts pressed by "
        f"hand, {missed} missed whole), {announced} announcements; starts late by "
        f"{median(times.late):.3f} s (median), {max(times.late):.3f} s (most); {buried} buried"
    )
    return [
        *complaints_about_history(siege.windows, history),
        *times.complaints,
        *await complaints_about_announcements(rooms, history),
        *([f"{buried} effects were buried"] if buried else []),
    ]
