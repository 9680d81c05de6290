"""A transaction shared by several works: what each wants written waits until somebody must see it.

Written rows are gathered per statement and sent together, which is where the speed comes from.
A work that is refused before anything of it was sent takes nothing with it.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import bindparam, select

from core.domain.ids import OrganizationId
from core.errors import Conflict
from storage.connection import Connection
from storage.failures import LOST_RACE
from storage.incident_counts import ADD as COUNT
from storage.incident_counts import Bucket
from storage.statements import Row, Statement, Values, replacement
from storage.tables import incident_numbers

R = TypeVar("R")
Key: TypeAlias = tuple[str, str]
"""A noun and the id of one of it; `EVERY` stands for all of them."""

EVERY = ""
NEW_EFFECTS: Key = ("effects", EVERY)
"""Touched by whatever gives the relay something to do."""

_LAST_NUMBER = Statement(
    {
        dialect: select(incident_numbers.c.last)
        .where(incident_numbers.c.organization_id == bindparam("organization"))
        .with_for_update()
        for dialect in ("sqlite", "postgresql")
    }
)
_SAVE_NUMBER = replacement(incident_numbers, "organization_id")


class Staging:
    """Rows on their way to the database, and which things they concern."""

    def __init__(self) -> None:
        self.rows: dict[Statement, list[tuple[Any, ...]]] = {}
        self.touched: set[Key] = set()

    def add(self, statement: Statement, row: tuple[Any, ...], touches: Sequence[Key]) -> None:
        self.rows.setdefault(statement, []).append(row)
        for key in touches:
            self.touched.add(key)
            self.touched.add((key[0], EVERY))

    def take(self, other: "Staging") -> None:
        for statement, rows in other.rows.items():
            self.rows.setdefault(statement, []).extend(rows)
        self.touched |= other.touched

    def clear(self) -> None:
        self.rows.clear()
        self.touched.clear()


class Session:
    """One transaction. `broken` once the database refused something: only undoing helps then."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.staged = Staging()
        self.numbers: dict[OrganizationId, int] = {}
        self.counts: dict[Bucket, int] = {}
        self.memory: dict[Key, Any] = {}
        self.broken = False
        self.has_effects = False

    def bind(self, statement: Statement, values: Values) -> tuple[Any, ...]:
        return self._connection.compiled(statement).bind(values)

    async def fetch(self, statement: Statement, values: Values) -> list[Row]:
        return await self._guard(self._connection.fetch(statement, values))

    async def flush(self, staging: Staging) -> None:
        for statement in sorted(staging.rows, key=lambda one: one.rank):
            await self._guard(self._send(statement, staging.rows[statement]))
        for key in [key for key in self.memory if (key[0], EVERY) in staging.touched]:
            del self.memory[key]
        self.has_effects = self.has_effects or NEW_EFFECTS in staging.touched
        staging.clear()

    async def commit(self) -> None:
        for organization_id, last in self.numbers.items():
            values = {"organization_id": organization_id, "last": last}
            self.staged.add(_SAVE_NUMBER, self.bind(_SAVE_NUMBER, values), ())
        for bucket, change in self.counts.items():
            if change:
                row = {**bucket._asdict(), "count": change}
                self.staged.add(COUNT, self.bind(COUNT, row), ())
        await self.flush(self.staged)
        await self._guard(self._connection.commit())

    async def _send(self, statement: Statement, rows: list[tuple[Any, ...]]) -> None:
        found = await self._connection.execute(statement, rows)
        if statement.must_match and found != len(rows):
            raise Conflict(LOST_RACE)

    async def _guard(self, answer: Awaitable[R]) -> R:
        try:
            return await answer
        except BaseException:
            self.broken = True
            raise


class Draft:
    """What one work reads and wants written."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._staged = Staging()
        self._numbers: dict[OrganizationId, int] = {}
        self._counts: dict[Bucket, int] = {}
        self.sent = False

    def stage(self, statement: Statement, values: Values, *touches: Key) -> None:
        self._staged.add(statement, self._session.bind(statement, values), touches)

    async def fetch(self, statement: Statement, values: Values, *sees: Key) -> list[Row]:
        """Rows as they are with everything staged so far that concerns `sees`."""
        await self.settle(*sees)
        return await self._session.fetch(statement, values)

    async def one(self, statement: Statement, values: Values, *sees: Key) -> Row | None:
        rows = await self.fetch(statement, values, *sees)
        return rows[0] if rows else None

    async def recall(self, key: Key, ask: Callable[[], Awaitable[R]]) -> R:
        """What `ask` answers, asked once for all works of the transaction, and again only when
        one of them has changed something of that noun."""
        await self.settle((key[0], EVERY))
        memory = self._session.memory
        if key not in memory:
            memory[key] = await ask()
        answer: R = memory[key]
        return answer

    async def settle(self, *sees: Key) -> None:
        """Send what concerns `sees`, so that the database knows."""
        keys = set(sees)
        own = not keys.isdisjoint(self._staged.touched)
        if own or not keys.isdisjoint(self._session.staged.touched):
            await self._session.flush(self._session.staged)
        if own:
            self.sent = True
            await self._session.flush(self._staged)

    async def next_number(self, organization_id: OrganizationId) -> int:
        last = self._numbers.get(organization_id) or self._session.numbers.get(organization_id)
        if last is None:
            row = await self._session.fetch(_LAST_NUMBER, {"organization": organization_id})
            last = row[0][0] if row else 0
        self._numbers[organization_id] = last + 1
        return last + 1

    def count(self, before: Bucket | None, after: Bucket | None) -> None:
        """An incident counts elsewhere from now on, or for the first time, or no more."""
        if before == after:
            return
        if before:
            self._counts[before] = self._counts.get(before, 0) - 1
        if after:
            self._counts[after] = self._counts.get(after, 0) + 1

    def accept(self) -> None:
        """The work went well: what it wants joins what the transaction will write."""
        self._session.staged.take(self._staged)
        self._session.numbers.update(self._numbers)
        counts = self._session.counts
        for bucket, change in self._counts.items():
            counts[bucket] = counts.get(bucket, 0) + change


Work: TypeAlias = Callable[[Draft], Awaitable[R]]
"""May be run again from the start; has no effect but through its draft."""
