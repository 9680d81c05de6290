"""What alerts cost: accepted and durable against a bare handler, through a storm, also one while
Slack refuses everything, and beside an Alertmanager on the same machine."""

import asyncio
import contextlib
import os
import re
import shutil
import time
import urllib.request
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.load import Load, run
from bench.report import Target, throughput
from bench.servers import Server, ask, bare, free_port, tocsin
from bench.storm_requests import deliveries, to_alertmanager
from sandbox.facts.findings import FINDINGS
from sandbox.server import Sandbox

MANIFEST = Path(__file__).parents[1] / "manifest.yml"
CONNECTIONS = 64
DISTINCT, REPEATED, EACH = 10_000, 100_000, 10
"""Alerts of the storm, and how many a delivery has."""

ACCEPTED = Target("alert webhook accepted, durable", 0.5)
P99 = 250.0
PATIENCE = 900.0
READY_WITHIN = 20.0
_INBOX = re.compile(r"^tocsin_\w+\{[^}]*inbox[^}]*\} ([\d.e+]+)$", re.MULTILINE)


@dataclass(slots=True)
class Watch:
    """The most memory that a server had, in MiB, as seen now and then."""

    server: Server
    most: float

    async def run(self) -> None:
        while True:
            self.most = max(self.most, self.server.memory())
            await asyncio.sleep(0.2)


async def storm(folder: Path, seconds: float, rounds: int) -> None:
    """On SQLite, and on an empty PostgreSQL database where TOCSIN_BENCH_DATABASE_URL names one."""
    await _on("SQLite", folder / "sqlite", {}, seconds, rounds)
    if url := os.environ.get("TOCSIN_BENCH_DATABASE_URL"):
        settings = {"TOCSIN_DATABASE_URL": url, "TOCSIN_SECRET_KEY": "not-a-secret-in-a-bench"}
        await _on("PostgreSQL", folder / "postgresql", settings, seconds, rounds)
    else:
        print("PostgreSQL is not measured; name an empty database in TOCSIN_BENCH_DATABASE_URL")


async def _on(
    name: str, folder: Path, database: dict[str, str], seconds: float, rounds: int
) -> None:
    settings = _settings(folder) | database
    await ask(settings, "migrate")
    token = (await ask(settings, "integrations", "create", "alertmanager"))["token"]
    print(f"alerts on {name}, {CONNECTIONS} connections")
    async with tocsin(settings) as ours, bare() as theirs, _alertmanager(folder) as rival:
        await _accepted(ours, theirs, rival, token, seconds, rounds)
        await _rage("", ours, token)
    await _on_with_slack(folder / "slack", database)


async def _on_with_slack(folder: Path, database: dict[str, str]) -> None:
    """The same storm once more, while Slack answers every call with its rate limit."""
    async with Sandbox(manifest=MANIFEST) as workspace:
        workspace.allows(*FINDINGS)  # what is measured here is how fast
        settings = (
            _settings(folder)
            | database
            | {
                "SLACK_API_URL": workspace.api_url,
                "SLACK_BOT_TOKEN": workspace.bot_token,
                "SLACK_SIGNING_SECRET": workspace.signing_secret,
            }
        )
        await ask(settings, "migrate")
        created = ("integrations", "create", "alertmanager", "--name", "Slack")
        token = (await ask(settings, *created))["token"]
        async with tocsin(settings) as server:
            await workspace.fault("*", "rate_limited", times=0, retry_after=1)
            await _rage(", Slack limiting", server, token)
        calls = await workspace.journal("api_call")
        refused = sum(call["error"] == "ratelimited" for call in calls)
        print(f"{'calls of Slack meanwhile':<44} {len(calls)}, {refused} of them refused")


def _settings(folder: Path) -> dict[str, str]:
    folder.mkdir(parents=True)
    return {
        "TOCSIN_DATA_DIR": str(folder),
        "TOCSIN_PORT": str(free_port()),
        "TOCSIN_LOG_LEVEL": "warning",
    }


async def _accepted(
    ours: Server, theirs: Server, rival: int | None, token: str, seconds: float, rounds: int
) -> None:
    """Round about, so that a busy moment of the machine strikes all of them."""
    loads: dict[int, list[Load]] = {theirs.port: [], ours.port: [], rival or 0: []}
    for number in range(rounds):
        webhook = deliveries(token, f"t{number}-{time.monotonic_ns()}", each=1)
        for port in (theirs.port, ours.port):
            load = await run(port, webhook, connections=CONNECTIONS, seconds=seconds)
            loads[port].append(load)
        if rival:
            request = to_alertmanager(f"r{number}")
            load = await run(rival, request, connections=CONNECTIONS, seconds=seconds)
            loads[rival].append(load)
    print(throughput(ACCEPTED, loads[ours.port], loads[theirs.port]))
    if rival:
        print(_beside(loads[rival]))
    else:
        print("no Alertmanager to compare with; Debian's package is prometheus-alertmanager")


def _beside(loads: list[Load]) -> str:
    rate = median(load.rate for load in loads)
    p99 = 1000 * median(load.percentile(0.99) for load in loads)
    return (
        f"{'Alertmanager’s own /api/v2/alerts, in memory':<44} {rate:7,.0f}/s   p99 {p99:6.1f} ms"
    )


async def _rage(remark: str, server: Server, token: str) -> None:
    """All of it accepted, all of it dealt with, in how much memory."""
    distinct, repeated = DISTINCT // EACH, REPEATED // EACH
    request = deliveries(token, f"storm-{time.monotonic_ns()}", each=EACH, distinct=distinct)
    await _dealt_with(server)
    before, begun = server.memory(), time.perf_counter()
    watch = Watch(server, most=before)
    watching = asyncio.create_task(watch.run())
    load = await run(
        server.port, request, connections=CONNECTIONS, seconds=PATIENCE, most=distinct + repeated
    )
    accepted = time.perf_counter() - begun
    await _dealt_with(server)
    done = time.perf_counter() - begun
    watching.cancel()
    print(_told(remark, load, accepted, done))
    print(
        f"{'memory before it, at most, and after it':<44} {before:.0f}, {watch.most:.0f}, "
        f"{server.memory():.0f} MiB resident"
    )


def _told(remark: str, load: Load, accepted: float, done: float) -> str:
    alerts, p99 = DISTINCT + REPEATED, 1000 * load.percentile(0.99)
    failed = f"   {load.failures} FAILED" if load.failures else ""
    return (
        f"{f'a storm of {alerts:,} alerts{remark}':<44} p99 {p99:5.0f} ms (target {P99:.0f} ms: "
        f"{'met' if p99 < P99 else 'missed'})   {alerts / accepted:,.0f} alerts/s accepted, "
        f"{alerts / done:,.0f}/s dealt with{failed}"
    )


async def _dealt_with(server: Server) -> None:
    """Returns once the inbox is empty."""
    async with asyncio.timeout(PATIENCE):
        while True:
            page = await asyncio.to_thread(_metrics, server.port)
            waiting = _INBOX.search(page)
            if waiting is None:
                raise RuntimeError("/metrics does not say how many deliveries wait in the inbox")
            if float(waiting[1]) == 0:
                return
            await asyncio.sleep(0.2)


def _metrics(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        return str(answer.read().decode())


@contextlib.asynccontextmanager
async def _alertmanager(folder: Path) -> AsyncIterator[int | None]:
    """The port of one that tells nobody; None where there is no such program."""
    program = shutil.which("prometheus-alertmanager")
    if program is None:
        yield None
        return
    port, configuration = free_port(), folder / "alertmanager.yml"
    configuration.write_text("route: {receiver: nobody}\nreceivers: [{name: nobody}]\n")
    process = await asyncio.create_subprocess_exec(
        program,
        f"--config.file={configuration}",
        f"--storage.path={folder / 'alertmanager'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--cluster.listen-address=",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await _listening(port)
        yield port
    finally:
        process.terminate()
        await process.wait()


async def _listening(port: int) -> None:
    async with asyncio.timeout(READY_WITHIN):
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.05)
