"""Opens each storage in turn: the fake, SQLite in a real file, and a real PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.events import Event
from core.domain.ids import EntryId, OrganizationId
from core.effects import Effect, FindLikenesses, IndexIncident, IndexRecord, TellSubscribers
from core.reactions import effects_of
from storage.opening import open_storage
from tests.contract.house import Bell, House, Storage
from tests.databases import migrated_sqlite
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.store import FakeStore

FAKE = "the fake"


@pytest.fixture(params=["fake", "sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the storage of this test is; each test runs on all of them."""
    if request.param == "fake":
        return FAKE
    if request.param == "sqlite":
        return migrated_sqlite(tmp_path)
    emptied: str = request.getfixturevalue("migrated_postgres")
    return emptied


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
