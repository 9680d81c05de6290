"""`python -m bench`: runs everything and prints a line each."""

import argparse
import asyncio
import os
import platform
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bench import requests
from bench.gate import gates
from bench.isolation import FEW, isolation
from bench.lists import lists
from bench.load import Load, Request, run
from bench.population import populate
from bench.report import Target, throughput
from bench.search import search
from bench.servers import Server, ask, bare, free_port, keep_bytecode, tocsin
from bench.similar.running import similar
from bench.slash import slash
from bench.storm import storm
from bench.suppression import suppression
from bench.windows import windows

INCIDENTS = 100_000
CONNECTIONS = 128
START_LIMIT = 3.0

CREATED = Target("POST /api/v1/incidents", 0.25)
LISTED = Target(f"GET 25 of {INCIDENTS:,} incidents", 0.5)

Round = Callable[[int, int], Awaitable[Load]]
"""Loads a port; the second number makes the round's requests its own."""


ALONE = {
    "lists": "long lists",
    "windows": "maintenance",
    "slash": "/incident",
    "alerts": "alerts",
    "search": "search",
    "similar": "what search finds",
    "isolation": "search beside a large neighbour (writes four times --documents first)",
}
"""What can be measured without the rest."""


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--seconds", type=float, default=3.0, help="length of a round (3)")
    options.add_argument("--rounds", type=int, default=3, help="rounds, medians are printed (3)")
    for name, what in ALONE.items():
        options.add_argument(f"--{name}", action="store_true", help=f"measure {what} only")
    options.add_argument(
        "--documents", type=int, default=FEW, help=f"of those, ours (--isolation; {FEW})"
    )
    given = options.parse_args()
    keep_bytecode()
    alone = next((name for name in ALONE if getattr(given, name)), None)
    asyncio.run(_alone(_one(alone, given)) if alone else _bench(given.seconds, given.rounds))


def _one(name: str, given: argparse.Namespace) -> Callable[[Path], Awaitable[None]]:
    """What is measured in an empty folder."""
    seconds, rounds = given.seconds, given.rounds
    ways: dict[str, Callable[[Path], Awaitable[None]]] = {
        "lists": lists,
        "windows": lambda folder: _maintenance(folder, rounds),
        "slash": lambda folder: _slash(folder, seconds, rounds),
        "alerts": lambda folder: storm(folder, seconds, rounds),
        "search": search,
        "similar": similar,
        "isolation": lambda folder: _isolation(folder, given.documents),
    }
    return ways[name]


async def _bench(seconds: float, rounds: int) -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, SQLite at full durability")
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        await _rest(Path(folder) / "rest", seconds, rounds)
        await storm(Path(folder) / "alerts", seconds, rounds)
        await gates(Path(folder) / "gate", seconds, rounds)
        await _slash(Path(folder), seconds, rounds)
        await _maintenance(Path(folder), rounds)
        await lists(Path(folder))
        await search(Path(folder) / "search")


async def _alone(measure: Callable[[Path], Awaitable[None]]) -> None:
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        await measure(Path(folder))


async def _isolation(folder: Path, documents: int) -> None:
    await isolation(folder, few=documents, many=3 * documents)


async def _slash(folder: Path, seconds: float, rounds: int) -> None:
    await slash(_settings(folder / "slack"), seconds, rounds, _alternate)


async def _maintenance(folder: Path, rounds: int) -> None:
    await windows(folder / "windows")
    await suppression(folder, rounds)


async def _rest(folder: Path, seconds: float, rounds: int) -> None:
    settings = _settings(folder)
    key = await ask(settings, "keys", "create", "bench", "--scope", "incidents:write")
    await asyncio.to_thread(populate, folder / "tocsin.db", INCIDENTS)
    async with tocsin(settings) as ours, bare() as theirs:
        print(_start(ours))
        load = _round(lambda _: requests.listing(key["api_key"]), seconds)
        print(throughput(LISTED, *await _alternate(load, ours, theirs, rounds)))
        load = _round(lambda _: requests.incidents(key["api_key"]), seconds)
        print(throughput(CREATED, *await _alternate(load, ours, theirs, rounds)))
        print(f"{'memory after all that':<44} {ours.memory():5.0f} MiB resident")


def _settings(folder: Path) -> dict[str, str]:
    folder.mkdir(parents=True)
    return {
        "TOCSIN_DATA_DIR": str(folder),
        "TOCSIN_PORT": str(free_port()),
        "TOCSIN_LOG_LEVEL": "warning",
        # Counting is part of what is measured; being refused is not.
        "TOCSIN_RATE_LIMIT_USER": "1000000",
        "TOCSIN_RATE_LIMIT_ORGANIZATION": "1000000",
    }


def _round(request: Callable[[int], Request], seconds: float) -> Round:
    async def load(port: int, number: int) -> Load:
        return await run(port, request(number), connections=CONNECTIONS, seconds=seconds)

    return load


async def _alternate(
    load: Round, ours: Server, theirs: Server, rounds: int
) -> tuple[list[Load], list[Load]]:
    """Round about, so that a busy moment of the machine strikes both."""
    mine: list[Load] = []
    bare_ones: list[Load] = []
    for number in range(rounds):
        bare_ones.append(await load(theirs.port, number))
        mine.append(await load(ours.port, time.monotonic_ns()))
    return mine, bare_ones


def _start(server: Server) -> str:
    verdict = "met" if server.started_in < START_LIMIT else "missed"
    return (
        f"{'start to ready':<44} {server.started_in:5.2f} s (target {START_LIMIT:.0f} s: {verdict})"
        f"   {server.memory():.0f} MiB resident"
    )


if __name__ == "__main__":
    main()
