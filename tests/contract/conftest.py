"""Opens each storage in turn: the fake, SQLite in a real file, and a real PostgreSQL."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest

from core.domain.events import Event
from core.domain.ids import EntryId, OrganizationId
from core.effects import Effect, FindLikenesses, IndexIncident, IndexRecord, TellSubscribers
from core.reactions import effects_of
from storage.migrating import migrate
from storage.opening import open_storage
from tests.contract.house import Bell, House, Storage
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.store import FakeStore
from tests.postgres import PostgresServer, postgres_cluster

__all__ = ["postgres_cluster"]

FAKE = "the fake"
_numbers = count(1)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows, to be copied for each test."""
    file = tmp_path_factory.mktemp("migrated") / "tocsin.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def migrated_database(postgres_cluster: PostgresServer) -> str:
    """A database with all tables and no rows, the template of each test's own."""
    asyncio.run(migrate(postgres_cluster.create("migrated")))
    return "migrated"


@pytest.fixture(params=["fake", "sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where the storage of this test is; each test runs on all of them."""
    if request.param == "fake":
        yield FAKE
    elif request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "tocsin.db")
        yield f"sqlite+aiosqlite:///{tmp_path / 'tocsin.db'}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_cluster")
        name = f"contract_{next(_numbers)}"
        yield server.create(name, template=request.getfixturevalue("migrated_database"))
        server.drop(name)


def shown(_: OrganizationId, event: Event, entry_id: EntryId) -> list[Effect]:
    """What people see of an event, and what carries it there: one lane for each subject. Search
    and followers have lanes of their own, which tests of lanes need not know."""
    unseen = (IndexIncident, IndexRecord, FindLikenesses, TellSubscribers)
    return [one for one in effects_of(event, entry_id) if not isinstance(one, unseen)]


@pytest.fixture
async def house(url: str, clock: FakeClock, new_id: FakeIds) -> AsyncIterator[House]:
    bell = Bell()
    storage: Storage
    if url == FAKE:
        storage = FakeStore(clock=clock, new_id=new_id, on_effects=bell, react=shown)
    else:
        storage = await open_storage(url, clock=clock, new_id=new_id, on_effects=bell, react=shown)
    try:
        ours = await storage.directory.ensure_organization("default", "Default")
        theirs = await storage.directory.ensure_organization("neighbour", "Neighbour")
        yield House(
            storage=storage,
            clock=clock,
            new_id=new_id,
            bell=bell,
            organization_id=ours.id,
            neighbour_id=theirs.id,
        )
    finally:
        await storage.close()
