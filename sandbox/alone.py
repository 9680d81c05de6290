"""The sandbox by itself: started as asked, with its addresses told, until a signal ends it."""

import asyncio
import errno
import fcntl
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from sandbox.clock import Clock, Mode
from sandbox.control.settings import Settings
from sandbox.errors import Refusal
from sandbox.facts.tiers import OFF
from sandbox.json_types import Json
from sandbox.keeping import BadState
from sandbox.manifest import BadManifest
from sandbox.server import Sandbox
from sandbox.tour import Step

STOPPING = (signal.SIGTERM, signal.SIGINT)
USUAL_PORT = 8001


class CannotStart(Exception):
    """It cannot be started as asked; the sentence says why and what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody wants of a sandbox; `app_url` is empty for Socket Mode."""

    manifest: Path
    app_url: str = ""
    port: int = USUAL_PORT
    data: Path | None = None
    clock: Mode = "real"
    seed: int = 1
    rate_limits: str = OFF
    # What the page suggests to try first; made from the manifest where nothing is said.
    tour: Sequence[Step] = ()
    # Seconds that a socket lives; Slack's own number where nothing is said.
    refresh: float | None = None
    # Under the names of `building.Secrets`; what is left out is made up from the seed.
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


async def run(wishes: Wishes, tell: Callable[[Sandbox], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; `tell` is called once it is ready."""
    told_to_stop = _stop_signal()
    async with opened(wishes) as sandbox:
        tell(sandbox)
        await told_to_stop.wait()


@asynccontextmanager
async def opened(wishes: Wishes) -> AsyncIterator[Sandbox]:
    """A sandbox as asked for; leaving the block stops it, whatever its referee has found."""
    with _sole_use(wishes.data):
        sandbox = _made(wishes)
        try:
            await sandbox.start()
        except OSError as problem:
            raise CannotStart(_port_refusal(wishes.port, problem)) from problem
        try:
            yield sandbox
        finally:
            await sandbox.stop()


def _made(wishes: Wishes) -> Sandbox:
    try:
        sandbox = Sandbox(
            wishes.manifest,
            app_url=wishes.app_url,
            port=wishes.port,
            state_file=wishes.data,
            clock=Clock(wishes.clock),
            seed=wishes.seed,
            **wishes.secrets,
        )
    except BadManifest as problem:
        raise CannotStart(str(problem)) from problem
    except BadState as problem:
        raise CannotStart(f"{problem} Remove the file, or let --data name another.") from problem
    if wishes.app_url and sandbox.world.app.socket_mode:
        raise CannotStart(
            "The manifest switches Socket Mode on, so nothing would be sent to --app-url; "
            "leave --app-url out, or set settings.socket_mode_enabled to false."
        )
    sandbox.world.limiter.profile = wishes.rate_limits
    sandbox.tour = wishes.tour or sandbox.tour
    _choose_transport(sandbox, wishes)
    return sandbox


def _choose_transport(sandbox: Sandbox, wishes: Wishes) -> None:
    """Socket Mode without an address, whether or not the manifest has switched it on."""
    wanted: Json = {"socket_mode": not wishes.app_url}
    if wishes.refresh is not None:
        wanted["socket_seconds"] = wishes.refresh
    try:
        Settings.of(sandbox.world).changed(wanted).rule(sandbox.world)
    except Refusal as refusal:
        raise CannotStart(f"--refresh: {refusal.message}") from refusal


@contextmanager
def _sole_use(file: Path | None) -> Iterator[None]:
    """Two sandboxes on one file would take turns in forgetting what the other has written."""
    if file is None:
        yield
        return
    with _lock_of(file) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"Another sandbox keeps its workspace in {file}; let --data name another file."
            ) from None
        yield


def _lock_of(file: Path) -> TextIO:
    """The workspace is written while it runs, when it is too late to say that it cannot be."""
    if file.is_dir():
        raise CannotStart(f"{file} is a folder; let --data name a file in it.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return file.with_name(f"{file.name}.lock").open("a")
    except OSError as problem:
        raise CannotStart(
            f"The workspace cannot be kept in {file} ({problem.strerror}); "
            "let --data name a file that can be written."
        ) from problem


def _port_refusal(port: int, problem: OSError) -> str:
    reason = problem.strerror or str(problem)
    if problem.errno == errno.EADDRINUSE:
        reason = "another program listens there already"
    return (
        f"The sandbox cannot listen at port {port}, because {reason}; let --port name another, "
        "or 0 for any free one."
    )


def _stop_signal() -> asyncio.Event:
    """Set by SIGTERM or Ctrl-C; a second one ends the process as if nobody listened."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()

    def tell() -> None:
        told.set()
        for number in STOPPING:
            loop.remove_signal_handler(number)

    for number in STOPPING:
        loop.add_signal_handler(number, tell)
    return told
