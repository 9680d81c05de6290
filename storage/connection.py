"""One way to speak to both databases: compiled statements in, plain rows out."""

import sqlite3
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from itertools import chain
from typing import Any, Protocol, TypeAlias, TypeVar

import asyncpg

from storage.failures import explained
from storage.statements import Compiled, Row, Statement, Values

R = TypeVar("R")

TOGETHER = (64, 8)
"""Rows that one statement inserts into SQLite. The driver lets go of the interpreter for each
statement, and has to wait for it again; few different numbers, so that the texts are prepared."""

_WAITED = "What runs inside a transaction may await nothing but its unit of work."


class Connection(Protocol):
    """A connection of one owner at a time. Raises `Conflict`, `Unavailable`, `InvalidInput`."""

    def compiled(self, statement: Statement) -> Compiled: ...

    async def fetch(self, statement: Statement, values: Values) -> list[Row]: ...

    async def execute(self, statement: Statement, rows: Sequence[tuple[Any, ...]]) -> int:
        """Once per row of bound parameters; answers how many rows a guarded one found."""

    async def begin(self) -> None: ...

    async def commit(self) -> None: ...

    async def rollback(self) -> None: ...


Question: TypeAlias = Callable[[Connection], Awaitable[R]]
"""Asks only through the connection it is given, and awaits nothing else."""


def drive(answer: Coroutine[Any, Any, R]) -> R:
    """The result of a coroutine that never waits, without an event loop.

    One that waits nevertheless hears of its mistake where it made it.
    """
    try:
        answer.send(None)
        while True:
            answer.throw(RuntimeError(_WAITED))
    except StopIteration as end:
        result: R = end.value
        return result


class SqliteConnection:
    """The driver of the standard library. Its coroutines never suspend; see `drive`."""

    def __init__(self, raw: sqlite3.Connection, *, begin: str) -> None:
        self._raw = raw
        self._begin = begin

    def compiled(self, statement: Statement) -> Compiled:
        return statement.on("sqlite")

    async def fetch(self, statement: Statement, values: Values) -> list[Row]:
        compiled = statement.on("sqlite")
        with explained():
            return compiled.read(self._raw.execute(compiled.sql, compiled.bind(values)).fetchall())

    async def execute(self, statement: Statement, rows: Sequence[tuple[Any, ...]]) -> int:
        compiled, done = statement.on("sqlite"), 0
        with explained():
            if compiled.row:
                for count in TOGETHER:
                    done = self._insert(compiled, rows, done, count)
            return done + self._raw.executemany(compiled.sql, rows[done:]).rowcount

    def _insert(
        self, compiled: Compiled, rows: Sequence[tuple[Any, ...]], done: int, count: int
    ) -> int:
        """So many at once as often as there are so many left; how many are done then."""
        while len(rows) - done >= count:
            taken = rows[done : done + count]
            self._raw.execute(compiled.of(count), tuple(chain.from_iterable(taken)))
            done += count
        return done

    async def begin(self) -> None:
        with explained():
            self._raw.execute(self._begin)

    async def commit(self) -> None:
        with explained():
            self._raw.execute("COMMIT")

    async def rollback(self) -> None:
        with explained():
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")


class PostgresConnection:
    def __init__(self, raw: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._raw = raw

    def compiled(self, statement: Statement) -> Compiled:
        return statement.on("postgresql")

    async def fetch(self, statement: Statement, values: Values) -> list[Row]:
        compiled = statement.on("postgresql")
        with explained():
            return compiled.read(await self._raw.fetch(compiled.sql, *compiled.bind(values)))

    async def execute(self, statement: Statement, rows: Sequence[tuple[Any, ...]]) -> int:
        compiled = statement.on("postgresql")
        with explained():
            if compiled.answers:
                return len(await self._raw.fetchmany(compiled.sql, rows))
            await self._raw.executemany(compiled.sql, rows)
            return len(rows)

    async def begin(self) -> None:
        with explained():
            await self._raw.execute("BEGIN")

    async def commit(self) -> None:
        with explained():
            await self._raw.execute("COMMIT")

    async def rollback(self) -> None:
        with explained():
            if not self._raw.is_closed():
                await self._raw.execute("ROLLBACK")
