"""The outbox in SQL: effects on their way out, in order per lane, leased while they are tried."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy import update as sql_update

from core.domain.ids import OrganizationId
from core.effects import COLLAPSIBLE
from core.errors import NotFound
from core.ports import BuriedParcel, Clock, Parcel, ParcelId
from storage.codec import effect_from, effect_text
from storage.connection import Connection
from storage.readers import Readers
from storage.session import EVERY, NEW_EFFECTS, Draft
from storage.statements import Row, Statement, Values, changing, insertion
from storage.tables import outbox, outbox_waiting
from storage.types import UtcDateTime
from storage.writer import Writer

LEASE = timedelta(seconds=60)
"""Longer than any attempt: who has not reported by then is taken for dead."""

_ALL = ("outbox", EVERY)
_o = outbox.c
_now = bindparam("now", type_=UtcDateTime)
_this = (_o.organization_id == bindparam("organization"), _o.id == bindparam("this_id"))

_heads = (
    select(
        func.min(_o.id).label("head"),
        func.max(_o.id).label("newest"),
        func.max(_o.leased_until, type_=UtcDateTime()).label("busy_until"),
    )
    .where(outbox_waiting)
    .group_by(_o.lane)
    .subquery("heads")
)


def _claimable() -> Select[Any]:
    """Heads of lanes that are due, in lanes where nothing is being tried."""
    idle = _heads.c.busy_until.is_(None) | (_heads.c.busy_until <= _now)
    free = _o.leased_until.is_(None) | (_o.leased_until <= _now)
    return (
        select(
            _o.id,
            _o.organization_id,
            _o.kind,
            _o.body,
            _o.attempts,
            _o.doubtful,
            _o.leased_until,
            _heads.c.newest,
        )
        .join(_heads, _heads.c.head == _o.id)
        .where(outbox_waiting, _o.due_at <= _now, free, idle)
        .order_by(_o.id)
        .limit(bindparam("limit", type_=_o.attempts.type))
    )


INSERT = insertion(outbox)
_CLAIM = Statement(
    {
        "sqlite": _claimable(),
        "postgresql": _claimable().with_for_update(skip_locked=True, of=outbox),
    }
)
_LEASE = changing(
    sql_update(outbox)
    .where(*_this)
    .values(
        leased_until=bindparam("leased_until", type_=UtcDateTime),
        doubtful=bindparam("doubtful", type_=_o.doubtful.type),
    ),
    outbox,
)
_SETTLE = changing(
    sql_update(outbox).where(*_this).values(settled_at=_now, leased_until=None), outbox
)
_SETTLE_EQUALS = changing(
    sql_update(outbox)
    .where(
        outbox_waiting,
        _o.organization_id == bindparam("organization"),
        _o.lane == bindparam("lane"),
        _o.kind == bindparam("kind"),
        _o.body == bindparam("body"),
        _o.id > bindparam("this_id"),
        _o.id <= bindparam("upto", type_=_o.id.type),
        _o.leased_until.is_(None),
    )
    .values(settled_at=_now),
    outbox,
)
_POSTPONE = changing(
    sql_update(outbox)
    .where(*_this)
    .values(
        leased_until=None,
        due_at=bindparam("until", type_=UtcDateTime),
        doubtful=bindparam("doubtful", type_=_o.doubtful.type),
        attempts=_o.attempts + bindparam("counted", type_=_o.attempts.type),
        reason=bindparam("reason"),
    ),
    outbox,
)
_BURY = changing(
    sql_update(outbox)
    .where(*_this)
    .values(buried_at=_now, leased_until=None, reason=bindparam("reason")),
    outbox,
)
_is_buried = _o.buried_at.is_not(None)
_FIND_BURIED = Statement(select(_o.id).where(*_this, _is_buried))
_REPLAY = changing(
    sql_update(outbox)
    .where(*_this, _is_buried)
    .values(buried_at=None, leased_until=None, due_at=_now, attempts=0, reason=""),
    outbox,
)
_RECOVER = changing(
    sql_update(outbox)
    .where(outbox_waiting, _o.leased_until.is_not(None))
    .values(leased_until=None, doubtful=True, due_at=_now),
    outbox,
)
_BURIED = Statement(
    select(_o.id, _o.kind, _o.body, _o.attempts, _o.reason, _o.buried_at)
    .where(_o.organization_id == bindparam("organization"), _is_buried)
    .order_by(_o.buried_at.desc(), _o.id.desc())
    .limit(bindparam("limit", type_=_o.attempts.type))
)
_WAITING = Statement(select(func.count()).select_from(outbox).where(outbox_waiting))
_ready = case((_o.leased_until > _o.due_at, _o.leased_until), else_=_o.due_at)
_NEXT_DUE = Statement(
    select(func.min(_ready, type_=UtcDateTime())).join(_heads, _heads.c.head == _o.id)
)


class SqlOutbox:
    def __init__(self, writer: Writer, readers: Readers, clock: Clock) -> None:
        self._writer = writer
        self._readers = readers
        self._clock = clock

    async def claim(self, limit: int, now: datetime) -> list[Parcel]:
        async def work(draft: Draft) -> list[Parcel]:
            rows = await draft.fetch(_CLAIM, {"now": now, "limit": limit}, _ALL)
            parcels = [_parcel(row) for row in rows]
            for parcel in parcels:
                lease = {"leased_until": now + LEASE, "doubtful": parcel.doubtful}
                draft.stage(_LEASE, {**_which(parcel), **lease}, _ALL)
            return parcels

        return await self._writer.submit(work)

    async def settle(self, parcel: Parcel) -> None:
        which = {**_which(parcel), "now": self._clock()}
        changes = [(_SETTLE, which)]
        if type(parcel.effect) in COLLAPSIBLE and parcel.upto is not None:
            effect = parcel.effect
            equals = {
                "lane": effect.incident_id,
                "kind": type(effect).__name__,
                "body": effect_text(effect),
                "upto": parcel.upto,
            }
            changes.append((_SETTLE_EQUALS, {**which, **equals}))
        await self._change(changes)

    async def postpone(
        self, parcel: Parcel, until: datetime, reason: str, *, doubtful: bool, counted: bool
    ) -> None:
        values = {
            **_which(parcel),
            "until": until,
            "reason": reason,
            "doubtful": doubtful or parcel.doubtful,
            "counted": int(counted),
        }
        await self._change([(_POSTPONE, values)])

    async def release(self, parcel: Parcel) -> None:
        values = {**_which(parcel), "leased_until": None, "doubtful": parcel.doubtful}
        await self._change([(_LEASE, values)])

    async def bury(self, parcel: Parcel, reason: str) -> None:
        await self._change([(_BURY, {**_which(parcel), "now": self._clock(), "reason": reason})])

    async def replay(self, organization_id: OrganizationId, id: ParcelId, now: datetime) -> None:
        values = {"organization": organization_id, "this_id": id, "now": now}

        async def work(draft: Draft) -> None:
            if await draft.one(_FIND_BURIED, values, _ALL) is None:
                raise NotFound(f"Nothing is buried under the number {id}.")
            draft.stage(_REPLAY, values, _ALL, NEW_EFFECTS)

        await self._writer.submit(work)

    async def recover(self, now: datetime) -> None:
        await self._change([(_RECOVER, {"now": now})])

    async def buried(self, organization_id: OrganizationId, limit: int) -> list[BuriedParcel]:
        values = {"organization": organization_id, "limit": limit}
        return [_buried(row) for row in await self._read(_BURIED, values)]

    async def waiting(self) -> int:
        count: int = (await self._read(_WAITING, {}))[0][0]
        return count

    async def next_due(self) -> datetime | None:
        due: datetime | None = (await self._read(_NEXT_DUE, {}))[0][0]
        return due

    async def _read(self, statement: Statement, values: Values) -> list[Row]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(statement, values)

        return await self._readers.ask(question)

    async def _change(self, changes: Sequence[tuple[Statement, Values]]) -> None:
        async def work(draft: Draft) -> None:
            for statement, values in changes:
                draft.stage(statement, values, _ALL)

        await self._writer.submit(work)


def _which(parcel: Parcel) -> dict[str, Any]:
    return {"organization": parcel.organization_id, "this_id": parcel.id}


def _parcel(row: Row) -> Parcel:
    """Still leased, though nobody reported: it may have arrived."""
    id, organization_id, kind, body, attempts, doubtful, leased_until, newest = row
    return Parcel(
        id=id,
        organization_id=organization_id,
        effect=effect_from(kind, body),
        attempts=attempts,
        doubtful=doubtful or leased_until is not None,
        upto=newest,
    )


def _buried(row: Row) -> BuriedParcel:
    id, kind, body, attempts, reason, buried_at = row
    return BuriedParcel(
        id=id,
        effect=effect_from(kind, body),
        attempts=attempts,
        reason=reason,
        buried_at=buried_at,
    )
