"""The HTTP doors over the in-memory store; folders that need another client make their own."""

from collections.abc import AsyncIterator

import pytest

from core.bus import CommandBus
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doors import Client, Parts, application, served


@pytest.fixture
def parts(bus: CommandBus, store: FakeStore, clock: FakeClock) -> Parts:
    return Parts.over(store, bus, clock)


@pytest.fixture
async def client(parts: Parts) -> AsyncIterator[Client]:
    async with served(application(parts)) as client:
        yield client
