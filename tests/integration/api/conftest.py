"""Doors over the in-memory store, and a key of each kind."""

from collections.abc import AsyncIterator

import pytest

from core.bus import CommandBus
from core.domain.account import Dialect
from core.domain.ids import OrganizationId
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doors import Client, Parts, api_key, application, served


@pytest.fixture
def parts(bus: CommandBus, store: FakeStore, clock: FakeClock) -> Parts:
    return Parts(
        bus=bus,
        reads=store.reads,
        directory=store.directory,
        inbox=store.inbox,
        clock=clock,
    )


@pytest.fixture
async def client(parts: Parts) -> AsyncIterator[Client]:
    async with served(application(parts)) as client:
        yield client


@pytest.fixture
async def neutral(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id)


@pytest.fixture
async def overwatch(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id, dialect=Dialect.OVERWATCH)


@pytest.fixture
async def observer(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id, dialect=Dialect.OBSERVER)
