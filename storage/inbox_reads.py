"""Questions on what alert sources sent lately, answered from SQL outside any transaction."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Integer, bindparam, func, select

from core.domain.ids import DeliveryId, IntegrationId, OrganizationId
from core.domain.timer import Timer, TimerKind
from core.domain.viewer import EVERYTHING, Viewer
from core.errors import NotFound
from core.ports import SHOWN_BYTES, InboxRow
from storage.connection import Connection
from storage.expressions import OneOf
from storage.mapping import Mapping
from storage.privacy import Eyed
from storage.readers import Readers
from storage.statements import Row, Statement, Values
from storage.tables import alert_timers, inbox, integrations, records
from storage.types import Word

_TIMER = Mapping(Timer)
_ROW = Mapping(InboxRow, apart=("body", "size"))
_ours = inbox.c.organization_id == bindparam("organization")
_of_source = (_ours, inbox.c.integration_id == bindparam("integration"))
_about = (*_ROW.columns(inbox), func.length(inbox.c.body))
_beginning = func.substr(inbox.c.body, 1, SHOWN_BYTES, type_=inbox.c.body.type)
_RECENT = Statement(
    select(*_about, _beginning)
    .where(*_of_source)
    .order_by(inbox.c.id.desc())
    .limit(bindparam("limit", type_=Integer))
)
_whole = select(*_about, inbox.c.body)
_ONE = Statement(_whole.where(_ours, inbox.c.id == bindparam("id")))
_OF_REQUEST = Statement(_whole.where(*_of_source, inbox.c.request_id == bindparam("request")))
_last = (
    select(inbox.c.received_at)
    .where(inbox.c.integration_id == integrations.c.id)
    .order_by(inbox.c.id.desc())
    .limit(1)
    .correlate(integrations)
    .scalar_subquery()
)
_LAST_HEARD = Statement(
    select(integrations.c.id, _last.label("heard")).where(
        integrations.c.organization_id == bindparam("organization")
    )
)
_TIMERS = Statement(
    select(*_TIMER.columns(alert_timers)).where(
        alert_timers.c.organization_id == bindparam("organization"),
        alert_timers.c.kind == bindparam("kind", type_=Word(TimerKind)),
    )
)
_belongs_to = (
    select(records.c.parent_id)
    .where(
        records.c.id == alert_timers.c.subject_id,
        records.c.organization_id == alert_timers.c.organization_id,
    )
    .correlate(alert_timers)
    .scalar_subquery()
)
_TIMERS_OF = Eyed(
    select(*_TIMER.columns(alert_timers)).where(
        alert_timers.c.organization_id == bindparam("organization"),
        OneOf(alert_timers.c.kind, "kinds"),
        OneOf(alert_timers.c.subject_id, "subjects"),
    ),
    alert_timers.c.subject_id,
    _belongs_to,
)
"""With every kind there is, for those stand before the subjects in the index."""


class SqlInboxReads:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._viewer: Viewer = EVERYTHING

    async def recent_deliveries(
        self, organization_id: OrganizationId, integration_id: IntegrationId, limit: int
    ) -> list[InboxRow]:
        which = {"organization": organization_id, "integration": integration_id, "limit": limit}
        return [_row(row) for row in await self._rows(_RECENT, which)]

    async def delivery(self, organization_id: OrganizationId, id: DeliveryId) -> InboxRow:
        rows = await self._rows(_ONE, {"organization": organization_id, "id": id})
        if not rows:
            raise NotFound(f"There is no payload {id}.")
        return _row(rows[0])

    async def delivery_of_request(
        self, organization_id: OrganizationId, integration_id: IntegrationId, request_id: str
    ) -> InboxRow | None:
        which = {"integration": integration_id, "request": request_id}
        rows = await self._rows(_OF_REQUEST, {"organization": organization_id, **which})
        return _row(rows[0]) if rows else None

    async def last_heard(self, organization_id: OrganizationId) -> dict[IntegrationId, datetime]:
        rows = await self._rows(_LAST_HEARD, {"organization": organization_id})
        return {IntegrationId(id): heard for id, heard in rows if heard}

    async def timers(self, organization_id: OrganizationId, kind: TimerKind) -> dict[str, Timer]:
        rows = await self._rows(_TIMERS, {"organization": organization_id, "kind": kind})
        return {timer.subject_id: timer for timer in map(_TIMER.value, rows)}

    async def timers_of(
        self, organization_id: OrganizationId, subject_ids: Collection[str]
    ) -> list[Timer]:
        if not subject_ids:
            return []
        which = {"kinds": [kind.value for kind in TimerKind], "subjects": sorted(subject_ids)}

        async def question(connection: Connection) -> list[Row]:
            values = {"organization": organization_id, **which}
            return await _TIMERS_OF.fetch(connection, self._viewer, values)

        found = map(_TIMER.value, await self._readers.ask(question))
        return sorted(found, key=lambda one: (one.due_at, one.kind, one.subject_id))

    async def _rows(self, statement: Statement, values: Values) -> list[Row]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(statement, values)

        return await self._readers.ask(question)


def _row(row: Row) -> InboxRow:
    *_, size, body = row
    return _ROW.value(row, size=size, body=bytes(body))
