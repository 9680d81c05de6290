"""The inbox in SQL: what alert sources sent, durable before they are answered."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy import update as sql_update

from core.domain.ids import DeliveryId, OrganizationId
from core.errors import Conflict, CoreError
from core.ports import MOST_PENDING_BYTES, PendingDelivery, RawDelivery
from storage.connection import Connection
from storage.mapping import Mapping
from storage.readers import Readers
from storage.session import Draft
from storage.statements import Statement, guarded, insertion
from storage.tables import inbox, integrations
from storage.types import UtcDateTime
from storage.writer import Writer

_RAW = Mapping(RawDelivery)
_pending = inbox.c.dealt_at.is_(None)
_STORE = insertion(inbox)
_KEY = ("inbox", "")
_sizes = (
    select(inbox.c.id, func.length(inbox.c.body).label("size"))
    .where(_pending)
    .order_by(inbox.c.id)
    .limit(bindparam("limit", type_=Integer))
    .subquery()
)
_before = (func.sum(_sizes.c.size).over(order_by=_sizes.c.id) - _sizes.c.size).label("before")
_queue = select(_sizes.c.id, _before).subquery()
_PENDING = Statement(
    select(*_RAW.columns(inbox), inbox.c.id, integrations.c.source, integrations.c.settings)
    .join(_queue, _queue.c.id == inbox.c.id)
    .join(integrations, integrations.c.id == inbox.c.integration_id)
    .where(_queue.c.before < bindparam("bytes", type_=Integer))
    .order_by(inbox.c.id)
)
_WAITING = Statement(select(func.count()).select_from(inbox).where(_pending))
_ours = (inbox.c.organization_id == bindparam("organization"), inbox.c.id == bindparam("this_id"))
_IS_PENDING = Statement(select(inbox.c.id).where(*_ours, _pending))
_DEAL = guarded(
    sql_update(inbox)
    .where(*_ours, _pending)
    .values(dealt_at=bindparam("dealt_at", type_=UtcDateTime), reason=bindparam("reason")),
    inbox,
)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A delivery and whoever waits until it is safe."""

    raw: RawDelivery
    stored: "asyncio.Future[None]"

    def succeeded(self) -> None:
        if not self.stored.done():
            self.stored.set_result(None)

    def failed(self, error: CoreError) -> None:
        if not self.stored.done():
            self.stored.set_exception(error)


class SqlInbox:
    """Outside every organisation: it is filled before and emptied after they are known."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers
        self._gathered: list[_Arrival] = []
        self._storing: set[asyncio.Task[None]] = set()

    async def store(self, delivery: RawDelivery) -> None:
        """Those who come in one turn of the loop are written as one work: in a flood that is
        most of what they cost."""
        loop = asyncio.get_running_loop()
        arrival = _Arrival(delivery, loop.create_future())
        self._gathered.append(arrival)
        if len(self._gathered) == 1:
            loop.call_soon(self._begin)
        await arrival.stored

    def _begin(self) -> None:
        arrivals, self._gathered = self._gathered, []
        task = asyncio.create_task(self._store(arrivals))
        self._storing.add(task)
        task.add_done_callback(self._storing.discard)

    async def _store(self, arrivals: Sequence[_Arrival]) -> None:
        try:
            await self._write(arrivals)
        except CoreError as error:
            await self._refuse(arrivals, error)
        else:
            for arrival in arrivals:
                arrival.succeeded()

    async def _write(self, arrivals: Sequence[_Arrival]) -> None:
        rows = [_RAW.row(arrival.raw, dealt_at=None, reason="") for arrival in arrivals]

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
            arrival.failed(error)

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


class SqlDeliveries:
    """The same rows, seen from inside a transaction."""

    def __init__(self, draft: Draft, organization_id: OrganizationId) -> None:
        self._draft = draft
        self._organization_id = organization_id

    async def settle(self, id: DeliveryId, at: datetime) -> bool:
        return await self._deal(id, "", at)

    async def refuse(self, id: DeliveryId, reason: str, at: datetime) -> bool:
        return await self._deal(id, reason, at)

    async def _deal(self, id: DeliveryId, reason: str, at: datetime) -> bool:
        which = {"organization": self._organization_id, "this_id": id}
        key = ("inbox", str(id))
        if await self._draft.one(_IS_PENDING, which, key) is None:
            return False
        self._draft.stage(_DEAL, {**which, "dealt_at": at, "reason": reason}, key)
        return True
