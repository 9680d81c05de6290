"""Keeps the worker up, and is what the bot asks it through: a crash there is a pause here."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.errors import Unavailable
from storage.similarity.process_embedder import WorkerEmbedder
from storage.similarity.process_line import COMMAND, Line, started
from storage.similarity.process_state import (
    AWAY_NOTICE,
    CLOSED_NOTICE,
    Pace,
    Phase,
    Report,
    WorkerState,
    silent,
)
from storage.similarity.wire import Header, Message, Refused


class Worker:
    """The process beside, as the bot sees it. `open_worker` makes it and ends it."""

    def __init__(
        self, opening: Header, *, report: Report, pace: Pace, command: Sequence[str]
    ) -> None:
        self._command = command
        self._opening = opening
        self._report = report
        self._pace = pace
        self._line: Line | None = None
        self._news = asyncio.Event()
        self._short_lives = 0
        self.state = WorkerState()
        self.embedder = WorkerEmbedder(self)

    async def request(
        self, op: str, header: Header | None = None, payload: bytes = b"", *, urgent: bool = False
    ) -> Message:
        """Raises `Unavailable` at once while it is away, and when it fails over the request. An
        urgent one that is canceled is not begun any more; others are carried out."""
        if self._line is None:
            raise Unavailable(self.state.notice)
        within = self._pace.urgent if urgent else self._pace.bulk
        return await self._line.ask(op, header or {}, payload, within, forget=urgent)

    async def opened(self) -> None:
        """Until it was ready for the first time. Raises `Refused` when it never will be, and
        `Unavailable` when it was closed meanwhile."""
        await self.ready()

    async def ready(self, *, after: int = 0) -> int:
        """Waits until it is ready in a generation later than this, and says which. Raises as
        `opened` does."""
        while self.state.phase is not Phase.READY or self.state.generation <= after:
            if self.state.phase is Phase.REFUSED:
                raise Refused(self.state.notice)
            if self.state.phase is Phase.CLOSED:
                raise Unavailable(self.state.notice)
            await self._news.wait()
        return self.state.generation

    async def keep_up(self) -> None:
        """Runs as long as the bot does."""
        try:
            while True:
                await self._live()
                await asyncio.sleep(self._pace.pause(self._short_lives))
                self._short_lives += 1
        except Refused as error:
            self._become(phase=Phase.REFUSED, notice=str(error))
            self._report("worker.refused", {"reason": str(error)})

    def abandoned(self, keeper: "asyncio.Task[None]") -> None:
        """Nobody keeps it up any more; unless it was refused, nobody has been told yet."""
        if not keeper.cancelled() and (failure := keeper.exception()):
            self._report("worker.abandoned", {"reason": repr(failure)})
        if self.state.phase is not Phase.REFUSED:
            self._become(phase=Phase.CLOSED, notice=CLOSED_NOTICE)

    async def _live(self) -> None:
        """One life, and what it ended of."""
        reason, last_words, notice = "", [""], AWAY_NOTICE
        try:
            async with started(self._command, self._pace.closing, self._report) as line:
                try:
                    await self._accompany(line)
                except Unavailable as error:
                    notice = str(error)
            reason, last_words = line.end_words, list(line.last_words)
        except OSError as error:
            reason = f"It could not be started: {error.strerror}."
        finally:
            self._line = None
        self._become(phase=Phase.AWAY, notice=notice, restarts=self.state.restarts + 1)
        self._report("worker.ended", {"reason": reason, "last_words": last_words})

    async def _accompany(self, line: Line) -> None:
        """Opens it, and feels its pulse until its life is over."""
        opened = (await line.ask("open", self._opening, b"", self._pace.opening)).header
        born = asyncio.get_running_loop().time()
        self._line = line
        self._become(
            phase=Phase.READY, generation=self.state.generation + 1, pid=line.pid,
            notice=opened["notice"], embeds=opened["embeds"],
        )  # fmt: skip
        self._report("worker.ready", {"pid": line.pid, "notice": opened["notice"]})
        while not line.over.is_set():
            pulse = await line.ask("ping", {}, b"", self._pace.silence)
            self._become(memory=pulse.header["memory"])
            if asyncio.get_running_loop().time() - born > self._pace.steady:
                self._short_lives = 0
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(line.over.wait(), self._pace.heartbeat)

    def _become(self, **changes: Any) -> None:
        if changes.get("phase", Phase.READY) is not Phase.READY:
            changes = {"pid": None, "embeds": False, "memory": 0, **changes}
        self.state = replace(self.state, **changes)
        self._news.set()
        self._news = asyncio.Event()


@contextlib.asynccontextmanager
async def open_worker(
    *,
    folder: Path | None,
    chroma_url: str | None = None,
    model: bool = True,
    report: Report = silent,
    pace: Pace | None = None,
    command: Sequence[str] = COMMAND,
) -> AsyncIterator[Worker]:
    """Starts it in the background and returns at once; it has ended when the block is left.

    Without `folder` and `chroma_url` there is no index in it, without `model` nothing is embedded.
    """
    opening = {
        "folder": str(folder) if folder else None,
        "chroma_url": chroma_url,
        "model": model,
    }
    worker = Worker(opening, report=report, pace=pace or Pace(), command=command)
    keeper = asyncio.create_task(worker.keep_up())
    keeper.add_done_callback(worker.abandoned)
    try:
        yield worker
    finally:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper
