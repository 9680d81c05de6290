"""The outbox in SQL: effects on their way out, in order per lane, leased while they are tried."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from core.domain.ids import OrganizationId
from core.effects import COLLAPSIBLE
from core.errors import NotFound
from core.ports import BuriedParcel, Clock, Parcel, ParcelId
from storage import outbox_statements as sql
from storage.codec import effect_from, effect_text
from storage.connection import Connection
from storage.readers import Readers
from storage.session import EVERY, NEW_EFFECTS, Draft
from storage.statements import Row, Statement, Values
from storage.writer import Writer

LEASE = timedelta(seconds=15)
"""Whoever neither reports nor renews within it is taken for dead."""

_ALL = ("outbox", EVERY)
_IN_TURN = (sql.CLAIM_CHANNELS, sql.CLAIM, sql.CLAIM_REMINDERS)
"""What is claimed first, what then."""


class SqlOutbox:
    def __init__(self, writer: Writer, readers: Readers, clock: Clock) -> None:
        self._writer = writer
        self._readers = readers
        self._clock = clock

    async def claim(self, limit: int, now: datetime) -> list[Parcel]:
        async def work(draft: Draft) -> list[Parcel]:
            found: dict[ParcelId, Parcel] = {}
            for statement in _IN_TURN:
                if len(found) < limit:
                    rows = await draft.fetch(statement, {"now": now, "limit": limit}, _ALL)
                    found |= {parcel.id: parcel for parcel in map(_parcel, rows)}
            parcels = [*found.values()][:limit]
            for parcel in parcels:
                lease = {"leased_until": now + LEASE, "doubtful": parcel.doubtful}
                draft.stage(sql.LEASE, {**_which(parcel), **lease}, _ALL)
            return parcels

        return await self._writer.submit(work)

    async def settle(self, parcel: Parcel) -> None:
        which = {**_which(parcel), "now": self._clock()}
        changes = [(sql.SETTLE, which)]
        if type(parcel.effect) in COLLAPSIBLE and parcel.upto is not None:
            effect = parcel.effect
            equals = {
                "lane": effect.subject_id,
                "kind": type(effect).__name__,
                "body": effect_text(effect),
                "upto": parcel.upto,
            }
            changes.append((sql.SETTLE_EQUALS, {**which, **equals}))
        await self._change(changes)

    async def postpone(
        self, parcel: Parcel, until: datetime, reason: str, *, doubtful: bool, counted: bool
    ) -> None:
        values = {
            **_which(parcel),
            "lane": parcel.effect.subject_id,
            "until": until,
            "reason": reason,
            "doubtful": doubtful or parcel.doubtful,
            "counted": int(counted),
        }
        await self._change([(sql.POSTPONE, values), (sql.POSTPONE_OTHERS, values)])

    async def renew(self, parcels: Sequence[Parcel], now: datetime) -> None:
        until = now + LEASE
        leases = [
            {**_which(parcel), "leased_until": until, "doubtful": parcel.doubtful}
            for parcel in parcels
        ]
        await self._change([(sql.LEASE, lease) for lease in leases])

    async def release(self, parcel: Parcel) -> None:
        values = {**_which(parcel), "leased_until": None, "doubtful": parcel.doubtful}
        await self._change([(sql.LEASE, values)])

    async def bury(self, parcel: Parcel, reason: str) -> None:
        await self._change([(sql.BURY, {**_which(parcel), "now": self._clock(), "reason": reason})])

    async def replay(self, organization_id: OrganizationId, id: ParcelId, now: datetime) -> None:
        values = {"organization": organization_id, "this_id": id, "now": now}

        async def work(draft: Draft) -> None:
            if await draft.one(sql.FIND_BURIED, values, _ALL) is None:
                raise NotFound(f"Nothing is buried under the number {id}.")
            draft.stage(sql.REPLAY, values, _ALL, NEW_EFFECTS)

        await self._writer.submit(work)

    async def replay_all(self, organization_id: OrganizationId, now: datetime) -> int:
        values = {"organization": organization_id, "now": now}

        async def work(draft: Draft) -> int:
            found = await draft.fetch(sql.COUNT_BURIED, values, _ALL)
            count: int = found[0][0]
            if count:
                draft.stage(sql.REPLAY_ALL, values, _ALL, NEW_EFFECTS)
            return count

        return await self._writer.submit(work)

    async def recover(self, now: datetime) -> None:
        await self._change([(sql.RECOVER, {"now": now})])

    async def buried(self, organization_id: OrganizationId, limit: int) -> list[BuriedParcel]:
        values = {"organization": organization_id, "limit": limit}
        return [_buried(row) for row in await self._read(sql.BURIED, values)]

    async def is_behind(self, parcel: Parcel, lanes: Sequence[str]) -> bool:
        for lane in lanes:
            if await self._read(sql.OLDER, {**_which(parcel), "lane": lane}):
                return True
        return False

    async def waiting(self) -> int:
        count: int = (await self._read(sql.WAITING, {}))[0][0]
        return count

    async def next_due(self) -> datetime | None:
        due: datetime | None = (await self._read(sql.NEXT_DUE, {}))[0][0]
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
