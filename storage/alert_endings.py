"""What is asked of alerts when they come and go, in SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam, select

from core.domain.alert import AlertGroup, Episode, Fingerprint
from core.domain.ids import IncidentId, IntegrationId, OrganizationId
from core.domain.severity import Severity
from storage.expressions import Beside, OneOf
from storage.mapping import Mapping
from storage.session import EVERY, Draft
from storage.statements import Statement
from storage.tables import alert_groups, alerts
from storage.types import UtcDateTime

EPISODE = Mapping(Episode)
GROUP = Mapping(AlertGroup)
_ours = Beside(alerts.c.organization_id) == bindparam("organization")
_BEGUN = Statement(
    select(*EPISODE.columns(alerts))
    .where(
        _ours,
        alerts.c.integration_id == bindparam("integration"),
        OneOf(alerts.c.fingerprint, "fingerprints"),
        alerts.c.starts_at >= bindparam("since", type_=UtcDateTime),
    )
    .order_by(alerts.c.starts_at, alerts.c.id)
)
_SEVERITIES = Statement(
    select(alerts.c.severity).where(_ours, alerts.c.incident_id == bindparam("incident")).distinct()
)
_FLAPPING = Statement(
    select(*EPISODE.columns(alerts))
    .where(_ours, alerts.c.incident_id == bindparam("incident"), alerts.c.flapping)
    .order_by(alerts.c.starts_at, alerts.c.id)
)
_FIRING = Statement(
    select(*EPISODE.columns(alerts))
    .where(
        alerts.c.organization_id == bindparam("organization"),
        Beside(alerts.c.integration_id) == bindparam("integration"),
        alerts.c.ends_at.is_(None),
    )
    .order_by(alerts.c.starts_at, alerts.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_FIRING_WITHIN = Statement(
    select(*EPISODE.columns(alerts))
    .where(_ours, alerts.c.incident_id == bindparam("incident"), alerts.c.ends_at.is_(None))
    .order_by(alerts.c.starts_at, alerts.c.id)
)
_GROUPS_OF = Statement(
    select(*GROUP.columns(alert_groups))
    .where(
        alert_groups.c.organization_id == bindparam("organization"),
        alert_groups.c.incident_id == bindparam("incident"),
        alert_groups.c.integration_id.in_(
            select(alerts.c.integration_id).where(
                _ours, alerts.c.incident_id == bindparam("incident")
            )
        ),
    )
    .order_by(alert_groups.c.integration_id, alert_groups.c.key)
)
_SOURCES = Statement(
    select(alerts.c.integration_id)
    .where(_ours, alerts.c.incident_id == bindparam("incident"))
    .distinct()
    .order_by(alerts.c.integration_id)
)


class SqlAlertEndings:
    def __init__(self, draft: Draft, organization_id: OrganizationId) -> None:
        self._draft = draft
        self._organization_id = organization_id

    async def begun_since(
        self, integration_id: IntegrationId, fingerprints: Sequence[Fingerprint], since: datetime
    ) -> list[Episode]:
        values = {
            "organization": self._organization_id,
            "integration": integration_id,
            "fingerprints": fingerprints,
            "since": since,
        }
        sees = [("alerts", f"{integration_id} {one}") for one in fingerprints]
        return [EPISODE.value(row) for row in await self._draft.fetch(_BEGUN, values, *sees)]

    async def worst_in(self, incident_id: IncidentId) -> Severity | None:
        values = {"organization": self._organization_id, "incident": incident_id}
        rows = await self._draft.fetch(_SEVERITIES, values, ("alerts of", incident_id))
        return max((row[0] for row in rows), key=lambda one: one.rank, default=None)

    async def flapping_in(self, incident_id: IncidentId) -> list[Episode]:
        values = {"organization": self._organization_id, "incident": incident_id}
        rows = await self._draft.fetch(_FLAPPING, values, ("alerts of", incident_id))
        return [EPISODE.value(row) for row in rows]

    async def firing_within(self, incident_id: IncidentId) -> list[Episode]:
        values = {"organization": self._organization_id, "incident": incident_id}
        rows = await self._draft.fetch(_FIRING_WITHIN, values, ("alerts", EVERY))
        return [EPISODE.value(row) for row in rows]

    async def groups_of(self, incident_id: IncidentId) -> list[AlertGroup]:
        values = {"organization": self._organization_id, "incident": incident_id}
        rows = await self._draft.fetch(_GROUPS_OF, values, ("alerts", EVERY), ("groups", EVERY))
        return [GROUP.value(row) for row in rows]

    async def sources_of(self, incident_id: IncidentId) -> list[IntegrationId]:
        values = {"organization": self._organization_id, "incident": incident_id}
        rows = await self._draft.fetch(_SOURCES, values, ("alerts of", incident_id))
        return [row[0] for row in rows]

    async def firing_of(self, integration_id: IntegrationId, limit: int) -> list[Episode]:
        values = {
            "organization": self._organization_id,
            "integration": integration_id,
            "limit": limit,
        }
        rows = await self._draft.fetch(_FIRING, values, ("alerts", EVERY))
        return [EPISODE.value(row) for row in rows]
