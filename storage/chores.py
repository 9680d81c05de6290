"""What is due, found by indexes that hold little else."""

from datetime import datetime

from sqlalchemy import ColumnElement, Integer, Text, bindparam, select, type_coerce

from core.domain.alert import Fate
from core.domain.ids import IncidentId, MaintenanceId, OrganizationId
from core.domain.integration import Integration
from core.domain.timer import TimerKind
from storage.accounts import INTEGRATION
from storage.connection import Connection
from storage.readers import Readers
from storage.statements import Row, Statement
from storage.tables import alert_timers, alerts, incidents, integrations, maintenances
from storage.tables.alerts import held, impatient, patient, waiting
from storage.tables.incidents import going_on, metric_drafts
from storage.tables.maintenances import ahead
from storage.types import UtcDateTime

_FORGOTTEN_DRAFTS = Statement(
    select(incidents.c.organization_id, incidents.c.id)
    .where(metric_drafts, incidents.c.updated_at <= bindparam("before", type_=UtcDateTime))
    .order_by(incidents.c.updated_at, incidents.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_DUE = Statement(
    select(maintenances.c.organization_id, maintenances.c.id)
    .where(ahead, maintenances.c.next_at <= bindparam("now", type_=UtcDateTime))
    .order_by(maintenances.c.next_at, maintenances.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_NEXT = Statement(
    select(maintenances.c.next_at)
    .where(ahead, maintenances.c.next_at > bindparam("after", type_=UtcDateTime))
    .order_by(maintenances.c.next_at)
    .limit(1)
)
_holding = select(alerts.c.suppressed_by.label("id")).where(held).distinct().subquery("holding")
_STRANDED = Statement(
    select(maintenances.c.organization_id, maintenances.c.id)
    .select_from(_holding.join(maintenances, maintenances.c.id == _holding.c.id))
    .where(maintenances.c.actual_end_at.is_not(None) | maintenances.c.canceled_at.is_not(None))
    .order_by(maintenances.c.id)
    .limit(bindparam("limit", type_=Integer))
)


def _due_timers(which: ColumnElement[bool]) -> Statement:
    return Statement(
        select(alert_timers.c.organization_id, alert_timers.c.kind, alert_timers.c.subject_id)
        .where(which, alert_timers.c.due_at <= bindparam("now", type_=UtcDateTime))
        .order_by(alert_timers.c.due_at, alert_timers.c.subject_id)
        .limit(bindparam("limit", type_=Integer))
    )


_DUE_TIMERS, _DUE_REMINDERS = _due_timers(impatient), _due_timers(patient)
_TO_ASK = Statement(
    select(*INTEGRATION.columns(integrations), integrations.c.organization_id)
    .where(
        integrations.c.deleted_at.is_(None),
        type_coerce(integrations.c.settings, Text).like('%"check_url":"h%'),
    )
    .order_by(integrations.c.id)
)
_inhibiting = (
    select(alerts.c.kept_by.label("id"))
    .where(waiting, alerts.c.fate == Fate.INHIBITED)
    .distinct()
    .subquery("inhibiting")
)
_LIFTED = Statement(
    select(incidents.c.organization_id, incidents.c.id)
    .select_from(_inhibiting.join(incidents, incidents.c.id == _inhibiting.c.id))
    .where(~going_on | incidents.c.deleted_at.is_not(None))
    .order_by(incidents.c.id)
    .limit(bindparam("limit", type_=Integer))
)


class SqlChores:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def forgotten_drafts(
        self, before: datetime, limit: int
    ) -> list[tuple[OrganizationId, IncidentId]]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(_FORGOTTEN_DRAFTS, {"before": before, "limit": limit})

        return [(organization_id, id) for organization_id, id in await self._readers.ask(question)]

    async def due_maintenances(
        self, now: datetime, limit: int
    ) -> list[tuple[OrganizationId, MaintenanceId]]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(_DUE, {"now": now, "limit": limit})

        rows = await self._readers.glance(question)
        return [(organization_id, id) for organization_id, id in rows]

    async def next_maintenance_at(self, *, after: datetime) -> datetime | None:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(_NEXT, {"after": after})

        rows = await self._readers.glance(question)
        return rows[0][0] if rows else None

    async def due_timers(
        self, now: datetime, limit: int
    ) -> list[tuple[OrganizationId, TimerKind, str]]:
        async def question(connection: Connection) -> list[Row]:
            rows = await connection.fetch(_DUE_TIMERS, {"now": now, "limit": limit})
            left = limit - len(rows)
            if left:
                more = await connection.fetch(_DUE_REMINDERS, {"now": now, "limit": left})
                rows = [*rows, *more]
            return rows

        rows = await self._readers.glance(question)
        return [(organization_id, kind, subject) for organization_id, kind, subject in rows]

    async def sources_to_ask(self) -> list[tuple[OrganizationId, Integration]]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(_TO_ASK, {})

        rows = await self._readers.ask(question)
        return [(row[-1], INTEGRATION.value(row)) for row in rows]

    async def lifted_incidents(self, limit: int) -> list[tuple[OrganizationId, IncidentId]]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(_LIFTED, {"limit": limit})

        rows = await self._readers.glance(question)
        return [(organization_id, id) for organization_id, id in rows]

    async def stranded_alerts(self, limit: int) -> list[tuple[OrganizationId, MaintenanceId]]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(_STRANDED, {"limit": limit})

        rows = await self._readers.glance(question)
        return [(organization_id, id) for organization_id, id in rows]
