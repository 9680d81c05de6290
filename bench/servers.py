"""Starts what is measured: Tocsin itself, and the bare handler it is compared with."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

READY_WITHIN = 30.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running process on loopback; `started_in` are the seconds until it was ready."""

    port: int
    process: asyncio.subprocess.Process
    started_in: float

    def memory(self) -> float:
        return resident(self.process.pid)


def resident(pid: int) -> float:
    """MiB of a process, as Linux counts it; 0 where it does not say."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    [line] = [row for row in status.read_text().splitlines() if row.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def keep_bytecode() -> None:
    """What is installed was compiled then; so is what is measured, also where the environment asks
    Python to leave nothing in the tree."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        kept = Path(__file__).parents[1] / ".pytest_cache" / "bytecode"
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(kept))


@contextlib.asynccontextmanager
async def bare() -> AsyncIterator[Server]:
    port = free_port()
    command = (sys.executable, "-m", "bench.bare", str(port))
    async with _running(command, port, "/api/v1/incidents", os.environ) as server:
        yield server


@contextlib.asynccontextmanager
async def tocsin(settings: Mapping[str, str]) -> AsyncIterator[Server]:
    port = int(settings["TOCSIN_PORT"])
    command = (sys.executable, "-m", "bot", "serve")
    environment = {**os.environ, **settings}
    async with _running(command, port, "/health/ready", environment) as server:
        yield server


@contextlib.asynccontextmanager
async def gate(settings: Mapping[str, str], port: int) -> AsyncIterator[Server]:
    command = (sys.executable, "-m", "bench.gate_server", str(port))
    async with _running(command, port, "/bare", {**os.environ, **settings}) as server:
        yield server


async def ask(settings: Mapping[str, str], *words: str) -> dict[str, str]:
    """One command of Tocsin's own command line, with `--json`; its answer."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        "--json",
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"tocsin {' '.join(words)} ended with {process.returncode}.")
    answer: dict[str, str] = json.loads(output)
    return answer


@contextlib.asynccontextmanager
async def _running(
    command: tuple[str, ...], port: int, path: str, environment: Mapping[str, str]
) -> AsyncIterator[Server]:
    begin = time.perf_counter()
    process = await asyncio.create_subprocess_exec(*command, env=dict(environment))
    try:
        await _ready(f"http://127.0.0.1:{port}{path}", process)
        yield Server(port, process, time.perf_counter() - begin)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        await process.wait()


async def _ready(url: str, process: asyncio.subprocess.Process) -> None:
    until = time.perf_counter() + READY_WITHIN
    while time.perf_counter() < until:
        if process.returncode is not None:
            raise RuntimeError(f"The server ended with {process.returncode} before it was ready.")
        if await asyncio.to_thread(_answers, url):
            return
        await asyncio.sleep(0.02)
    raise RuntimeError(f"{url} did not answer within {READY_WITHIN:.0f} s.")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return False
    except OSError:
        return False
