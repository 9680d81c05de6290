"""Maintenance in dicts, for transactions and for readers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.domain.events import Event
from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance, MaintenanceState
from core.errors import NotFound
from core.language import say
from core.ports import MaintenancePage, MaintenanceQuery, MaintenanceRow
from tests.fakes.repositories import found, store
from tests.fakes.rows import OrganizationRows


@dataclass(frozen=True, slots=True)
class FakeMaintenances:
    rows: OrganizationRows
    record: Callable[[Event], None]

    async def running(self) -> list[Maintenance]:
        return [one for one in self._in_order() if one.running]

    async def in_series(self, series_id: MaintenanceId) -> list[Maintenance]:
        occurrences = (one for one in self._in_order() if one.series_id == series_id)
        return [one for one in occurrences if one.running or one.scheduled_only]

    async def next_number(self) -> int:
        self.rows.maintenance_numbers += 1
        return self.rows.maintenance_numbers

    async def get(self, id: MaintenanceId) -> Maintenance:
        return found(self.rows.maintenances, id, "maintenance")

    async def save(self, maintenance: Maintenance, *, because: Event | None) -> Maintenance:
        if because is None:
            return maintenance
        saved = store(self.rows.maintenances, maintenance)
        self.record(because)
        return saved

    def _in_order(self) -> list[Maintenance]:
        return sorted(self.rows.maintenances.values(), key=lambda one: one.number)


def maintenance_named(rows: OrganizationRows, id_or_reference: str) -> MaintenanceRow:
    for maintenance in rows.maintenances.values():
        if id_or_reference == maintenance.id or id_or_reference.upper() == maintenance.reference:
            return shown(maintenance, rows)
    raise NotFound(say("There is no maintenance {id}.", id=id_or_reference))


def maintenance_page(rows: OrganizationRows, query: MaintenanceQuery) -> MaintenancePage:
    matching = [one for one in rows.maintenances.values() if _matches(one, query)]
    newest_first = sorted(matching, key=_position, reverse=True)
    after = query.after
    rest = (
        [one for one in newest_first if _position(one) < after]
        if after
        else newest_first[query.offset :]
    )
    return MaintenancePage(
        rows=tuple(shown(one, rows) for one in rest[: query.limit]),
        total=len(matching),
        more=len(rest) > query.limit,
    )


def shown(maintenance: Maintenance, rows: OrganizationRows) -> MaintenanceRow:
    services = tuple((id, rows.services[id].name) for id in maintenance.service_ids)
    return MaintenanceRow(maintenance=maintenance, services=services)


def _position(maintenance: Maintenance) -> tuple[object, str]:
    return maintenance.created_at, maintenance.id


def _matches(maintenance: Maintenance, query: MaintenanceQuery) -> bool:
    return (
        (not query.states or _state(maintenance, query.over_by) in query.states)
        and (query.service_id is None or query.service_id in maintenance.service_ids)
        and (query.since is None or maintenance.created_at >= query.since)
    )


def _state(maintenance: Maintenance, over_by: datetime | None) -> MaintenanceState:
    if over_by and maintenance.scheduled_only and maintenance.scheduled_end_at <= over_by:
        return MaintenanceState.COMPLETED
    return maintenance.state
