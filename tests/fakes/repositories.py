"""The repositories of incidents, updates, services, people, keys and alert sources, in dicts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from core.domain.account import ApiKey, User
from core.domain.events import Event
from core.domain.ids import (
    ApiKeyId,
    IncidentId,
    IntegrationId,
    ServiceId,
    SlackUserId,
    TeamId,
    UserId,
)
from core.domain.incident import Incident
from core.domain.integration import Integration
from core.domain.service import Service
from core.domain.update import StatusUpdate
from core.errors import Conflict, NotFound
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
        raise NotFound(f"There is no {noun} {id}.")
    return rows[id]


def store(rows: dict[Any, Row], row: Row) -> Row:
    """Compare and set: the stored version must be the one this change was made from."""
    stored = rows.get(row.id)
    if row.version != (stored.version if stored else 0):
        raise Conflict(f"{row.id} was changed by somebody else.")
    rows[row.id] = replace(row, version=row.version + 1)  # type: ignore[type-var]
    return rows[row.id]


@dataclass(frozen=True, slots=True)
class FakeIncidents:
    rows: OrganizationRows
    record: Record

    async def next_number(self) -> int:
        self.rows.numbers += 1
        return self.rows.numbers

    async def get(self, id: IncidentId) -> Incident:
        incident = found(self.rows.incidents, id, "incident")
        if incident.deleted_at:
            raise NotFound(f"There is no incident {id}.")
        return incident

    async def save(self, incident: Incident, *, because: Event | None) -> Incident:
        if because is None:
            return incident
        saved = store(self.rows.incidents, incident)
        self.record(because)
        return saved


@dataclass(frozen=True, slots=True)
class FakeUpdates:
    rows: OrganizationRows

    async def add(self, update: StatusUpdate) -> None:
        self.rows.updates[update.id] = update


@dataclass(frozen=True, slots=True)
class FakeTimeline:
    rows: OrganizationRows

    async def entries(self, incident_id: IncidentId) -> list[TimelineEntry]:
        return entries_of(self.rows, incident_id)


def entries_of(rows: OrganizationRows, incident_id: IncidentId) -> list[TimelineEntry]:
    return [e for e in rows.timeline if getattr(e.event, "incident_id", None) == incident_id]


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

    async def save(self, service: Service, *, because: Event) -> Service:
        namesake = await self.named(service.name)
        if namesake and namesake.id != service.id:
            raise Conflict(f"There is a service {service.name} already.")
        saved = store(self.rows.services, service)
        self.record(because)
        return saved


@dataclass(frozen=True, slots=True)
class FakeUsers:
    rows: OrganizationRows
    record: Record

    async def get(self, id: UserId) -> User:
        return found(self.rows.users, id, "user")

    async def with_email(self, email: str) -> User | None:
        return next((u for u in self.rows.users.values() if u.email == email), None)

    async def in_slack(self, team: TeamId, user: SlackUserId) -> User | None:
        return slack_user(self.rows, team, user)

    async def save(self, user: User, *, because: Event | None) -> User:
        if because is None:
            return user
        namesake = await self.with_email(user.email)
        if namesake and namesake.id != user.id:
            raise Conflict(f"There is a user {user.email} already.")
        saved = store(self.rows.users, user)
        self.record(because)
        return saved


def slack_user(rows: OrganizationRows, team: TeamId, user: SlackUserId) -> User | None:
    wanted = (team, user)
    return next(
        (u for u in rows.users.values() if (u.slack_team_id, u.slack_user_id) == wanted), None
    )


@dataclass(frozen=True, slots=True)
class FakeApiKeys:
    rows: OrganizationRows
    record: Record

    async def get(self, id: ApiKeyId) -> ApiKey:
        return found(self.rows.api_keys, id, "API key")

    async def save(self, key: ApiKey, *, because: Event | None) -> ApiKey:
        if because is None:
            return key
        saved = store(self.rows.api_keys, key)
        self.record(because)
        return saved


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
