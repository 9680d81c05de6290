"""Alerts as readers see them, in SQL: one statement per shape of question."""

from collections.abc import Container, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, select, tuple_
from sqlalchemy.sql.elements import BindParameter

from core.domain.alert import AlertStatus, Fingerprint
from core.domain.alert_note import AlertNote
from core.domain.fates import apart, without_reason
from core.domain.ids import EpisodeId, IntegrationId, OrganizationId
from core.domain.integration import Integration
from core.domain.viewer import EVERYTHING, Viewer
from core.errors import InvalidInput, NotFound
from core.language import say
from core.ports import AlertedIncident, AlertPage, AlertQuery, AlertRow
from core.ports.alerts import AlertedWindow
from storage.accounts import GET_INTEGRATION, INTEGRATION
from storage.alert_notes import NOTE, OF_ALERT
from storage.alerts import EPISODE
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.mapping import Mapping
from storage.privacy import eyes, hidden_among, is_seen, is_seen_if_any
from storage.readers import Readers
from storage.statements import Row, Statement
from storage.tables import alerts, incidents, integrations, maintenances
from storage.types import UtcDateTime

_INCIDENT = Mapping(AlertedIncident)
_WIDTH = len(EPISODE.names)
_WIDER = _WIDTH + len(_INCIDENT.names)
_WINDOW = Mapping(AlertedWindow)
_its_own = and_(incidents.c.id == alerts.c.incident_id, incidents.c.deleted_at.is_(None))
_ORGANIZATION: BindParameter[Any] = bindparam("organization")
_sources = select(integrations.c.id).where(integrations.c.organization_id == _ORGANIZATION)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "fingerprint": and_(
        alerts.c.integration_id.in_(_sources), alerts.c.fingerprint == bindparam("fingerprint")
    ),
    "sources": OneOf(alerts.c.integration_id, "sources"),
    "firing": alerts.c.ends_at.is_(None),
    "resolved": alerts.c.ends_at.is_not(None),
    "since": alerts.c.starts_at >= bindparam("since", type_=UtcDateTime),
    "until": alerts.c.starts_at <= bindparam("until", type_=UtcDateTime),
    "id": alerts.c.id == bindparam("id"),
    "incident": alerts.c.incident_id == bindparam("incident"),
    "window": alerts.c.suppressed_by == bindparam("window"),
    "fates": OneOf(alerts.c.fate, "fates"),
    "kept": and_(alerts.c.kept_by.is_not(None), alerts.c.kept_by == bindparam("kept")),
    "service": alerts.c.service_id == bindparam("service"),
    "attached": incidents.c.id.is_not(None),
    "after": tuple_(alerts.c.starts_at, alerts.c.id)
    < tuple_(bindparam("after_at", type_=UtcDateTime), bindparam("after_id")),
}
_visible = alerts.c.orphan.is_(False)
"""An end without a start is remembered for a while, and nothing that anybody has to see."""

_FEW = frozenset({"fingerprint", "id", "incident", "window", "kept"})
"""Filters that find their few rows by an index of their own."""


class SqlAlertReads:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._viewer: Viewer = EVERYTHING

    async def alerts(self, organization_id: OrganizationId, query: AlertQuery) -> AlertPage:
        async def question(connection: Connection) -> AlertPage:
            return await _page(connection, organization_id, query, self._viewer)

        return await self._readers.ask(question)

    async def alert(self, organization_id: OrganizationId, id: EpisodeId) -> AlertRow:
        async def question(connection: Connection) -> AlertRow | None:
            return await _one(connection, organization_id, id, self._viewer)

        row = await self._readers.glance(question)
        if row is None:
            raise NotFound(say("There is no alert {id}.", id=id))
        return row

    async def latest_alert(
        self, organization_id: OrganizationId, source: IntegrationId, fingerprint: Fingerprint
    ) -> AlertRow | None:
        async def question(connection: Connection) -> AlertRow | None:
            query = AlertQuery(
                fingerprint=fingerprint, integration_ids=frozenset({source}), limit=1
            )
            page = await _page(connection, organization_id, query, self._viewer)
            return page.rows[0] if page.rows else None

        return await self._readers.glance(question)

    async def alert_notes(self, organization_id: OrganizationId, id: EpisodeId) -> list[AlertNote]:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(OF_ALERT, {"organization": organization_id, "alert": id})

        return [NOTE.value(row) for row in await self._readers.glance(question)]

    async def alert_source(self, organization_id: OrganizationId, id: IntegrationId) -> Integration:
        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(
                GET_INTEGRATION, {"organization": organization_id, "id": id}
            )

        rows = await self._readers.glance(question)
        source = INTEGRATION.value(rows[0]) if rows else None
        if source is None or source.deleted_at:
            raise NotFound(say("There is no alert source {id}.", id=id))
        return source


async def _one(
    connection: Connection, organization_id: OrganizationId, id: EpisodeId, viewer: Viewer
) -> AlertRow | None:
    page = await _page(connection, organization_id, AlertQuery(id=id, limit=1), viewer)
    return page.rows[0] if page.rows else None


async def _page(
    connection: Connection, organization_id: OrganizationId, query: AlertQuery, viewer: Viewer
) -> AlertPage:
    values = {"organization": organization_id, **_given(query)}
    seen = eyes(viewer)
    shape = tuple(name for name in _FILTERS if name in values)
    if query.after:
        before = await _one(connection, organization_id, query.after, viewer)
        if before is None:
            raise InvalidInput(say("There is no alert {id}.", id=query.after), field="after")
        values |= {"after_at": before.episode.starts_at, "after_id": before.episode.id}
    listing = _listing(shape, whole=viewer.everything)
    rows = await connection.fetch(listing, {**values, **seen, "limit": query.limit + 1})
    shown = [_row(row) for row in rows[: query.limit]]
    if not viewer.everything:
        quiet = {row.episode.kept_by for row in shown if row.episode.kept_by}
        hidden = await hidden_among(connection, organization_id, viewer, quiet)
        shown = [_seen(row, hidden) for row in shown]
    return AlertPage(rows=tuple(shown), more=len(rows) > query.limit)


def _given(query: AlertQuery) -> dict[str, Any]:
    """The filters that are on, with what their parameters stand for."""
    given: dict[str, Any] = {
        "fingerprint": query.fingerprint,
        "sources": sorted(query.integration_ids) or None,
        "since": query.since,
        "until": query.until,
        "id": query.id,
        "incident": query.incident_id,
        "window": query.suppressed_by,
        "fates": sorted(query.fates) or None,
        "kept": query.kept_by,
        "service": query.service_id,
        "attached": query.attached or None,
        "after": query.after,
    }
    if len(query.statuses) == 1:
        [status] = query.statuses
        given["firing" if status is AlertStatus.FIRING else "resolved"] = True
    return {name: value for name, value in given.items() if value is not None}


@lru_cache(maxsize=256)
def _listing(shape: tuple[str, ...], *, whole: bool) -> Statement:
    """Not `whole` for whom private incidents are kept from."""
    statement = _narrowed(shape, whole=whole).order_by(
        alerts.c.starts_at.desc(), alerts.c.id.desc()
    )
    return Statement(statement.limit(bindparam("limit", type_=Integer)))


def _narrowed(shape: Iterable[str], *, whole: bool) -> Select[Any]:
    its_own = _its_own if whole else and_(_its_own, is_seen(incidents.c.id))
    known = alerts.outerjoin(incidents, its_own)
    filters = [_FILTERS[name] for name in shape]
    if not whole and "incident" in shape:
        filters.append(is_seen_if_any(alerts.c.incident_id))
    if not whole and "kept" in shape:
        filters.append(is_seen_if_any(alerts.c.kept_by))
    organization: ColumnElement[Any] = alerts.c.organization_id
    if not _FEW.isdisjoint(shape):
        organization = Beside(organization)
    return (
        select(
            *EPISODE.columns(alerts), *_INCIDENT.columns(incidents), *_WINDOW.columns(maintenances)
        )
        .select_from(known.outerjoin(maintenances, maintenances.c.id == alerts.c.suppressed_by))
        .where(organization == _ORGANIZATION, _visible, *filters)
    )


def _row(row: Row) -> AlertRow:
    incident, window = row[_WIDTH:_WIDER], row[_WIDER:]
    return AlertRow(
        episode=EPISODE.value(row),
        incident=_INCIDENT.value(incident) if incident[0] else None,
        window=_WINDOW.value(window) if window[0] else None,
    )


def _seen(row: AlertRow, hidden: Container[str]) -> AlertRow:
    """An incident that is kept from the viewer is as one that was deleted, down to its id; and so
    is one of the hidden that keeps the alert quiet."""
    episode = apart(row.episode, hidden)
    if row.incident is None and episode.incident_id:
        episode = replace(without_reason(episode), incident_id=None)
    return replace(row, episode=episode) if episode is not row.episode else row
