"""A storage opened for a test, with an organisation in it and somebody who may do everything."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from core.bus import CommandBus
from core.commands import Command, DeclareIncident
from core.domain.actor import Actor, Caller, Surface
from core.domain.ids import OrganizationId
from core.domain.incident import Incident
from core.errors import CoreError
from core.permissions import OPERATOR
from core.ports import NewId
from storage.inbox_room import Bounds
from storage.migrating import migrate
from storage.opening import Storage, open_storage

OF_A_DECLARATION = 4
"""Effects: the announcement, the channel, what search knows, what it looks like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    storage: Storage
    bus: CommandBus
    caller: Caller

    @property
    def organization_id(self) -> OrganizationId:
        return self.caller.organization_id

    async def declare(self, title: str = "Checkout is slow", **wishes: str) -> Incident:
        wish = DeclareIncident(caller=self.caller, title=title, severity="high", **wishes)  # type: ignore[arg-type]
        return await self.bus.execute(wish)


def now() -> datetime:
    return datetime.now(UTC)


def ids_of(process: str) -> NewId:
    """Ids that no other process of the same test gives."""
    numbers = count(1)

    def new_id(prefix: str) -> str:
        return f"{prefix}_{process}{next(numbers):08d}"

    return new_id


@asynccontextmanager
async def opened(
    url: str,
    *,
    process: str = "a",
    slug: str = "acme",
    on_effects: Callable[[], None] = lambda: None,
    bounds: Bounds = Bounds(),  # noqa: B008 - frozen
) -> AsyncIterator[House]:
    await migrate(url)
    storage = await open_storage(
        url, clock=now, new_id=ids_of(process), on_effects=on_effects, bounds=bounds
    )
    try:
        organization = await storage.directory.ensure_organization(slug, "Acme")
        actor = Actor(surface=Surface.CLI, name="Olga Operator")
        caller = Caller(organization_id=organization.id, actor=actor, permissions=OPERATOR)
        yield House(storage=storage, bus=CommandBus(storage.transactions, now), caller=caller)
    finally:
        await storage.close()


async def each(house: House, commands: Iterable[Command[Any]]) -> list[Any]:
    """What became of commands given at the same time: results, and refusals."""
    return await asyncio.gather(*(outcome(house.bus.execute(command)) for command in commands))


async def outcome(answer: Awaitable[Any]) -> Any:
    try:
        return await answer
    except CoreError as error:
        return error
