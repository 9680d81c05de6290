"""Alerts as readers see them, computed from the rows each time they are asked."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from core.domain.alert import Episode, Fingerprint
from core.domain.alert_note import AlertNote
from core.domain.fates import apart, without_reason
from core.domain.ids import EpisodeId, IntegrationId, OrganizationId
from core.domain.integration import Integration
from core.domain.viewer import EVERYTHING, Viewer
from core.errors import InvalidInput, NotFound
from core.ports import AlertedIncident, AlertPage, AlertQuery, AlertRow
from core.ports.alerts import AlertedWindow
from tests.fakes.privacy import hidden_from
from tests.fakes.rows import OrganizationRows, Rows


@dataclass(frozen=True, slots=True)
class FakeAlertReads:
    rows: Rows
    viewer: Viewer = field(default=EVERYTHING, kw_only=True)

    async def alerts(self, organization_id: OrganizationId, query: AlertQuery) -> AlertPage:
        rows = self.rows.of(organization_id)
        hidden = hidden_from(self.viewer, rows)
        known = [
            _row(episode, rows, self.viewer)
            for episode in rows.episodes.values()
            if query.incident_id is None or episode.incident_id not in hidden
            if query.kept_by is None or episode.kept_by not in hidden
        ]
        matching = sorted((row for row in known if _matches(row, query)), key=_place, reverse=True)
        if query.after:
            last = next((row for row in known if row.episode.id == query.after), None)
            if last is None:
                raise InvalidInput(f"There is no alert {query.after}.", field="after")
            matching = [row for row in matching if _place(row) < _place(last)]
        return AlertPage(rows=tuple(matching[: query.limit]), more=len(matching) > query.limit)

    async def alert(self, organization_id: OrganizationId, id: EpisodeId) -> AlertRow:
        rows = self.rows.of(organization_id)
        if id not in rows.episodes:
            raise NotFound(f"There is no alert {id}.")
        return _row(rows.episodes[id], rows, self.viewer)

    async def latest_alert(
        self, organization_id: OrganizationId, source: IntegrationId, fingerprint: Fingerprint
    ) -> AlertRow | None:
        query = AlertQuery(fingerprint=fingerprint, integration_ids=frozenset({source}), limit=1)
        page = await self.alerts(organization_id, query)
        return page.rows[0] if page.rows else None

    async def alert_notes(self, organization_id: OrganizationId, id: EpisodeId) -> list[AlertNote]:
        notes = self.rows.of(organization_id).alert_notes
        return sorted((n for n in notes if n.alert_id == id), key=lambda n: (n.at, n.id))

    async def alert_source(self, organization_id: OrganizationId, id: IntegrationId) -> Integration:
        source = self.rows.of(organization_id).integrations.get(id)
        if source is None or source.deleted_at:
            raise NotFound(f"There is no alert source {id}.")
        return source


def _row(episode: Episode, rows: OrganizationRows, viewer: Viewer) -> AlertRow:
    incident = _incident(episode, rows, viewer)
    if not viewer.everything:
        episode = apart(episode, hidden_from(viewer, rows))
    if incident is None and episode.incident_id and not viewer.everything:
        episode = replace(without_reason(episode), incident_id=None)
    return AlertRow(episode=episode, incident=incident, window=_window(episode, rows))


def _incident(episode: Episode, rows: OrganizationRows, viewer: Viewer) -> AlertedIncident | None:
    incident = rows.incidents.get(episode.incident_id) if episode.incident_id else None
    if incident is None or incident.deleted_at or not viewer.sees(incident):
        return None
    return AlertedIncident(
        id=incident.id,
        number=incident.number,
        title=incident.title,
        description=incident.description,
        state=incident.state,
        phase=incident.phase,
        status_id=incident.status_id,
        private=incident.private,
    )


def _window(episode: Episode, rows: OrganizationRows) -> AlertedWindow | None:
    window = rows.maintenances.get(episode.suppressed_by) if episode.suppressed_by else None
    if window is None:
        return None
    return AlertedWindow(id=window.id, number=window.number, title=window.title)


def _place(row: AlertRow) -> tuple[datetime, str]:
    return row.episode.starts_at, row.episode.id


def _matches(row: AlertRow, query: AlertQuery) -> bool:
    episode = row.episode
    return (
        not episode.orphan
        and (query.fingerprint is None or episode.fingerprint == query.fingerprint)
        and (not query.statuses or row.status in query.statuses)
        and (not query.integration_ids or episode.integration_id in query.integration_ids)
        and (query.since is None or episode.starts_at >= query.since)
        and (query.until is None or episode.starts_at <= query.until)
        and (query.id is None or episode.id == query.id)
        and (query.incident_id is None or episode.incident_id == query.incident_id)
        and (query.suppressed_by is None or episode.suppressed_by == query.suppressed_by)
        and (not query.fates or episode.fate in query.fates)
        and (query.kept_by is None or episode.kept_by == query.kept_by)
        and (query.service_id is None or episode.service_id == query.service_id)
        and (not query.attached or row.incident is not None)
    )
