"""Everything of one organisation, out of one database and into another."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.fixtures import PASSWORDS, fixtures, keys_of
from core.bus import CommandBus
from core.commands import AcknowledgeIncident, AddService, DeclareIncident, PostUpdate
from core.domain.ids import OrganizationId
from core.errors import Conflict, InvalidInput
from core.ports.archive import Entry
from storage.archive import TRANSIENT, kept_tables
from storage.migrating import migrate
from storage.opening import Storage, open_storage
from storage.tables import metadata
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.people import the_operator
from tests.postgres import PostgresServer

NewPlace: TypeAlias = Callable[[], str]
Open: TypeAlias = Callable[[str], Awaitable[Storage]]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> NewPlace:
    """Makes databases with all tables and no rows."""
    places: list[str] = []

    def make() -> str:
        number = len(places) + 1
        if request.param == "sqlite":
            url = f"sqlite+aiosqlite:///{tmp_path / f'{number}.db'}"
        else:
            server: PostgresServer = request.getfixturevalue("postgres_cluster")
            url = server.create(f"archive_{id(places)}_{number}")
        places.append(url)
        return url

    return make


@pytest.fixture
async def opened(clock: FakeClock, new_id: FakeIds) -> AsyncIterator[Open]:
    storages: list[Storage] = []

    async def open_at(url: str) -> Storage:
        await migrate(url)
        storages.append(await open_storage(url, clock=clock, new_id=new_id))
        return storages[-1]

    yield open_at
    for storage in storages:
        await storage.close()


async def _populated(storage: Storage, clock: FakeClock) -> OrganizationId:
    ours = (await storage.directory.ensure_organization("default", "Default")).id
    bus, operator = CommandBus(storage.transactions, clock), the_operator(ours)
    hashes = dict.fromkeys(PASSWORDS, "a hash")
    await bus.execute(fixtures(operator, keys_of("k" * 16), hashes, clock()))
    service = await bus.execute(AddService(caller=operator, name="Search"))
    incident = await bus.execute(
        DeclareIncident(
            caller=operator, title="Søk feiler", severity="sev1", service_ids=(service.id,)
        )
    )
    await bus.execute(AcknowledgeIncident(caller=operator, incident_id=incident.id))
    await bus.execute(PostUpdate(caller=operator, incident_id=incident.id, text="On it."))
    return ours


async def _entries(storage: Storage, organization_id: OrganizationId) -> list[Entry]:
    found: list[Entry] = []
    await storage.archive.export(organization_id, found.append)
    return found


async def test_what_is_imported_exports_the_same(
    new_place: NewPlace, opened: Open, clock: FakeClock
) -> None:
    first = await opened(new_place())
    second = await opened(new_place())
    ours = await _populated(first, clock)
    exported = await _entries(first, ours)

    count = await second.archive.restore(lambda: exported)

    assert count == len(exported) > 20
    assert await _entries(second, ours) == exported


async def test_an_imported_organisation_goes_on_counting(
    new_place: NewPlace, opened: Open, clock: FakeClock
) -> None:
    first = await opened(new_place())
    second = await opened(new_place())
    ours = await _populated(first, clock)
    exported = await _entries(first, ours)
    await second.directory.ensure_organization("default", "Default")
    await second.archive.restore(lambda: exported)

    bus = CommandBus(second.transactions, clock)
    wish = DeclareIncident(caller=the_operator(ours), title="Next", severity="low")
    incident = await bus.execute(wish)

    assert incident.reference == "INC-7"


async def test_an_organisation_that_has_something_is_never_overwritten(
    new_place: NewPlace, opened: Open, clock: FakeClock
) -> None:
    storage = await opened(new_place())
    ours = await _populated(storage, clock)
    exported = await _entries(storage, ours)

    with pytest.raises(Conflict):
        await storage.archive.restore(lambda: exported)

    assert await _entries(storage, ours) == exported


async def test_a_broken_file_leaves_nothing_behind(
    new_place: NewPlace, opened: Open, clock: FakeClock
) -> None:
    first = await opened(new_place())
    second = await opened(new_place())
    ours = await _populated(first, clock)
    exported = await _entries(first, ours)
    noun, row = exported[-1]
    broken = [*exported[:-1], (noun, {name: object() for name in row})]

    with pytest.raises(InvalidInput):
        await second.archive.restore(lambda: broken)

    assert await _entries(second, ours) == []


def test_every_table_is_either_kept_or_known_to_be_passing() -> None:
    kept = {table.name for table in kept_tables()}

    assert kept | TRANSIENT == set(metadata.tables)
    assert not kept & TRANSIENT


async def test_the_example_objects_are_loaded_once(
    new_place: NewPlace, opened: Open, clock: FakeClock
) -> None:
    storage = await opened(new_place())
    ours = (await storage.directory.ensure_organization("default", "Default")).id
    bus = CommandBus(storage.transactions, clock)
    wish = fixtures(
        the_operator(ours), keys_of("k" * 16), dict.fromkeys(PASSWORDS, "a hash"), clock()
    )

    made = [await bus.execute(wish) for _ in range(2)]

    assert made == [15, 0]


@pytest.mark.parametrize(
    ("noun", "change"),
    [
        ("users", {"role": "emperor"}),
        ("users", {"organization_id": "org_another"}),
        ("users", {"email": {"at": "home"}}),
        ("users", {"created_at": "2026-11-20T12:00:00"}),
        ("users", {"version": "x"}),
        ("users", {"failed_logins": 10**30}),
        ("incidents", {"assignee_id": "usr_nobody"}),
        ("organizations", {"id": [1]}),
    ],
)
async def test_a_hostile_file_is_refused_whole(
    new_place: NewPlace, opened: Open, clock: FakeClock, noun: str, change: dict[str, object]
) -> None:
    first = await opened(new_place())
    second = await opened(new_place())
    ours = await _populated(first, clock)
    exported = await _entries(first, ours)
    hostile = [(name, {**row, **change} if name == noun else row) for name, row in exported]

    with pytest.raises(InvalidInput):
        await second.archive.restore(lambda: hostile)

    assert await _entries(second, ours) == []


async def test_rows_without_their_organisation_go_nowhere(
    new_place: NewPlace, opened: Open, clock: FakeClock
) -> None:
    storage = await opened(new_place())
    ours = await _populated(storage, clock)
    exported = await _entries(storage, ours)
    stranger = next(entry for entry in exported if entry[0] == "users")

    with pytest.raises(InvalidInput):
        await storage.archive.restore(lambda: [stranger])

    assert await _entries(storage, ours) == exported
