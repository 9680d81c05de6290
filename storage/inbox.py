"""The inbox in SQL: what alert sources sent, durable before they are answered."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Integer, bindparam, func, select

from core.errors import Conflict, CoreError, Unavailable
from core.ports import MOST_PENDING_BYTES, PendingDelivery, RawDelivery
from storage.connection import Connection
from storage.inbox_room import FULL, Bounds, Room, require_pace
from storage.mapping import Mapping
from storage.readers import Readers
from storage.session import Draft
from storage.statements import Statement, insertion
from storage.tables import inbox, integrations
from storage.writer import Writer

_RAW = Mapping(RawDelivery)
_pending = inbox.c.dealt_at.is_(None)
_STORE = insertion(inbox)
_KEY = ("inbox", "")
_CUT_SHORT = "Tocsin is about to stop, and did not store this; send it again."
_sizes = (
    select(inbox.c.id, func.length(inbox.c.body).label("size"))
    .where(_pending)
    .order_by(inbox.c.id)
    .limit(bindparam("limit", type_=Integer))
    .subquery()
)
_before = (func.sum(_sizes.c.size).over(order_by=_sizes.c.id) - _sizes.c.size).label("before")
_queue = select(_sizes.c.id, _before).subquery()
_raw = [
    func.coalesce(inbox.c.replayed_at, column) if column is inbox.c.received_at else column
    for column in _RAW.columns(inbox)
]
"""What is replayed comes as if it came when that was asked for."""
_PENDING = Statement(
    select(*_raw, inbox.c.id, integrations.c.source, integrations.c.settings)
    .join(_queue, _queue.c.id == inbox.c.id)
    .join(integrations, integrations.c.id == inbox.c.integration_id)
    .where(_queue.c.before < bindparam("bytes", type_=Integer))
    .order_by(inbox.c.id)
)
_WAITING = Statement(select(func.count()).select_from(inbox).where(_pending))
_AT_MOST = Statement(
    select(func.count()).select_from(
        select(inbox.c.id).where(_pending).limit(bindparam("most", type_=Integer)).subquery()
    )
)
_KNOWN = Statement(
    select(inbox.c.id).where(
        inbox.c.integration_id == bindparam("integration"),
        inbox.c.request_id == bindparam("request"),
    )
)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A delivery and whoever waits until it is safe."""

    raw: RawDelivery
    stored: "asyncio.Future[None]"

    def succeeded(self) -> None:
        if not self.stored.done():
            self.stored.set_result(None)

    def failed(self, error: BaseException) -> None:
        if not self.stored.done():
            self.stored.set_exception(error)


def _answer_the_rest(arrivals: Sequence[_Arrival], storing: "asyncio.Task[None]") -> None:
    """Nobody waits for ever, whatever went wrong; those who were answered keep their answer."""
    trouble = None if storing.cancelled() else storing.exception()
    for arrival in arrivals:
        arrival.failed(trouble or Unavailable(_CUT_SHORT))


class SqlInbox:
    """Outside every organisation: it is filled before and emptied after they are known."""

    def __init__(
        self,
        writer: Writer,
        readers: Readers,
        bounds: Bounds = Bounds(),  # noqa: B008 - frozen
    ) -> None:
        self._writer = writer
        self._readers = readers
        self._bounds = bounds
        self._room = Room(bounds, self._at_most)
        self._unsafe = 0
        self._gathered: list[_Arrival] = []
        self._storing: set[asyncio.Task[None]] = set()

    async def store(self, delivery: RawDelivery) -> None:
        """Those who come in one turn of the loop are written as one work: in a flood that is
        most of what they cost."""
        require_pace(self._unsafe, self._bounds)
        loop = asyncio.get_running_loop()
        arrival = _Arrival(delivery, loop.create_future())
        self._gathered.append(arrival)
        if len(self._gathered) == 1:
            loop.call_soon(self._begin)
        self._unsafe += 1
        try:
            await arrival.stored
        finally:
            self._unsafe -= 1

    def _begin(self) -> None:
        arrivals, self._gathered = self._gathered, []
        task = asyncio.create_task(self._take_in(arrivals))
        self._storing.add(task)
        task.add_done_callback(self._storing.discard)
        task.add_done_callback(partial(_answer_the_rest, arrivals))

    async def _take_in(self, arrivals: Sequence[_Arrival]) -> None:
        admitted = await self._room.admit(len(arrivals))
        for arrival in arrivals[admitted:]:
            arrival.failed(Unavailable(FULL))
        if admitted:
            await self._store(arrivals[:admitted])

    async def _store(self, arrivals: Sequence[_Arrival]) -> None:
        try:
            await self._write(arrivals)
        except CoreError as error:
            await self._refuse(arrivals, error)
        else:
            for arrival in arrivals:
                arrival.succeeded()

    async def _write(self, arrivals: Sequence[_Arrival]) -> None:
        rows = [
            _RAW.row(arrival.raw, dealt_at=None, reason="", replayed_at=None)
            for arrival in arrivals
        ]

        async def work(draft: Draft) -> None:
            for row in rows:
                draft.stage(_STORE, row, _KEY)

        await self._writer.submit(work)

    async def _refuse(self, arrivals: Sequence[_Arrival], error: CoreError) -> None:
        if isinstance(error, Conflict) and len(arrivals) > 1:
            for arrival in arrivals:  # one of them it was; the others are fine
                await self._store([arrival])
            return
        for arrival in arrivals:
            if isinstance(error, Conflict) and arrival.raw.request_id is not None:
                await self._conclude_repeated(arrival, error)
            else:
                arrival.failed(error)

    async def _conclude_repeated(self, arrival: _Arrival, error: CoreError) -> None:
        """What is in already is as safe as if it had come now."""
        try:
            known = await self._is_known(arrival.raw)
        except CoreError as unknown:
            arrival.failed(unknown)
            return
        if known:
            arrival.succeeded()
        else:
            arrival.failed(error)

    async def _is_known(self, raw: RawDelivery) -> bool:
        which = {"integration": raw.integration_id, "request": raw.request_id}

        async def question(connection: Connection) -> bool:
            return bool(await connection.fetch(_KNOWN, which))

        return await self._readers.glance(question)

    async def pending(self, limit: int) -> list[PendingDelivery]:
        async def question(connection: Connection) -> list[PendingDelivery]:
            rows = await connection.fetch(_PENDING, {"limit": limit, "bytes": MOST_PENDING_BYTES})
            return [
                PendingDelivery(id=row[-3], raw=_RAW.value(row), source=row[-2], settings=row[-1])
                for row in rows
            ]

        return await self._readers.ask(question)

    async def waiting(self) -> int:
        async def question(connection: Connection) -> int:
            count: int = (await connection.fetch(_WAITING, {}))[0][0]
            return count

        return await self._readers.ask(question)

    async def _at_most(self, most: int) -> int:
        async def question(connection: Connection) -> int:
            count: int = (await connection.fetch(_AT_MOST, {"most": most}))[0][0]
            return count

        return await self._readers.ask(question)
