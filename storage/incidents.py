"""Incidents in SQL: rows in, immutable incidents out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

from sqlalchemy import bindparam, delete, select

from core.domain.events import Event
from core.domain.ids import IncidentId, OrganizationId, ServiceId
from core.domain.incident import Incident
from core.errors import NotFound
from storage.mapping import Mapping, where_version
from storage.session import Draft
from storage.statements import Row, Statement, deletion, insertion, versioned_update
from storage.tables import incident_services, incidents

Record: TypeAlias = Callable[[Event], None]

INCIDENT = Mapping(Incident, apart=("service_ids",))
_ours = incidents.c.organization_id == bindparam("organization")
_GET = Statement(
    select(*INCIDENT.columns(incidents)).where(
        _ours, incidents.c.id == bindparam("id"), incidents.c.deleted_at.is_(None)
    )
)
SERVICE_IDS = Statement(
    select(incident_services.c.service_id)
    .where(
        incident_services.c.organization_id == bindparam("organization"),
        incident_services.c.incident_id == bindparam("id"),
    )
    .order_by(incident_services.c.position)
)
_INSERT = insertion(incidents)
_UPDATE = versioned_update(incidents, "id", keep=frozenset({"number", "created_at"}))
_ADD_SERVICE = insertion(incident_services)
_DROP_SERVICES = deletion(
    delete(incident_services).where(
        incident_services.c.organization_id == bindparam("organization"),
        incident_services.c.incident_id == bindparam("id"),
    ),
    incident_services,
)


class SqlIncidents:
    def __init__(self, draft: Draft, organization_id: OrganizationId, record: Record) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self._record = record
        self._stored_services: dict[IncidentId, tuple[ServiceId, ...]] = {}

    async def next_number(self) -> int:
        return await self._draft.next_number(self._organization_id)

    async def get(self, id: IncidentId) -> Incident:
        which = {"organization": self._organization_id, "id": id}
        row = await self._draft.one(_GET, which, ("incidents", id))
        if row is None:
            raise NotFound(f"There is no incident {id}.")
        rows = await self._draft.fetch(SERVICE_IDS, which, ("incidents", id))
        services = tuple(ServiceId(service_id) for (service_id,) in rows)
        self._stored_services[id] = services
        return INCIDENT.value(row, service_ids=services)

    async def save(self, incident: Incident, *, because: Event | None) -> Incident:
        if because is None:
            return incident
        saved = replace(incident, version=incident.version + 1)
        row = INCIDENT.row(
            saved, organization_id=self._organization_id, search_text=searchable(saved)
        )
        if incident.version == 0:
            self._draft.stage(_INSERT, row, ("incidents", saved.id))
            self._add_services(saved)
        else:
            await self._update(saved, row)
        self._stored_services[saved.id] = saved.service_ids
        self._record(because)
        return saved

    async def _update(self, saved: Incident, row: dict[str, Any]) -> None:
        key = ("incidents", saved.id)
        if self._stored_services.get(saved.id) != saved.service_ids:
            await self._draft.settle(key)
            which = {"organization": self._organization_id, "id": saved.id}
            self._draft.stage(_DROP_SERVICES, which, key)
            self._add_services(saved)
        self._draft.stage(_UPDATE, where_version(row, self._organization_id, "id"), key)

    def _add_services(self, incident: Incident) -> None:
        for position, service_id in enumerate(incident.service_ids):
            row = {
                "organization_id": self._organization_id,
                "incident_id": incident.id,
                "service_id": service_id,
                "position": position,
            }
            self._draft.stage(_ADD_SERVICE, row)


def searchable(incident: Incident) -> str:
    """Title and description as they are searched: whatever the case, in any language."""
    return f"{incident.title}\n{incident.description}".casefold()


def incident_of(row: Row, service_ids: tuple[ServiceId, ...]) -> Incident:
    return INCIDENT.value(row, service_ids=service_ids)
