"""What is asked of alerts that call nobody for now, in SQL."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, func, select

from core.domain.alert import Episode, Fate
from core.domain.ids import IncidentId, IntegrationId
from storage.alert_endings import EPISODE, SqlAlertEndings
from storage.expressions import Beside
from storage.session import EVERY
from storage.statements import Statement
from storage.tables import alert_groups, alerts
from storage.tables.alerts import holding, waiting
from storage.types import UtcDateTime, Word

_ours = Beside(alerts.c.organization_id) == bindparam("organization")
_LIMIT = bindparam("limit", type_=Integer)
_WAITING = Statement(
    select(*EPISODE.columns(alerts))
    .where(
        _ours,
        waiting,
        alerts.c.kept_by == bindparam("kept_by"),
        alerts.c.fate == bindparam("fate", type_=Word(Fate)),
    )
    .order_by(alerts.c.starts_at, alerts.c.id)
    .limit(_LIMIT)
)
_held = (_ours, holding, alerts.c.integration_id == bindparam("integration"))
_HELD = Statement(
    select(*EPISODE.columns(alerts))
    .where(*_held, alerts.c.due_at <= bindparam("at", type_=UtcDateTime))
    .order_by(alerts.c.due_at, alerts.c.id)
    .limit(_LIMIT)
)
_NEXT_DUE = Statement(select(func.min(alerts.c.due_at, type_=UtcDateTime())).where(*_held))
_COUNT = Statement(
    select(func.count())
    .select_from(alerts)
    .where(_ours, alerts.c.incident_id == bindparam("incident"))
)
_OPENED = Statement(
    select(func.count())
    .select_from(alert_groups)
    .where(
        Beside(alert_groups.c.organization_id) == bindparam("organization"),
        alert_groups.c.integration_id == bindparam("integration"),
        alert_groups.c.opened_at > bindparam("since", type_=UtcDateTime),
    )
)


class SqlQuietAlerts(SqlAlertEndings):
    async def waiting(self, kept_by: str, fate: Fate, limit: int) -> list[Episode]:
        values = {
            "organization": self._organization_id,
            "kept_by": kept_by,
            "fate": fate,
            "limit": limit,
        }
        rows = await self._draft.fetch(_WAITING, values, ("alerts", EVERY))
        return [EPISODE.value(row) for row in rows]

    async def held_until(
        self, integration_id: IntegrationId, at: datetime, limit: int
    ) -> list[Episode]:
        values = {**self._of(integration_id), "at": at, "limit": limit}
        rows = await self._draft.fetch(_HELD, values, ("alerts", EVERY))
        return [EPISODE.value(row) for row in rows]

    async def next_due(self, integration_id: IntegrationId) -> datetime | None:
        rows = await self._draft.fetch(_NEXT_DUE, self._of(integration_id), ("alerts", EVERY))
        due: datetime | None = rows[0][0]
        return due

    async def count_in(self, incident_id: IncidentId) -> int:
        values = {"organization": self._organization_id, "incident": incident_id}
        rows = await self._draft.fetch(_COUNT, values, ("alerts", EVERY))
        count: int = rows[0][0]
        return count

    async def opened_since(self, integration_id: IntegrationId, since: datetime) -> int:
        values = {**self._of(integration_id), "since": since}
        rows = await self._draft.fetch(_OPENED, values, ("groups of", integration_id))
        count: int = rows[0][0]
        return count

    def _of(self, integration_id: IntegrationId) -> dict[str, str]:
        return {"organization": self._organization_id, "integration": integration_id}
