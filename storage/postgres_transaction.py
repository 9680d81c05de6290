"""A transaction on PostgreSQL: one writes at a time, and its end is known even when the answer
to its commit is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import asyncpg

from core.errors import CoreError, Unavailable
from storage.connection import PostgresConnection
from storage.failures import UNREACHABLE, explained

Connect: TypeAlias = Callable[[], Awaitable["asyncpg.Connection[asyncpg.Record]"]]

_TURN = 7_205_759_404
"""Any number, so long as nobody else in the same database chose the same."""

_TAKE_TURN = "SELECT pg_current_xact_id()::text FROM pg_advisory_xact_lock($1)"

ASKS = 20
ASKS_EVERY = 0.1


class PostgresTransaction(PostgresConnection):
    """Whoever was told `Unavailable` may try again, so it must not be said of what was done."""

    def __init__(self, raw: "asyncpg.Connection[asyncpg.Record]", connect: Connect) -> None:
        super().__init__(raw)
        self._connect = connect
        self._number = ""

    async def begin(self) -> None:
        """After whoever writes in another process. What a work reads then stays true until it
        is committed, even where it changes nothing another version would tell of."""
        await super().begin()
        try:
            with explained():
                self._number = await self._raw.fetchval(_TAKE_TURN, _TURN)
        except CoreError:
            await self.rollback()
            raise

    async def commit(self) -> None:
        try:
            await super().commit()
        except Unavailable:
            if not (self._raw.is_closed() and await self._was_committed()):
                raise

    async def _was_committed(self) -> bool:
        """Asked on another connection, until the server has made up its mind."""
        for _ in range(ASKS):
            status = await self._status()
            if status in ("committed", "aborted"):
                return status == "committed"
            await asyncio.sleep(ASKS_EVERY)
        raise Unavailable(UNREACHABLE)

    async def _status(self) -> str | None:
        try:
            raw = await self._connect()
        except Unavailable:
            return None
        try:
            with explained():
                question = "SELECT pg_xact_status($1::text::xid8)"
                status: str | None = await raw.fetchval(question, self._number)
                return status
        finally:
            raw.terminate()
