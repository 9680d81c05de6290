"""The one writer of a SQLite file: a thread with one connection, fed by a line."""

import asyncio
import sqlite3
from collections.abc import Callable
from threading import Event, Thread
from typing import TypeVar

from core.errors import CoreError, Unavailable
from storage.batching import Carried, Outcome, carry_out
from storage.connection import SqliteConnection, drive
from storage.failures import BUSY
from storage.line import Line
from storage.session import Work

R = TypeVar("R")

MOST_TOGETHER = 256
GATHERS = 0.001
"""Seconds in which those who come one after the other are awaited, to share a commit."""


class SqliteWriter:
    def __init__(self, raw: sqlite3.Connection, on_effects: Callable[[], None]) -> None:
        self._raw = raw
        self._connection = SqliteConnection(raw, begin="BEGIN IMMEDIATE")
        self._bell = Event()
        self._line = Line(self._wake, on_effects)
        self._closing = False
        self._thread = Thread(target=self._write, name="storage-writer", daemon=True)
        self._thread.start()

    async def submit(self, work: Work[R]) -> R:
        return await self._line.submit(work)

    async def close(self) -> None:
        """What has begun is finished, what waits is refused."""
        self._line.close()
        self._closing = True
        self._bell.set()
        await asyncio.to_thread(self._thread.join)
        self._raw.close()

    def _wake(self) -> None:
        if not self._bell.is_set():
            self._bell.set()

    def _write(self) -> None:
        while not self._closing:
            self._bell.wait(GATHERS if self._line.anybody() else None)
            self._bell.clear()
            if self._line.anybody():
                self._batch()

    def _batch(self) -> None:
        """The transaction begins first: until the file is ours, everybody may still give up."""
        try:
            drive(self._connection.begin())
        except CoreError as error:
            self._refuse(error)
            return
        jobs = self._line.take(MOST_TOGETHER)
        carried = drive(carry_out(self._connection, [job.work for job in jobs]))
        self._line.answer_from_thread(jobs, carried)

    def _refuse(self, error: CoreError) -> None:
        """Another process holds the file: wait on, those who wait have patience of their own."""
        if isinstance(error, Unavailable) and str(error) == BUSY:
            return
        jobs = self._line.take(MOST_TOGETHER)
        outcomes = [Outcome(error=error) for _ in jobs]
        self._line.answer_from_thread(jobs, Carried(outcomes=outcomes, effects=False))
