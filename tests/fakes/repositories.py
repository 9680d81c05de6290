"""The repositories of incidents, updates, services and alert sources, in dicts."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from core.domain.account import User
from core.domain.dependencies import Graph
from core.domain.events import Event
from core.domain.ids import (
    IncidentId,
    IntegrationId,
    MaintenanceId,
    NoteId,
    ServiceId,
    SlackUserId,
    TeamId,
)
from core.domain.incident import Incident
from core.domain.integration import Integration
from core.domain.service import Service
from core.domain.update import Note, StatusUpdate
from core.domain.viewer import Viewer
from core.errors import Conflict, NotFound
from core.language import say
from core.ports import BrokenService
from core.views import TimelineEntry
from tests.fakes.rows import OrganizationRows

Record = Callable[[Event], None]
Id = TypeVar("Id", bound=str)


class Versioned(Protocol):
    @property
    def id(self) -> Any: ...
    @property
    def version(self) -> int: ...


Row = TypeVar("Row", bound=Versioned)


def found(rows: dict[Id, Row], id: Id, noun: str) -> Row:
    if id not in rows:
        raise NotFound(say("There is no {noun} {id}.", noun=noun, id=id))
    return rows[id]


def store(rows: dict[Any, Row], row: Row) -> Row:
    """Compare and set: the stored version must be the one this change was made from."""
    stored = rows.get(row.id)
    if row.version != (stored.version if stored else 0):
        raise Conflict(say("{id} was changed by somebody else.", id=row.id))
    rows[row.id] = replace(row, version=row.version + 1)  # type: ignore[type-var]
    return rows[row.id]


@dataclass(frozen=True, slots=True)
class FakeIncidents:
    rows: OrganizationRows
    record: Callable[[Event, Incident], None]

    async def next_number(self) -> int:
        self.rows.numbers += 1
        return self.rows.numbers

    async def get(self, id: IncidentId) -> Incident:
        incident = found(self.rows.incidents, id, "incident")
        if incident.deleted_at:
            raise NotFound(say("There is no incident {id}.", id=id))
        return incident

    async def is_kept_from(self, viewer: Viewer, id: IncidentId) -> bool:
        incident = self.rows.incidents.get(id)
        return incident is not None and not viewer.sees(incident)

    async def broken(self, service_ids: Collection[ServiceId]) -> list[BrokenService]:
        found: dict[ServiceId, BrokenService] = {}
        for incident in sorted(self.rows.incidents.values(), key=lambda one: one.number):
            if incident.active and incident.published_at and not incident.deleted_at:
                for service in frozenset(service_ids).intersection(incident.service_ids):
                    known = BrokenService(
                        service_id=service, incident_id=incident.id, number=incident.number
                    )
                    found.setdefault(service, known)
        return list(found.values())

    async def save(self, incident: Incident, *, because: Event | None) -> Incident:
        if because is None:
            return incident
        saved = store(self.rows.incidents, incident)
        self.record(because, saved)
        return saved


@dataclass(frozen=True, slots=True)
class FakeUpdates:
    rows: OrganizationRows

    async def add(self, update: StatusUpdate) -> None:
        self.rows.updates[update.id] = update


@dataclass(frozen=True, slots=True)
class FakeNotes:
    rows: OrganizationRows

    async def get(self, id: NoteId) -> Note:
        if id not in self.rows.notes:
            raise NotFound(say("There is no note {id}.", id=id))
        return self.rows.notes[id]

    async def add(self, note: Note) -> None:
        self.rows.notes[note.id] = note


@dataclass(frozen=True, slots=True)
class FakeTimeline:
    rows: OrganizationRows

    async def entries(self, incident_id: IncidentId) -> list[TimelineEntry]:
        return entries_of(self.rows, incident_id)

    async def entry(self, incident_id: IncidentId, id: str) -> TimelineEntry | None:
        return next((one for one in entries_of(self.rows, incident_id) if one.id == id), None)

    async def last(
        self, incident_id: IncidentId, kinds: Collection[type[Event]], *, beside: bool = False
    ) -> TimelineEntry | None:
        newest_first = reversed(entries_of(self.rows, incident_id))
        return next((one for one in newest_first if (type(one.event) in kinds) != beside), None)

    async def of_kinds(
        self, incident_id: IncidentId, kinds: Collection[type[Event]]
    ) -> list[TimelineEntry]:
        return [one for one in entries_of(self.rows, incident_id) if type(one.event) in kinds]

    async def of_maintenance(self, id: MaintenanceId) -> list[TimelineEntry]:
        return entries_of_maintenance(self.rows, id)


def entries_of(rows: OrganizationRows, incident_id: IncidentId) -> list[TimelineEntry]:
    return [e for e in rows.timeline if getattr(e.event, "incident_id", None) == incident_id]


def entries_of_maintenance(rows: OrganizationRows, id: MaintenanceId) -> list[TimelineEntry]:
    return [e for e in rows.timeline if getattr(e.event, "maintenance_id", None) == id]


@dataclass(frozen=True, slots=True)
class FakeServices:
    rows: OrganizationRows
    record: Record

    async def get(self, id: ServiceId) -> Service:
        return found(self.rows.services, id, "service")

    async def named(self, name: str) -> Service | None:
        alike = (s for s in self.rows.services.values() if s.name.casefold() == name.casefold())
        return next(alike, None)

    async def known(self, ids: Iterable[ServiceId]) -> frozenset[ServiceId]:
        return frozenset(ids) & self.rows.services.keys()

    async def meant(self, words: Collection[str]) -> dict[str, ServiceId]:
        names = {one.name.casefold(): one.id for one in self.rows.services.values()}
        known = {word: names.get(word.casefold()) for word in words}
        known |= {word: one.id for word in words for one in self._with_id(word)}
        return {word: id for word, id in known.items() if id}

    async def dependencies(self) -> Graph:
        return {s.id: s.depends_on for s in self.rows.services.values() if s.depends_on}

    def _with_id(self, id: str) -> list[Service]:
        return [one for one in self.rows.services.values() if one.id == id]

    async def save(self, service: Service, *, because: Event) -> Service:
        namesake = await self.named(service.name)
        if namesake and namesake.id != service.id:
            raise Conflict(say("There is a service {name} already.", name=service.name))
        saved = store(self.rows.services, service)
        self.record(because)
        return saved


def slack_user(rows: OrganizationRows, team: TeamId, user: SlackUserId) -> User | None:
    wanted = (team, user)
    return next(
        (u for u in rows.users.values() if (u.slack_team_id, u.slack_user_id) == wanted), None
    )


@dataclass(frozen=True, slots=True)
class FakeIntegrations:
    rows: OrganizationRows
    record: Record

    async def get(self, id: IntegrationId) -> Integration:
        return found(self.rows.integrations, id, "integration")

    async def save(self, integration: Integration, *, because: Event) -> Integration:
        saved = store(self.rows.integrations, integration)
        self.record(because)
        return saved
