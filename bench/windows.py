"""How late windows start and what waiting costs, with ten thousand of them ahead.

The whole of Tocsin runs in a process of its own; how late it was is seen by somebody else, who
reads its history as it is committed. Beside it APScheduler alone rings as many alarms.
"""

import asyncio
import contextlib
import json
import os
import random
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

from bench.servers import ask, free_port, tocsin
from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance
from storage.maintenances import MAINTENANCE
from storage.statements import insertion
from storage.tables import maintenance_numbers, maintenances

PENDING, DUE = 10_000, 400
SPREAD = 20.0
"""Seconds over which those that are due begin; each of them ends as long after it began."""

LEAD = 3.0
IDLE = 10.0
MOST_LATE, MOST_IDLE = 1_000.0, 3.0
LOOKS_EVERY = 0.002
NEWS = "SELECT sequence, maintenance_id, kind FROM timeline WHERE sequence > ? ORDER BY sequence"
_INSERT, _NUMBERED = insertion(maintenances), insertion(maintenance_numbers)


@dataclass(frozen=True, slots=True)
class Found:
    """Seconds that each transition was late, and the share of a core that waiting took."""

    late: list[float]
    idle: float


async def windows(folder: Path) -> None:
    """A line for lateness and one for idleness, each with the bare figure beside it."""
    theirs = await _bare()
    ours = await _ours(folder)
    print(_lateness(f"windows start and end, {PENDING:,} pending", ours.late, theirs.late))
    verdict = "met" if ours.idle < MOST_IDLE else "missed"
    print(
        f"{'waiting for them, the whole process':<44} {ours.idle:5.2f} % of a core "
        f"(target {MOST_IDLE:.0f} %: {verdict})   bare APScheduler {theirs.idle:.2f} %"
    )


def _lateness(name: str, ours: list[float], bare: list[float]) -> str:
    p50, p99, most = _summary(ours)
    verdict = "met" if p99 < MOST_LATE else "missed"
    return (
        f"{name:<44} late by p50 {p50:.1f} ms  p99 {p99:.1f} ms (target {MOST_LATE:.0f} ms: "
        f"{verdict})  most {most:.1f} ms   {len(ours)} of {2 * DUE} seen   "
        "bare APScheduler p50 {:.1f}  p99 {:.1f}  most {:.1f} ms".format(*_summary(bare))
    )


def _summary(late: list[float]) -> tuple[float, float, float]:
    shares = quantiles(late, n=100, method="inclusive")
    return 1000 * shares[49], 1000 * shares[98], 1000 * max(late)


async def _ours(folder: Path) -> Found:
    settings = {
        "TOCSIN_DATA_DIR": str(folder),
        "TOCSIN_PORT": str(free_port()),
        "TOCSIN_LOG_LEVEL": "warning",
    }
    await ask(settings, "migrate")
    database = folder / "tocsin.db"
    with contextlib.closing(sqlite3.connect(database)) as connection:
        _store(connection, [_window(n, _far(n), timedelta(hours=1)) for n in range(PENDING)])
    async with tocsin(settings) as server:
        await asyncio.sleep(1)
        idle = await _share_of_a_core(server.process.pid)
    # The embedded database is in its sole use, so those that are due are there before it.
    with contextlib.closing(sqlite3.connect(database)) as connection:
        begin = datetime.now(UTC) + timedelta(seconds=server.started_in + LEAD)
        due = [_window(PENDING + n, start, _SPREAD) for n, start in enumerate(_moments(begin))]
        _store(connection, due)
        seen = connection.execute("SELECT coalesce(max(sequence), 0) FROM timeline").fetchone()[0]
    async with tocsin(settings):
        return Found(await _watch(database, due, seen), idle)


async def _watch(database: Path, due: list[Maintenance], seen: int) -> list[float]:
    """Look at the committed history until everything is over, or should have been long ago."""
    planned = {
        (window.id, kind): at
        for window in due
        for kind, at in (
            ("MaintenanceStarted", window.scheduled_start_at),
            ("MaintenanceCompleted", window.scheduled_end_at),
        )
    }
    late: list[float] = []
    until = max(planned.values()) + timedelta(seconds=30)
    with contextlib.closing(sqlite3.connect(database)) as connection:
        while len(late) < len(planned) and datetime.now(UTC) < until:
            rows = connection.execute(NEWS, (seen,)).fetchall()
            now = datetime.now(UTC)
            for sequence, id, kind in rows:
                seen = sequence
                if at := planned.get((id, kind)):
                    late.append((now - at).total_seconds())
            await asyncio.sleep(LOOKS_EVERY)
    return late


async def _bare() -> Found:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.bare_alarms",
        str(PENDING),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("The baseline has no pipes.")
    await process.stdout.readline()
    idle = await _share_of_a_core(process.pid)
    begin = datetime.now(UTC) + timedelta(seconds=LEAD)
    moments = [*_moments(begin), *(one + _SPREAD for one in _moments(begin))]
    process.stdin.write(json.dumps([one.isoformat() for one in moments]).encode() + b"\n")
    late: list[float] = json.loads(await process.stdout.readline())
    await process.wait()
    return Found(late, idle)


async def _share_of_a_core(pid: int) -> float:
    """Per cent, over some seconds in which nothing happens."""
    before = _cpu_seconds(pid)
    await asyncio.sleep(IDLE)
    return 100 * (_cpu_seconds(pid) - before) / IDLE


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _moments(begin: datetime) -> Iterator[datetime]:
    """The same ones for both, at random so that some are close together."""
    chance = random.Random(1)
    return (begin + timedelta(seconds=chance.uniform(0, SPREAD)) for _ in range(DUE))


def _far(number: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=30, minutes=number)


def _window(number: int, start: datetime, length: timedelta) -> Maintenance:
    now = datetime.now(UTC)
    return Maintenance(
        id=MaintenanceId(f"mnt_{number:026}"),
        number=number + 1,
        title=f"Window {number} of the bench",
        scheduled_start_at=start,
        scheduled_end_at=start + length,
        created_at=now,
        updated_at=now,
        armed_at=now,
        version=1,
    )


def _store(connection: sqlite3.Connection, wanted: list[Maintenance]) -> None:
    [[organization]] = connection.execute("SELECT id FROM organizations")
    insert, numbered = _INSERT.on("sqlite"), _NUMBERED.on("sqlite")
    rows = [
        insert.bind(MAINTENANCE.row(one, organization_id=organization, next_at=one.next_at))
        for one in wanted
    ]
    connection.executemany(insert.sql, rows)
    connection.execute("DELETE FROM maintenance_numbers")
    last = {"organization_id": organization, "last": wanted[-1].number}
    connection.execute(numbered.sql, numbered.bind(last))
    connection.commit()


_SPREAD = timedelta(seconds=SPREAD)
