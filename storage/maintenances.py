"""Maintenance in SQL: rows in, immutable windows out."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import bindparam, delete, select

from core.domain.events import Event
from core.domain.ids import MaintenanceId, OrganizationId, ServiceId
from core.domain.maintenance import Maintenance
from core.errors import NotFound
from core.language import say
from storage.expressions import Beside
from storage.incidents import Record
from storage.mapping import Mapping, where_version
from storage.session import EVERY, Draft
from storage.statements import Row, Statement, deletion, insertion, replacement, versioned_update
from storage.tables import maintenance_numbers, maintenance_services, maintenances
from storage.tables.maintenances import running

MAINTENANCE = Mapping(Maintenance, apart=("service_ids",))
_GET = Statement(
    select(*MAINTENANCE.columns(maintenances)).where(
        maintenances.c.organization_id == bindparam("organization"),
        maintenances.c.id == bindparam("id"),
    )
)
_of_maintenance = (
    maintenance_services.c.organization_id == bindparam("organization"),
    maintenance_services.c.maintenance_id == bindparam("id"),
)
_with_services = (
    select(*MAINTENANCE.columns(maintenances), maintenance_services.c.service_id)
    .select_from(
        maintenances.outerjoin(
            maintenance_services, maintenance_services.c.maintenance_id == maintenances.c.id
        )
    )
    .order_by(maintenances.c.id, maintenance_services.c.position)
)
"""Each window once per service of it, or once without any."""

_RUNNING = Statement(
    _with_services.where(maintenances.c.organization_id == bindparam("organization"), running)
)
_IN_SERIES = Statement(
    _with_services.where(
        Beside(maintenances.c.organization_id) == bindparam("organization"),
        maintenances.c.series_id == bindparam("series"),
        maintenances.c.actual_end_at.is_(None),
        maintenances.c.canceled_at.is_(None),
    )
)
_SERVICE_IDS = Statement(
    select(maintenance_services.c.service_id)
    .where(*_of_maintenance)
    .order_by(maintenance_services.c.position)
)
_LAST_NUMBER = Statement(
    select(maintenance_numbers.c.last)
    .where(maintenance_numbers.c.organization_id == bindparam("organization"))
    .with_for_update()
)
_SAVE_NUMBER = replacement(maintenance_numbers, "organization_id")
_INSERT = insertion(maintenances)
_UPDATE = versioned_update(maintenances, "id", keep=frozenset({"number", "created_at"}))
_ADD_SERVICE = insertion(maintenance_services)
_DROP_SERVICES = deletion(
    delete(maintenance_services).where(*_of_maintenance), maintenance_services
)
_ALL = ("maintenances", EVERY)


class SqlMaintenances:
    def __init__(self, draft: Draft, organization_id: OrganizationId, record: Record) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self._record = record

    async def running(self) -> list[Maintenance]:
        key = ("maintenances", self._organization_id)
        return list(await self._draft.recall(key, self._running))

    async def in_series(self, series_id: MaintenanceId) -> list[Maintenance]:
        values = {"organization": self._organization_id, "series": series_id}
        return _windows(await self._draft.fetch(_IN_SERIES, values, _ALL))

    async def next_number(self) -> int:
        key = ("maintenance_numbers", self._organization_id)
        row = await self._draft.one(_LAST_NUMBER, {"organization": self._organization_id}, key)
        number: int = row[0] + 1 if row else 1
        values = {"organization_id": self._organization_id, "last": number}
        self._draft.stage(_SAVE_NUMBER, values, key)
        return number

    async def get(self, id: MaintenanceId) -> Maintenance:
        which = {"organization": self._organization_id, "id": id}
        row = await self._draft.one(_GET, which, ("maintenances", id))
        if row is None:
            raise NotFound(say("There is no maintenance {id}.", id=id))
        rows = await self._draft.fetch(_SERVICE_IDS, which, ("maintenances", id))
        return MAINTENANCE.value(row, service_ids=tuple(ServiceId(one) for (one,) in rows))

    async def save(self, maintenance: Maintenance, *, because: Event | None) -> Maintenance:
        if because is None:
            return maintenance
        saved = replace(maintenance, version=maintenance.version + 1)
        row = MAINTENANCE.row(saved, organization_id=self._organization_id, next_at=saved.next_at)
        if maintenance.version == 0:
            self._draft.stage(_INSERT, row, ("maintenances", saved.id))
        else:
            await self._update(saved, row)
        self._add_services(saved)
        self._record(because)
        return saved

    async def _running(self) -> list[Maintenance]:
        return _windows(await self._draft.fetch(_RUNNING, {"organization": self._organization_id}))

    async def _update(self, saved: Maintenance, row: dict[str, Any]) -> None:
        await self._draft.settle(_ALL)
        which = {"organization": self._organization_id, "id": saved.id}
        key = ("maintenances", saved.id)
        self._draft.stage(_DROP_SERVICES, which, key)
        self._draft.stage(_UPDATE, where_version(row, self._organization_id, "id"), key)

    def _add_services(self, maintenance: Maintenance) -> None:
        for position, service_id in enumerate(maintenance.service_ids):
            row = {
                "organization_id": self._organization_id,
                "maintenance_id": maintenance.id,
                "service_id": service_id,
                "position": position,
            }
            self._draft.stage(_ADD_SERVICE, row, ("maintenances", maintenance.id))


def _windows(rows: Sequence[Row]) -> list[Maintenance]:
    found = [_window(list(alike)) for _, alike in groupby(rows, key=itemgetter(0))]
    return sorted(found, key=attrgetter("number"))


def _window(rows: Sequence[Row]) -> Maintenance:
    """Of rows that differ in their last column alone, a service."""
    ids = tuple(ServiceId(row[-1]) for row in rows if row[-1] is not None)
    return MAINTENANCE.value(rows[0], service_ids=ids)
