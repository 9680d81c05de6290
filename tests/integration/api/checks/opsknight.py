"""A client of OpsKnight's before a server over either store, with the documented things in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.bus import CommandBus
from core.domain.account import Dialect, Role, User
from core.domain.events import ServiceAdded, UserAdded
from core.domain.ids import IncidentId, OrganizationId, ServiceId, UserId
from core.domain.incident import Incident
from core.domain.service import Service
from core.domain.severity import Severity
from core.domain.urgency import Urgency
from core.ports import Inbox, Transactions, UnitOfWork
from storage.opening import Storage, open_storage
from tests.databases import migrated_sqlite
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore
from tests.integration.api.doors import Client, Parts, api_key, application, bearer, json_of, served

SCOPES = ("incidents:write", "events:write", "services:read")
GATEWAY = ServiceId("svc_xyz")
JOHN = UserId("user_123")
DOCUMENTED = IncidentId("inc_abc123")
MANUAL = {
    "title": "Manual incident",
    "serviceId": GATEWAY,
    "description": "Details about the incident",
    "urgency": "HIGH",
    "priority": "P1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A server, who works there, and a key for it."""

    client: Client
    bus: CommandBus
    transactions: Transactions
    inbox: Inbox
    organization_id: OrganizationId
    clock: FakeClock
    key: str

    async def ask(
        self,
        method: str,
        path: str,
        wish: Any = None,
        *,
        status: int = 200,
        key: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """The body of the answer, which has this status."""
        shown = bearer(self.key if key is None else key) if headers is None else headers
        response = await self.client.request(method, path, json=wish, headers=shown)
        body = await json_of(response)
        assert response.status == status, body
        return body

    async def get(self, path: str, *, status: int = 200) -> Any:
        return await self.ask("GET", path, status=status)

    async def create(self, *, status: int = 201, **changes: Any) -> Any:
        """The documented incident, but for `changes`."""
        wish = {name: value for name, value in (MANUAL | changes).items() if value is not None}
        return await self.ask("POST", "/api/incidents", wish, status=status)

    async def change(self, id: str, wish: dict[str, Any], *, status: int = 200) -> Any:
        return await self.ask("PATCH", f"/api/incidents/{id}", wish, status=status)

    async def list(self, query: str = "") -> Any:
        return await self.get(f"/api/incidents{query}")

    async def event(self, *, status: int = 202, **changes: Any) -> Any:
        """One that triggers, with the key of the API, but for `changes`."""
        event = {
            "service_id": GATEWAY,
            "event_action": "trigger",
            "dedup_key": "latency",
            "payload": {"summary": "Latency is high", "source": "web-1", "severity": "critical"},
        }
        return await self.ask("POST", "/api/events", event | changes, status=status)

    async def triage(self) -> None:
        await TriageWorker(self.inbox, self.bus, SOURCES).turn()


@asynccontextmanager
async def ground(
    kind: str, folder: Path, clock: FakeClock, new_id: FakeIds, *, open_word: str = "triggered"
) -> AsyncIterator[Ground]:
    """`kind` is `fake` or `sqlite`."""
    storage = await _opened(kind, folder, clock, new_id)
    organization_id = (await storage.directory.ensure_organization("default", "Default")).id
    bus = CommandBus(storage.transactions, clock)
    await storage.transactions.run(organization_id, _furnishing(clock(), organization_id))
    parts = Parts.over(storage, bus, clock)
    async with served(application(parts, opsknight_open=open_word)) as client:
        yield Ground(
            client=client,
            bus=bus,
            transactions=storage.transactions,
            inbox=storage.inbox,
            organization_id=organization_id,
            clock=clock,
            key=await api_key(bus, organization_id, scopes=SCOPES, dialect=Dialect.OPSKNIGHT),
        )
    await storage.close()


async def _opened(
    kind: str, folder: Path, clock: FakeClock, new_id: FakeIds
) -> FakeStore | Storage:
    if kind == "fake":
        return FakeStore(clock=clock, new_id=new_id)
    return await open_storage(migrated_sqlite(folder), clock=clock, new_id=new_id)


def _furnishing(at: datetime, organization_id: OrganizationId) -> Any:
    """The service, the person and the incident of OpsKnight's document."""
    by = the_operator(organization_id).actor
    gateway = Service(id=GATEWAY, name="API Gateway", created_at=at)
    john = User(id=JOHN, email="john@example.com", name="John Doe", role=Role.ADMIN, created_at=at)

    async def work(uow: UnitOfWork) -> None:
        added = ServiceAdded(by=by, at=at, service_id=GATEWAY, name=gateway.name)
        await uow.services.save(gateway, because=added)
        hired = UserAdded(by=by, at=at, user_id=JOHN, name=john.name, role=john.role)
        await uow.users.save(john, because=hired)
        incident = Incident(
            id=DOCUMENTED,
            number=await uow.incidents.next_number(),
            title="Database timeout",
            severity=Severity.CRITICAL,
            urgency=Urgency.HIGH,
            service_ids=(GATEWAY,),
            source=by.surface,
            created_at=at,
            updated_at=at,
            published_at=at,
        )
        await uow.incidents.save(incident, because=incident.declared(by=by, at=at))

    return work
