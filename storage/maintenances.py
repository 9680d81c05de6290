"""Maintenance in SQL: rows in, immutable windows out."""

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, select

from core.domain.events import Event
from core.domain.ids import MaintenanceId, OrganizationId, ServiceId
from core.domain.maintenance import Maintenance
from core.errors import NotFound
from storage.incidents import Record
from storage.mapping import Mapping, where_version
from storage.session import EVERY, Draft
from storage.statements import Statement, deletion, insertion, replacement, versioned_update
from storage.tables import maintenance_numbers, maintenance_services, maintenances

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
            raise NotFound(f"There is no maintenance {id}.")
        rows = await self._draft.fetch(_SERVICE_IDS, which, ("maintenances", id))
        return MAINTENANCE.value(row, service_ids=tuple(ServiceId(one) for (one,) in rows))

    async def save(self, maintenance: Maintenance, *, because: Event | None) -> Maintenance:
        if because is None:
            return maintenance
        saved = replace(maintenance, version=maintenance.version + 1)
        row = MAINTENANCE.row(saved, organization_id=self._organization_id)
        if maintenance.version == 0:
            self._draft.stage(_INSERT, row, ("maintenances", saved.id))
        else:
            await self._update(saved, row)
        self._add_services(saved)
        self._record(because)
        return saved

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
