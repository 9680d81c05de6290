"""A key of each kind, for the doors over the in-memory store."""

from collections.abc import AsyncIterator

import pytest

from core.bus import CommandBus
from core.domain.account import Dialect
from core.domain.ids import OrganizationId
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doors import api_key
from tests.integration.api.doorstep import Doorstep, a_doorstep


@pytest.fixture
async def neutral(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id)


@pytest.fixture
async def overwatch(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id, dialect=Dialect.OVERWATCH)


@pytest.fixture
async def observer(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id, dialect=Dialect.OBSERVER)


@pytest.fixture
async def doorstep(store: FakeStore, clock: FakeClock) -> AsyncIterator[Doorstep]:
    """The doors for people who sign in."""
    async with a_doorstep(store, clock) as doorstep:
        yield doorstep
