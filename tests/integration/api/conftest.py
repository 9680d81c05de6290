"""A key of each kind, for the doors over the in-memory store."""

import pytest

from core.bus import CommandBus
from core.domain.account import Dialect
from core.domain.ids import OrganizationId
from tests.integration.api.doors import api_key


@pytest.fixture
async def neutral(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id)


@pytest.fixture
async def overwatch(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id, dialect=Dialect.OVERWATCH)


@pytest.fixture
async def observer(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id, dialect=Dialect.OBSERVER)
