"""A client of incident.io's before a server over either store, with two people in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from core.bus import CommandBus
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.ids import OrganizationId
from core.ports import ReadModels
from tests.contract.conftest import FAKE
from tests.contract.house import Storage
from tests.databases import migrated_sqlite
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.people import hire
from tests.integration.api.doors import Client, Parts, api_key, application, bearer, json_of, served
from tests.integration.api.doorstep import opened

SCOPES = (
    "incidents:write",
    "maintenances:write",
    "organizations:write",
    "users:read",
    "events:write",
)
CHECKOUT = {"name": "Checkout API errors", "severity_id": "severity_high", "visibility": "public"}
_keys = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A server, who works there, and a key for it."""

    client: Client
    bus: CommandBus
    reads: ReadModels
    storage: Storage
    organization_id: OrganizationId
    clock: FakeClock
    alice: Caller
    bob: Caller
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
        query: list[tuple[str, str]] | None = None,
    ) -> Any:
        """The body of the answer, which has this status; None of an empty one."""
        shown = {**bearer(self.key if key is None else key), **(headers or {})}
        response = await self.client.request(method, path, json=wish, headers=shown, params=query)
        empty = response.status in (202, 204) and method == "DELETE"
        body = None if empty else await json_of(response)
        assert response.status == status, body
        return body

    async def get(self, path: str, *query: tuple[str, str], status: int = 200) -> Any:
        return await self.ask("GET", path, status=status, query=list(query))

    async def post(self, path: str, wish: Any, *, status: int = 201) -> Any:
        return await self.ask("POST", path, wish, status=status)

    async def create(self, **changes: Any) -> Any:
        """The incident as it is answered; what is None among the changes is left out."""
        wish = {"idempotency_key": f"key-{next(_keys)}", **CHECKOUT, **changes}
        sent = {name: value for name, value in wish.items() if value is not None}
        return (await self.post("/v2/incidents", sent, status=200))["incident"]

    async def edit(self, id: str, *, status: int = 200, **changes: Any) -> Any:
        wish = {"incident": changes, "notify_incident_channel": False}
        body = await self.post(f"/v2/incidents/{id}/actions/edit", wish, status=status)
        return body["incident"] if status == 200 else body

    async def found(self, *query: tuple[str, str], version: int = 2) -> list[str]:
        """The names in a list."""
        page = await self.get(f"/v{version}/incidents", *query)
        return [incident["name"] for incident in page["incidents"]]


@asynccontextmanager
async def ground(
    kind: str, folder: Path, clock: FakeClock, new_id: FakeIds
) -> AsyncIterator[Ground]:
    """`kind` is `fake` or `sqlite`."""
    url = migrated_sqlite(folder) if kind == "sqlite" else FAKE
    storage = await opened(url, clock, new_id)
    organization_id = (await storage.directory.ensure_organization("default", "Default")).id
    bus = CommandBus(storage.transactions, clock)
    parts = Parts.over(storage, bus, clock)
    async with served(application(parts)) as client:
        yield Ground(
            client=client,
            bus=bus,
            reads=storage.reads,
            storage=storage,
            organization_id=organization_id,
            clock=clock,
            alice=await hire(bus, organization_id, "Alice Archer", Role.ADMIN),
            bob=await hire(bus, organization_id, "Bob Baker", Role.ENGINEER),
            key=await api_key(bus, organization_id, scopes=SCOPES),
        )
    await storage.close()
