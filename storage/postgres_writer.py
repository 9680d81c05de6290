"""The writer of a process on PostgreSQL: a task with one connection, fed by a line."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import asyncpg

from core.errors import CoreError, Unavailable
from storage.batching import Carried, Outcome, carry_out
from storage.engine import PostgresPlace, connect_postgres
from storage.failures import BUSY, DRIVER_ERRORS
from storage.line import Line
from storage.postgres_transaction import PostgresTransaction
from storage.session import Work

R = TypeVar("R")

MOST_TOGETHER = 256


class PostgresWriter:
    def __init__(self, place: PostgresPlace, on_effects: Callable[[], None]) -> None:
        self._place = place
        self._raw: asyncpg.Connection[asyncpg.Record] | None = None
        self._bell = asyncio.Event()
        self._line = Line(self._bell.set, on_effects)
        self._closing = False
        self._task = asyncio.get_running_loop().create_task(self._write())

    async def submit(self, work: Work[R]) -> R:
        return await self._line.submit(work)

    async def close(self) -> None:
        """What has begun is finished, what waits is refused."""
        self._line.close()
        self._closing = True
        self._bell.set()
        await self._task
        if self._raw is not None:
            with suppress(*DRIVER_ERRORS):
                await self._raw.close()

    async def _write(self) -> None:
        while not self._closing:
            await self._bell.wait()
            self._bell.clear()
            while self._line.anybody():
                await self._batch()

    async def _batch(self) -> None:
        """The transaction begins first: until the server answers, everybody may still give up."""
        try:
            transaction = await self._begun()
        except CoreError as error:
            self._refuse(error)
            return
        jobs = self._line.take(MOST_TOGETHER)
        carried = await carry_out(transaction, [job.work for job in jobs])
        self._line.answer(jobs, carried)

    async def _begun(self) -> PostgresTransaction:
        """On the connection there is, or on a new one where the server has dropped it."""
        if self._raw is not None and not self._raw.is_closed():
            transaction = PostgresTransaction(self._raw, self._connect)
            try:
                await transaction.begin()
            except Unavailable:
                if not self._raw.is_closed():
                    raise
            else:
                return transaction
        self._raw = await self._connect()
        transaction = PostgresTransaction(self._raw, self._connect)
        await transaction.begin()
        return transaction

    async def _connect(self) -> "asyncpg.Connection[asyncpg.Record]":
        return await connect_postgres(self._place)

    def _refuse(self, error: CoreError) -> None:
        """Another process has its turn: wait on, those who wait have patience of their own."""
        if isinstance(error, Unavailable) and str(error) == BUSY:
            return
        jobs = self._line.take(MOST_TOGETHER)
        outcomes = [Outcome(error=error) for _ in jobs]
        self._line.answer(jobs, Carried(outcomes=outcomes, effects=False))
