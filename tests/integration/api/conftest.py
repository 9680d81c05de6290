"""A key of each kind for the doors over the in-memory store, and clients of other products."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.bus import CommandBus
from core.domain.account import Dialect
from core.domain.ids import OrganizationId
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.store import FakeStore
from tests.integration.api.checks import incident_io, opsknight
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


@pytest.fixture(params=["fake", "sqlite"])
async def io(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock, new_id: FakeIds
) -> AsyncIterator[incident_io.Ground]:
    """A client of incident.io's over the fake store and over a real database."""
    async with incident_io.ground(request.param, tmp_path, clock, new_id) as made:
        yield made


@pytest.fixture(params=["fake", "sqlite"])
async def k(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock, new_id: FakeIds
) -> AsyncIterator[opsknight.Ground]:
    """The same for one of OpsKnight's."""
    async with opsknight.ground(request.param, tmp_path, clock, new_id) as made:
        yield made
