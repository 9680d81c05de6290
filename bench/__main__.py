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
from bench.report import Target, latency, throughput
from bench.search import search
from bench.servers import Server, ask, bare, free_port, tocsin
from bench.similar.running import similar
from bench.storm import storm
from bench.suppression import suppression
from bench.windows import windows
from sandbox.facts.findings import FINDINGS
from sandbox.server import Sandbox

MANIFEST = Path(__file__).parents[1] / "manifest.yml"
INCIDENTS = 100_000
CONNECTIONS, PEOPLE = 128, 32
ACK_LIMIT = 300.0
START_LIMIT = 3.0

CREATED = Target("POST /api/v1/incidents", 0.25)
LISTED = Target(f"GET 25 of {INCIDENTS:,} incidents", 0.5)
COMMANDS = "/incident declare, 32 people at once"

Round = Callable[[int, int], Awaitable[Load]]
"""Loads a port; the second number makes the round's requests its own."""


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--seconds", type=float, default=3.0, help="length of a round (3)")
    options.add_argument("--rounds", type=int, default=3, help="rounds, medians are printed (3)")
    options.add_argument("--lists", action="store_true", help="measure long lists only")
    options.add_argument("--windows", action="store_true", help="measure maintenance only")
    options.add_argument("--alerts", action="store_true", help="measure alerts only")
    options.add_argument("--search", action="store_true", help="measure search only")
    options.add_argument("--similar", action="store_true", help="measure what search finds only")
    options.add_argument(
        "--isolation",
        action="store_true",
        help="measure search beside a large neighbour only; writes four times --documents first",
    )
    options.add_argument(
        "--documents", type=int, default=FEW, help=f"of those, ours (--isolation; {FEW})"
    )
    given = options.parse_args()
    if given.lists:
        asyncio.run(_alone(lists))
    elif given.alerts:
        asyncio.run(_alone(lambda folder: storm(folder, given.seconds, given.rounds)))
    elif given.windows:
        asyncio.run(_alone(lambda folder: _maintenance(folder, given.rounds)))
    elif given.search:
        asyncio.run(_alone(search))
    elif given.similar:
        asyncio.run(_alone(similar))
    elif given.isolation:
        asyncio.run(_alone(lambda folder: _isolation(folder, given.documents)))
    else:
        asyncio.run(_bench(given.seconds, given.rounds))


async def _bench(seconds: float, rounds: int) -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, SQLite at full durability")
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        await _rest(Path(folder) / "rest", seconds, rounds)
        await storm(Path(folder) / "alerts", seconds, rounds)
        await gates(Path(folder) / "gate", seconds, rounds)
        await _slack(Path(folder) / "slack", seconds, rounds)
        await _maintenance(Path(folder), rounds)
        await lists(Path(folder))
        await search(Path(folder) / "search")


async def _alone(measure: Callable[[Path], Awaitable[None]]) -> None:
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        await measure(Path(folder))


async def _isolation(folder: Path, documents: int) -> None:
    await isolation(folder, few=documents, many=3 * documents)


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


async def _slack(folder: Path, seconds: float, rounds: int) -> None:
    async with Sandbox(manifest=MANIFEST) as workspace:
        # Under load anything may happen; what is measured here is how fast.
        workspace.allows(*FINDINGS)
        people = [await workspace.person(name).id() for name in ("alice", "bob")]
        general = (await workspace.channel_named("general")).id
        settings = _settings(folder) | {
            "SLACK_API_URL": workspace.api_url,
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_SIGNING_SECRET": workspace.signing_secret,
        }
        commands = requests.SlashCommands(
            secret=workspace.signing_secret, team=workspace.world.workspace.team.id,
            people=people, channel=general,
        )  # fmt: skip
        async with tocsin(settings) as ours, bare() as theirs:
            load = _round(
                lambda n: commands.say(f"declare Drill {n}-{{n}} sev4"), seconds, connections=PEOPLE
            )
            print(latency(COMMANDS, ACK_LIMIT, *await _alternate(load, ours, theirs, rounds)))


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


def _round(
    request: Callable[[int], Request], seconds: float, *, connections: int = CONNECTIONS
) -> Round:
    async def load(port: int, number: int) -> Load:
        return await run(port, request(number), connections=connections, seconds=seconds)

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
