"""What most tests begin with: a clock, ids, the fake store, a bus, and people who use it."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

from core.bus import CommandBus
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.ids import OrganizationId
from tests.databases import migrated_database, migrated_postgres, shared_database
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.people import hire
from tests.fakes.store import FakeStore
from tests.postgres import postgres_cluster, postgres_server, postgres_url

__all__ = [
    "migrated_database",
    "migrated_postgres",
    "postgres_cluster",
    "postgres_server",
    "postgres_url",
    "shared_database",
]

# Most of a process's start goes into compiling its source, unless the outcome is kept. It is, for
# those that tests start, even where the environment asks Python to leave nothing in the tree.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    kept = Path(__file__).parents[1] / ".pytest_cache" / "bytecode"
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(kept))

# Thousands of tests are collected, and nothing of them is garbage: Python need not look for any
# meanwhile, nor ever again among what lives until the end.
gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


# A slow machine is no failure: no example has a deadline.
settings.register_profile("tocsin", deadline=None)
settings.load_profile("tocsin")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def new_id() -> FakeIds:
    return FakeIds()


@pytest.fixture
def store(clock: FakeClock, new_id: FakeIds) -> FakeStore:
    return FakeStore(clock=clock, new_id=new_id)


@pytest.fixture
def bus(store: FakeStore, clock: FakeClock) -> CommandBus:
    return CommandBus(store.transactions, clock)


@pytest.fixture
async def organization_id(store: FakeStore) -> OrganizationId:
    return (await store.directory.ensure_organization("default", "Default")).id


@pytest.fixture
async def alice(bus: CommandBus, organization_id: OrganizationId) -> Caller:
    """An admin."""
    return await hire(bus, organization_id, "Alice Archer", Role.ADMIN)


@pytest.fixture
async def bob(bus: CommandBus, organization_id: OrganizationId) -> Caller:
    """An engineer."""
    return await hire(bus, organization_id, "Bob Baker", Role.ENGINEER)
