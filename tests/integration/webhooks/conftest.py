"""Doors over the in-memory store, and an alert source with its token."""

from collections.abc import AsyncIterator

import pytest

from core.bus import CommandBus
from core.domain.ids import OrganizationId
from core.domain.integration import Integration
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doors import Client, Parts, application, integration, served


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
async def source(bus: CommandBus, organization_id: OrganizationId) -> tuple[Integration, str]:
    return await integration(bus, organization_id)


@pytest.fixture
def token(source: tuple[Integration, str]) -> str:
    return source[1]
