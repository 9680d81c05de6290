"""An alert source with its token, for the doors over the in-memory store."""

import pytest

from core.bus import CommandBus
from core.domain.ids import OrganizationId
from core.domain.integration import Integration
from tests.integration.api.doors import integration


@pytest.fixture
async def source(bus: CommandBus, organization_id: OrganizationId) -> tuple[Integration, str]:
    return await integration(bus, organization_id)


@pytest.fixture
def token(source: tuple[Integration, str]) -> str:
    return source[1]
