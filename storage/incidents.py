"""Incidents in SQL: rows in, immutable incidents out."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any, TypeAlias

from sqlalchemy import bindparam, delete, select

from core.domain.events import Event
from core.domain.ids import IncidentId, OrganizationId, ServiceId
from core.domain.incident import Incident
from core.domain.viewer import Viewer
from core.errors import NotFound
from core.language import say
from core.ports import BrokenService
from storage.expressions import Beside, OneOf
from storage.incident_counts import Bucket, bucket_of
from storage.incident_facets import ADD as ADD_FACET
from storage.incident_facets import DROP as DROP_FACETS
from storage.incident_facets import facets_of, filed
from storage.mapping import Mapping, where_version
from storage.search_index import SearchIndex
from storage.session import EVERY, Draft
from storage.statements import Row, Statement, deletion, insertion, versioned_update
from storage.tables import incident_services, incidents
from storage.tables.incidents import going_on

Record: TypeAlias = Callable[[Event], None]
RecordOf: TypeAlias = Callable[[Event, Incident], None]
"""What happened, and the incident as it is afterwards."""

INCIDENT = Mapping(Incident, apart=("service_ids",))
_GET = Statement(
    select(*INCIDENT.columns(incidents)).where(
        incidents.c.organization_id == bindparam("organization"),
        incidents.c.id == bindparam("id"),
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
_BROKEN = Statement(
    select(incident_services.c.service_id, incidents.c.id, incidents.c.number)
    .select_from(
        incidents.join(incident_services, incidents.c.id == incident_services.c.incident_id)
    )
    .where(
        incidents.c.organization_id == bindparam("organization"),
        OneOf(Beside(incident_services.c.service_id), "services"),
        going_on,
        incidents.c.published_at.is_not(None),
        incidents.c.deleted_at.is_(None),
    )
    .order_by(Beside(incidents.c.number).desc())
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
    def __init__(
        self,
        draft: Draft,
        organization_id: OrganizationId,
        record: RecordOf,
        search: SearchIndex,
    ) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self._record = record
        self._search = search
        self._stored: dict[IncidentId, Incident] = {}

    async def next_number(self) -> int:
        return await self._draft.next_number(self._organization_id)

    async def get(self, id: IncidentId) -> Incident:
        incident = await self._load(id)
        if incident is None or incident.deleted_at:
            raise NotFound(say("There is no incident {id}.", id=id))
        return incident

    async def is_kept_from(self, viewer: Viewer, id: IncidentId) -> bool:
        incident = await self._load(id)
        return incident is not None and not viewer.sees(incident)

    async def broken(self, service_ids: Collection[ServiceId]) -> list[BrokenService]:
        values = {"organization": self._organization_id, "services": sorted(service_ids)}
        rows = await self._draft.fetch(_BROKEN, values, ("incidents", EVERY))
        found = {
            service: BrokenService(service_id=service, incident_id=id, number=number)
            for service, id, number in rows
        }
        return list(found.values())

    async def save(self, incident: Incident, *, because: Event | None) -> Incident:
        if because is None:
            return incident
        saved = replace(incident, version=incident.version + 1)
        before = await self._before(incident)
        row = INCIDENT.row(
            saved, organization_id=self._organization_id, search_text=searchable(saved)
        )
        if incident.version == 0:
            self._draft.stage(_INSERT, row, ("incidents", saved.id))
            self._add_services(saved)
            self._add_facets(saved)
        else:
            await self._update(before, saved, row)
        self._draft.count(self._bucket(before), self._bucket(saved))
        self._stored[saved.id] = saved
        await self._search.keep(saved.id, saved)
        self._record(because, saved)
        return saved

    async def _load(self, id: IncidentId) -> Incident | None:
        which = {"organization": self._organization_id, "id": id}
        row = await self._draft.one(_GET, which, ("incidents", id))
        if row is None:
            return None
        rows = await self._draft.fetch(SERVICE_IDS, which, ("incidents", id))
        services = tuple(ServiceId(service_id) for (service_id,) in rows)
        self._stored[id] = incident_of(row, services)
        self._search.seen(id, self._stored[id])
        return self._stored[id]

    async def _before(self, incident: Incident) -> Incident | None:
        """As it is stored, so that what stands beside it can be told to follow."""
        if incident.version == 0:
            return None
        return self._stored.get(incident.id) or await self._load(incident.id)

    async def _update(self, before: Incident | None, saved: Incident, row: dict[str, Any]) -> None:
        key = ("incidents", saved.id)
        which = {"organization": self._organization_id, "id": saved.id}
        services = before is None or before.service_ids != saved.service_ids
        facets = before is None or filed(before) != filed(saved)
        if services or facets:
            await self._draft.settle(key)
        if services:
            self._draft.stage(_DROP_SERVICES, which, key)
            self._add_services(saved)
        if facets:
            self._draft.stage(DROP_FACETS, which, key)
            self._add_facets(saved)
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

    def _add_facets(self, incident: Incident) -> None:
        for row in facets_of(incident, self._organization_id):
            self._draft.stage(ADD_FACET, row)

    def _bucket(self, incident: Incident | None) -> Bucket | None:
        return bucket_of(incident, self._organization_id) if incident else None


def searchable(incident: Incident) -> str:
    """Title and description as they are searched: whatever the case, in any language."""
    return f"{incident.title}\n{incident.description}".casefold()


def incident_of(row: Row, service_ids: tuple[ServiceId, ...]) -> Incident:
    return INCIDENT.value(row, service_ids=service_ids)
