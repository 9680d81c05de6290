"""Episodes of alerts and their groups in SQL."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Integer, bindparam, func, literal_column, select

from core.domain.alert import AlertGroup, Episode, Fingerprint, GroupKey
from core.domain.ids import EpisodeId, IncidentId, IntegrationId, MaintenanceId
from core.domain.repeats import Glimpse
from core.errors import NotFound
from core.language import say
from core.ports import SuppressedCount
from storage.expressions import Beside, OneOf
from storage.mapping import Mapping, where_version
from storage.quiet_alerts import SqlQuietAlerts
from storage.session import EVERY, Key
from storage.statements import Row, Statement, insertion, replacement, versioned_update
from storage.tables import alert_groups, alerts
from storage.tables.alerts import held
from storage.types import UtcDateTime

MOST_NAMES = 5
EPISODE = Mapping(Episode)
_GROUP = Mapping(AlertGroup)
_later = alerts.alias("later")
_latest = (
    Beside(alerts.c.organization_id) == bindparam("organization"),
    alerts.c.integration_id == bindparam("integration"),
    OneOf(alerts.c.fingerprint, "fingerprints"),
    alerts.c.starts_at
    == select(func.max(_later.c.starts_at))
    .where(
        _later.c.integration_id == alerts.c.integration_id,
        _later.c.fingerprint == alerts.c.fingerprint,
    )
    .scalar_subquery(),
)
_LATEST = Statement(select(*EPISODE.columns(alerts)).where(*_latest))
_GLIMPSES = Statement(
    select(
        alerts.c.fingerprint, alerts.c.starts_at, alerts.c.severity, alerts.c.ends_at.is_(None)
    ).where(*_latest)
)
_GET = Statement(
    select(*EPISODE.columns(alerts)).where(
        alerts.c.organization_id == bindparam("organization"), alerts.c.id == bindparam("id")
    )
)
_PUT = replacement(alerts, "id")
_FIRING = Statement(
    select(func.count())
    .select_from(alerts)
    .where(
        Beside(alerts.c.organization_id) == bindparam("organization"),
        alerts.c.incident_id == bindparam("incident"),
        alerts.c.ends_at.is_(None),
    )
)
_window = (
    Beside(alerts.c.organization_id) == bindparam("organization"),
    alerts.c.suppressed_by == bindparam("window"),
)
_count = select(func.count()).select_from(alerts).where(*_window)
SUPPRESSED = Statement(
    select(
        _count.scalar_subquery().label("total"),
        _count.where(held).scalar_subquery().label("firing"),
    )
)
_says = func.coalesce(func.nullif(alerts.c.summary, literal_column("''")), alerts.c.name)
_NAMES = Statement(
    select(_says)
    .where(*_window, alerts.c.ends_at.is_not(None))
    .group_by(_says)
    .order_by(func.min(alerts.c.starts_at), func.min(alerts.c.id))
    .limit(MOST_NAMES)
)
_STILL_SUPPRESSED = Statement(
    select(*EPISODE.columns(alerts))
    .where(*_window, held)
    .order_by(alerts.c.starts_at, alerts.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_LAST_END = Statement(
    select(func.max(alerts.c.ends_at, type_=UtcDateTime())).where(
        Beside(alerts.c.organization_id) == bindparam("organization"),
        alerts.c.incident_id == bindparam("incident"),
    )
)
_GROUPS = Statement(
    select(*_GROUP.columns(alert_groups)).where(
        alert_groups.c.organization_id == bindparam("organization"),
        alert_groups.c.integration_id == bindparam("integration"),
        OneOf(alert_groups.c.key, "keys"),
    )
)
_INSERT_GROUP = insertion(alert_groups)
_UPDATE_GROUP = versioned_update(alert_groups, "integration_id", "key")
_SUPPRESSED_ONES: Key = ("suppressed alerts", EVERY)
"""An alert may be handed from one window to another, so those of all are seen together."""


class SqlAlerts(SqlQuietAlerts):
    async def get(self, id: EpisodeId) -> Episode:
        values = {"organization": self._organization_id, "id": id}
        rows = await self._draft.fetch(_GET, values, ("alerts", EVERY))
        if not rows:
            raise NotFound(say("There is no alert {id}.", id=id))
        return EPISODE.value(rows[0])

    async def latest(
        self, integration_id: IntegrationId, fingerprints: Sequence[Fingerprint]
    ) -> dict[Fingerprint, Episode]:
        rows = await self._of_fingerprints(_LATEST, integration_id, fingerprints)
        episodes = [EPISODE.value(row) for row in rows]
        return {episode.fingerprint: episode for episode in episodes}

    async def glimpses(
        self, integration_id: IntegrationId, fingerprints: Sequence[Fingerprint]
    ) -> dict[Fingerprint, Glimpse]:
        rows = await self._of_fingerprints(_GLIMPSES, integration_id, fingerprints)
        return {name: Glimpse(*seen) for name, *seen in rows}

    async def _of_fingerprints(
        self, question: Statement, integration_id: IntegrationId, names: Sequence[Fingerprint]
    ) -> list[Row]:
        if not names:
            return []
        values = {
            "organization": self._organization_id,
            "integration": integration_id,
            "fingerprints": names,
        }
        sees = [_episode_key(integration_id, one) for one in names]
        return await self._draft.fetch(question, values, *sees)

    async def put(self, episodes: Sequence[Episode]) -> None:
        for episode in episodes:
            row = EPISODE.row(episode, organization_id=self._organization_id)
            touches = [
                _episode_key(episode.integration_id, episode.fingerprint),
                ("alerts of", episode.incident_id or ""),
            ]
            if episode.suppressed_by:
                touches.append(_SUPPRESSED_ONES)
            self._draft.stage(_PUT, row, *touches)

    async def firing_in(self, incident_id: IncidentId) -> int:
        values = {"organization": self._organization_id, "incident": incident_id}
        rows = await self._draft.fetch(_FIRING, values, ("alerts of", incident_id))
        count: int = rows[0][0]
        return count

    async def suppressed_in(self, maintenance_id: MaintenanceId) -> SuppressedCount:
        values = {"organization": self._organization_id, "window": maintenance_id}
        [(total, firing)] = await self._draft.fetch(SUPPRESSED, values, _SUPPRESSED_ONES)
        rows = await self._draft.fetch(_NAMES, values, _SUPPRESSED_ONES) if total else ()
        return SuppressedCount(total=total, firing=firing, names=tuple(row[0] for row in rows))

    async def still_suppressed(self, maintenance_id: MaintenanceId, limit: int) -> list[Episode]:
        values = {"organization": self._organization_id, "window": maintenance_id, "limit": limit}
        rows = await self._draft.fetch(_STILL_SUPPRESSED, values, _SUPPRESSED_ONES)
        return [EPISODE.value(row) for row in rows]

    async def last_end(self, incident_id: IncidentId) -> datetime | None:
        values = {"organization": self._organization_id, "incident": incident_id}
        rows = await self._draft.fetch(_LAST_END, values, ("alerts of", incident_id))
        end: datetime | None = rows[0][0]
        return end

    async def groups(
        self, integration_id: IntegrationId, keys: Sequence[GroupKey]
    ) -> dict[GroupKey, AlertGroup]:
        values = {
            "organization": self._organization_id,
            "integration": integration_id,
            "keys": keys,
        }
        sees = [("groups", f"{integration_id} {key}") for key in keys]
        rows = await self._draft.fetch(_GROUPS, values, *sees)
        groups = [_GROUP.value(row) for row in rows]
        return {group.key: group for group in groups}

    async def save_group(self, group: AlertGroup) -> AlertGroup:
        saved = replace(group, version=group.version + 1)
        row = _GROUP.row(saved, organization_id=self._organization_id)
        keys = [
            ("groups", f"{group.integration_id} {group.key}"),
            ("groups of", group.integration_id),
        ]
        if group.version == 0:
            self._draft.stage(_INSERT_GROUP, row, *keys)
        else:
            values = where_version(row, self._organization_id, "integration_id", "key")
            self._draft.stage(_UPDATE_GROUP, values, *keys)
        return saved


def _episode_key(integration_id: IntegrationId, fingerprint: Fingerprint) -> Key:
    return ("alerts", f"{integration_id} {fingerprint}")
