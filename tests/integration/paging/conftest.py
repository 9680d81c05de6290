"""Grounds: a server with an alert source of either product."""

import pytest

from core.bus import CommandBus
from core.domain.ids import OrganizationId
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doors import Client, integration
from tests.integration.paging.ground import Ground


async def _ground(
    source: str,
    client: Client,
    store: FakeStore,
    bus: CommandBus,
    clock: FakeClock,
    organization_id: OrganizationId,
) -> Ground:
    _, token = await integration(bus, organization_id, source=source)
    return Ground(
        client=client,
        store=store,
        bus=bus,
        clock=clock,
        organization_id=organization_id,
        token=token,
    )


@pytest.fixture
async def og(
    client: Client,
    store: FakeStore,
    bus: CommandBus,
    clock: FakeClock,
    organization_id: OrganizationId,
) -> Ground:
    """Opsgenie's."""
    return await _ground("opsgenie", client, store, bus, clock, organization_id)


@pytest.fixture
async def pd(
    client: Client,
    store: FakeStore,
    bus: CommandBus,
    clock: FakeClock,
    organization_id: OrganizationId,
) -> Ground:
    """PagerDuty's."""
    return await _ground("pagerduty", client, store, bus, clock, organization_id)
