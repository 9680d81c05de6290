"""Maintenance as readers see it, computed from the rows each time they are asked."""

from dataclasses import dataclass, field
from datetime import datetime

from core.domain import overlaps
from core.domain.events import ProgressPosted
from core.domain.ids import MaintenanceId, OrganizationId, ServiceId
from core.domain.maintenance import Maintenance
from core.domain.overlaps import Span
from core.domain.viewer import EVERYTHING, Viewer
from core.ports import AgendaQuery, MaintenancePage, MaintenanceQuery, MaintenanceRow
from core.views import MaintenanceCard, Overlap, TimelineEntry
from tests.fakes.alerts import suppressed_in
from tests.fakes.maintenances import maintenance_named, maintenance_page, shown
from tests.fakes.privacy import as_seen
from tests.fakes.repositories import entries_of_maintenance
from tests.fakes.rows import OrganizationRows, Rows
from tests.fakes.showing import people, person


@dataclass(frozen=True)
class FakeMaintenanceReads:
    rows: Rows
    viewer: Viewer = field(default=EVERYTHING, kw_only=True)

    async def maintenance(
        self, organization_id: OrganizationId, id_or_reference: str
    ) -> MaintenanceRow:
        return maintenance_named(self.rows.of(organization_id), id_or_reference)

    async def maintenances(
        self, organization_id: OrganizationId, query: MaintenanceQuery
    ) -> MaintenancePage:
        return maintenance_page(self.rows.of(organization_id), query)

    async def maintenance_card(
        self, organization_id: OrganizationId, id: MaintenanceId
    ) -> MaintenanceCard:
        rows = self.rows.of(organization_id)
        row = maintenance_named(rows, id)
        window, counts = row.maintenance, suppressed_in(rows, id)
        return MaintenanceCard(
            maintenance=window,
            services=dict(row.services),
            owner=person(window.owner_id, rows),
            creator=person(window.created_by, rows),
            people=people(window.notify_user_ids, rows),
            overlaps=_overlaps(window, rows),
            suppressed=counts.total,
            firing=counts.firing,
            progress=_progress(entries_of_maintenance(rows, id)),
        )

    async def maintenance_timeline(
        self, organization_id: OrganizationId, id: MaintenanceId
    ) -> list[TimelineEntry]:
        rows = self.rows.of(organization_id)
        return as_seen(self.viewer, rows, entries_of_maintenance(rows, id))

    async def agenda(
        self, organization_id: OrganizationId, query: AgendaQuery
    ) -> list[MaintenanceRow]:
        rows = self.rows.of(organization_id)
        wanted = [one for one in rows.maintenances.values() if _planned(one, query)]
        in_order = sorted(wanted, key=lambda one: (one.scheduled_start_at, one.id))
        return [shown(one, rows) for one in in_order[: query.limit]]


def _planned(window: Maintenance, query: AgendaQuery) -> bool:
    end = window.actual_end_at or window.scheduled_end_at
    return (
        not window.canceled_at
        and (window.running or end > query.since)
        and _begin(window) < query.until
        and (query.completed or not window.actual_end_at)
        and (not query.service_ids or not query.service_ids.isdisjoint(window.service_ids))
    )


def _overlaps(window: Maintenance, rows: OrganizationRows) -> tuple[Overlap, ...]:
    if window.over:
        return ()
    others = [one for one in rows.maintenances.values() if one.id != window.id and not one.over]
    found = [
        _overlap(one, alike, met, rows)
        for one in others
        if (alike := set(one.service_ids) & set(window.service_ids))
        and (met := _times_at_once(window, one))
    ]
    return tuple(sorted(found, key=lambda one: (one.scheduled_start_at, one.id))[:20])


def _times_at_once(one: Maintenance, other: Maintenance) -> Span | None:
    """Those of the other; as it stands, if it meets this one as it stands."""
    in_time = _begin(other) < one.scheduled_end_at and other.scheduled_end_at > _begin(one)
    stands = (other.scheduled_start_at, other.scheduled_end_at)
    if in_time or (one.running and other.running):
        return stands
    met = overlaps.meeting(overlaps.whole(one), other)
    return stands if met == overlaps.span(other) else met


def _overlap(
    window: Maintenance, alike: set[ServiceId], met: Span, rows: OrganizationRows
) -> Overlap:
    start, end = met
    return Overlap(
        id=window.id,
        reference=window.reference,
        title=window.title,
        scheduled_start_at=start,
        scheduled_end_at=end,
        services=tuple(sorted(rows.services[id].name for id in alike)),
    )


def _begin(window: Maintenance) -> datetime:
    return window.actual_start_at or window.scheduled_start_at


def _progress(entries: list[TimelineEntry]) -> str:
    posted = [one.event.text for one in entries if isinstance(one.event, ProgressPosted)]
    return posted[-1] if posted else ""
