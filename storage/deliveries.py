"""What alert sources sent, seen from inside a transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, null, select
from sqlalchemy import update as sql_update

from core.domain.ids import DeliveryId, IntegrationId, OrganizationId
from storage.expressions import Beside
from storage.session import EVERY, Draft
from storage.statements import Statement, guarded
from storage.tables import inbox
from storage.types import UtcDateTime

_of_ours = inbox.c.organization_id == bindparam("organization")
_ours = (_of_ours, inbox.c.id == bindparam("this_id"))
_pending = inbox.c.dealt_at.is_(None)
_IS_PENDING = Statement(select(inbox.c.id).where(*_ours, _pending))
_ARE_PENDING = Statement(
    select(inbox.c.id).where(
        inbox.c.id.between(
            bindparam("first", type_=inbox.c.id.type), bindparam("last", type_=inbox.c.id.type)
        ),
        Beside(inbox.c.organization_id) == bindparam("organization"),
        _pending,
    )
)
_IS_DEALT_WITH = Statement(select(inbox.c.id).where(*_ours, inbox.c.dealt_at.is_not(None)))
_SOURCE = Statement(select(inbox.c.integration_id).where(*_ours))
_LAST_HEARD = Statement(
    select(inbox.c.received_at)
    .where(_of_ours, inbox.c.integration_id == bindparam("integration"))
    .order_by(inbox.c.id.desc())
    .limit(1)
)
_OLDEST_WAITING = Statement(
    select(func.coalesce(inbox.c.replayed_at, inbox.c.received_at))
    .where(Beside(inbox.c.organization_id) == bindparam("organization"), _pending)
    .order_by(inbox.c.id)
    .limit(1)
)
_DEAL = guarded(
    sql_update(inbox)
    .where(*_ours, _pending)
    .values(dealt_at=bindparam("dealt_at", type_=UtcDateTime), reason=bindparam("reason")),
    inbox,
)
_REPLAY = guarded(
    sql_update(inbox)
    .where(*_ours, inbox.c.dealt_at.is_not(None))
    .values(
        dealt_at=null(), reason="", replayed_at=bindparam("new_replayed_at", type_=UtcDateTime)
    ),
    inbox,
)
_ALL = ("inbox", EVERY)


class SqlDeliveries:
    def __init__(self, draft: Draft, organization_id: OrganizationId) -> None:
        self._draft = draft
        self._organization_id = organization_id

    async def settle(self, ids: Sequence[DeliveryId], at: datetime) -> frozenset[DeliveryId]:
        values = {"organization": self._organization_id, "first": min(ids), "last": max(ids)}
        rows = await self._draft.fetch(_ARE_PENDING, values, _ALL)
        pending = {row[0] for row in rows}.intersection(ids)
        for id in pending:
            self._draft.stage(_DEAL, {**self._this(id), "dealt_at": at, "reason": ""}, _key(id))
        return frozenset(pending)

    async def refuse(self, id: DeliveryId, reason: str, at: datetime) -> bool:
        return await self._deal(id, reason, at)

    async def replay(self, id: DeliveryId, at: datetime) -> bool:
        if await self._draft.one(_IS_DEALT_WITH, self._this(id), _key(id)) is None:
            return False
        self._draft.stage(_REPLAY, {**self._this(id), "new_replayed_at": at}, _key(id))
        return True

    async def source_of(self, id: DeliveryId) -> IntegrationId | None:
        row = await self._draft.one(_SOURCE, self._this(id), _key(id))
        return IntegrationId(row[0]) if row else None

    async def last_heard(self, id: IntegrationId) -> datetime | None:
        which = {"organization": self._organization_id, "integration": id}
        row = await self._draft.one(_LAST_HEARD, which, _ALL)
        heard: datetime | None = row[0] if row else None
        return heard

    async def oldest_waiting(self) -> datetime | None:
        values = {"organization": self._organization_id}
        row = await self._draft.one(_OLDEST_WAITING, values, _ALL)
        came: datetime | None = row[0] if row else None
        return came

    async def _deal(self, id: DeliveryId, reason: str, at: datetime) -> bool:
        if await self._draft.one(_IS_PENDING, self._this(id), _key(id)) is None:
            return False
        settled = {**self._this(id), "dealt_at": at, "reason": reason}
        self._draft.stage(_DEAL, settled, _key(id))
        return True

    def _this(self, id: DeliveryId) -> dict[str, object]:
        return {"organization": self._organization_id, "this_id": id}


def _key(id: DeliveryId) -> tuple[str, str]:
    return ("inbox", str(id))
