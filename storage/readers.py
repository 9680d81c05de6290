"""Connections that only read, beside the writer and never in its way."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Protocol, TypeVar

import asyncpg

from core.errors import Unavailable
from storage.connection import (
    PostgresConnection,
    Question,
    SqliteConnection,
    drive,
)
from storage.engine import SqlitePlace, connect_sqlite
from storage.failures import BUSY, explained

R = TypeVar("R")

THREADS = 2
MOST_WAITING = 1_024
PATIENCE = 2.0


class Readers(Protocol):
    async def ask(self, question: Question[R]) -> R:
        """The answer as of one moment, with everything committed before the call."""

    async def glance(self, question: Question[R]) -> R:
        """The same for questions that touch a few rows."""

    async def snapshot(self, question: Question[R]) -> R:
        """The answer to a question of many steps, all of them as of one moment."""

    async def stamp(self) -> int | None:
        """A number that changes with every commit; None when there is none."""

    async def close(self) -> None: ...


class SqliteReaders:
    """Long questions in threads; short ones at once, for a hop costs more than they do."""

    def __init__(self, place: SqlitePlace) -> None:
        self._inline = connect_sqlite(place, read_only=True)
        self._raw = [connect_sqlite(place, read_only=True) for _ in range(THREADS)]
        self._idle: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        for raw in self._raw:
            self._idle.put(raw)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="storage-reader")
        self._waiting = 0

    async def ask(self, question: Question[R]) -> R:
        if self._waiting >= MOST_WAITING:
            raise Unavailable(BUSY)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._in_thread, question)
        finally:
            self._waiting -= 1

    async def glance(self, question: Question[R]) -> R:
        return drive(_at_one_moment(self._inline, question))

    async def snapshot(self, question: Question[R]) -> R:
        return await self.ask(question)

    async def stamp(self) -> int | None:
        version: int = self._inline.execute("PRAGMA data_version").fetchone()[0]
        return version

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        for raw in (*self._raw, self._inline):
            raw.close()

    def _in_thread(self, question: Question[R]) -> R:
        raw = self._idle.get()
        try:
            return drive(_at_one_moment(raw, question))
        finally:
            self._idle.put(raw)


async def _at_one_moment(raw: sqlite3.Connection, question: Question[R]) -> R:
    connection = SqliteConnection(raw, begin="BEGIN")
    await connection.begin()
    try:
        return await question(connection)
    finally:
        await connection.rollback()


class PostgresReaders:
    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool

    async def ask(self, question: Question[R]) -> R:
        with explained():
            raw = await self._pool.acquire(timeout=PATIENCE)
        try:
            return await question(PostgresConnection(raw))
        finally:
            await self._pool.release(raw)

    async def glance(self, question: Question[R]) -> R:
        return await self.ask(question)

    async def snapshot(self, question: Question[R]) -> R:
        with explained():
            raw = await self._pool.acquire(timeout=PATIENCE)
        try:
            async with raw.transaction(isolation="repeatable_read", readonly=True):
                return await question(PostgresConnection(raw))
        finally:
            await self._pool.release(raw)

    async def stamp(self) -> int | None:
        return None

    async def close(self) -> None:
        await self._pool.close()
