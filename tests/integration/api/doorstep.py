"""The doors over each of the storages, seen by people who sign in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.api.accounts.desk import Desk
from core.bus import CommandBus
from core.commands import AddUser
from core.domain.account import Role, User
from core.domain.ids import OrganizationId
from storage.opening import open_storage
from tests.contract.conftest import FAKE
from tests.contract.house import Storage
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore
from tests.integration.api.accounts import PASSWORD, QUICK, a_desk
from tests.integration.api.doors import Client, Parts, application, served


@dataclass(frozen=True, slots=True, kw_only=True)
class Doorstep:
    """One of the storages, and the doors over it."""

    client: Client
    bus: CommandBus
    storage: Storage
    clock: FakeClock
    organization_id: OrganizationId
    desk: Desk

    async def hire(
        self,
        email: str,
        role: Role = Role.ENGINEER,
        *,
        name: str = "Jane Doe",
        password: str = PASSWORD,
    ) -> User:
        return await self.bus.execute(
            AddUser(
                caller=the_operator(self.organization_id),
                email=email,
                name=name,
                role=role,
                password_hash=QUICK.hash(password),
            )
        )

    async def ask(
        self, method: str, path: str, wish: Any = None, *, token: str = "", **headers: str
    ) -> tuple[int, Any]:
        """The status and the body of the answer, which is JSON unless there is none."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            given["Authorization"] = f"Bearer {token}"
        response = await self.client.request(method, path, json=wish, headers=given)
        if response.status == 204:
            return 204, None
        assert response.content_type == "application/json"
        return response.status, await response.json()

    async def try_to_sign_in(
        self, email: str, password: str = PASSWORD, **more: str
    ) -> tuple[int, Any]:
        wish = {"email": email, "password": password, **more}
        return await self.ask("POST", "/api/v1/auth/login", wish)

    async def sign_in(self, email: str, password: str = PASSWORD) -> dict[str, Any]:
        status, body = await self.try_to_sign_in(email, password)
        assert status == 200, body
        tokens: dict[str, Any] = body
        return tokens


async def opened(url: str, clock: FakeClock, new_id: FakeIds) -> Storage:
    """The storage there, or the fake one."""
    if url == FAKE:
        return FakeStore(clock=clock, new_id=new_id)
    return await open_storage(url, clock=clock, new_id=new_id)


@asynccontextmanager
async def a_doorstep(storage: Storage, clock: FakeClock, **details: Any) -> AsyncIterator[Doorstep]:
    """The `details` are of the desk."""
    bus = CommandBus(storage.transactions, clock)
    desk = a_desk(storage.directory, storage.reads, clock, **details)
    parts = Parts.over(storage, bus, clock)
    ours = await storage.directory.ensure_organization("default", "Default")
    async with served(application(parts, desk=desk)) as client:
        yield Doorstep(
            client=client,
            bus=bus,
            storage=storage,
            clock=clock,
            organization_id=ours.id,
            desk=desk,
        )
    await desk.close()
