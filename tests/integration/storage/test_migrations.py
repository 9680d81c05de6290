"""The schema's history leads from nothing, and from the step before, to what the code expects."""

import asyncio
import sys
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from core.domain.ids import OrganizationId
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.ports import SearchQuery
from core.views import IncidentQuery
from storage import migrations
from storage.migrating import migrate
from storage.revision import HEAD, pending_migrations
from storage.similarity.vectors import SqlVectors
from storage.tables import metadata
from storage.tables.search import SQLITE_INDEX
from storage.upgrading import on_schema
from tests.integration.storage.house import opened

MIGRATE = (
    "import asyncio, sys; from storage.migrating import migrate; asyncio.run(migrate(sys.argv[1]))"
)
ORGANIZATION = OrganizationId("org_1")
MANY = 2_001
WHEN = {"sqlite": "2026-03-01T10:00:00.000000+00:00", "postgresql": "2026-03-01 10:00+00"}


def _on_sqlite(thing: object, name: str | None, *others: object) -> bool:
    """Its index of words is made of tables that only SQLite knows, instead of an index."""
    return not str(name).startswith((SQLITE_INDEX, "ix_search_documents_words"))


def _differences(connection: Connection) -> list[Any]:
    opts: dict[str, Any] = {"compare_type": True}
    if connection.dialect.name == "sqlite":
        opts["include_object"] = _on_sqlite
    context = MigrationContext.configure(connection, opts=opts)
    differences: list[Any] = compare_metadata(context, metadata)
    return differences


def _fill_the_first_schema(connection: Connection) -> None:
    _fill(connection, ["ÉCOLE injoignable", "Checkout is slow"])


def _fill_more_than_one_batch(connection: Connection) -> None:
    _fill(connection, [f"Incident number {number}" for number in range(MANY)])


def _fill(connection: Connection, titles: list[str]) -> None:
    """An organisation with incidents, as the first revision stored them."""
    at = WHEN[connection.dialect.name]
    connection.execute(text(f"INSERT INTO organizations VALUES ('org_1', 'acme', 'Acme', '{at}')"))
    connection.execute(text(f"INSERT INTO incident_numbers VALUES ('org_1', {len(titles)})"))
    for number, title in enumerate(titles, start=1):
        connection.execute(
            text(
                "INSERT INTO incidents (id, organization_id, number, title, severity, created_at,"
                " updated_at, source, state, phase, description, severity_word, created_by_name,"
                f" channel_name, version) VALUES ('inc_{number}', 'org_1', {number}, :title,"
                f" 'high', '{at}', '{at}', 'rest', 'open', 'investigating', 'Straße', 'sev2',"
                " 'Olga', '', 1)"
            ),
            {"title": title},
        )


async def test_a_new_database_gets_what_the_code_expects(untouched_url: str) -> None:
    await migrate(untouched_url)

    assert await on_schema(untouched_url, _differences) == []


async def test_the_step_before_gets_what_the_code_expects(untouched_url: str) -> None:
    await migrate(untouched_url, "0001")
    before = await on_schema(untouched_url, _differences)

    await migrate(untouched_url)

    assert before != []
    assert await on_schema(untouched_url, _differences) == []


async def test_incidents_of_the_step_before_are_listed_and_found(untouched_url: str) -> None:
    await migrate(untouched_url, "0001")
    await on_schema(untouched_url, _fill_the_first_schema)

    async with opened(untouched_url) as house:
        everything = await house.storage.reads.incidents(ORGANIZATION, IncidentQuery())
        found = await house.storage.reads.incidents(ORGANIZATION, IncidentQuery(search="école"))
        folded = await house.storage.reads.incidents(ORGANIZATION, IncidentQuery(search="STRASSE"))
        words = await house.storage.search.find(ORGANIZATION, SearchQuery(text="ecole"))
        high = IncidentQuery(severities=frozenset({Severity.HIGH}), limit=1)
        counted = await house.storage.reads.incidents(ORGANIZATION, high)
        following = await house.declare()

    assert [found.id for found in words] == ["inc_1"]
    assert [row.reference for row in everything.rows] == ["INC-2", "INC-1"]
    assert [row.reference for row in found.rows] == ["INC-1"]
    assert folded.total == 2
    assert (counted.total, counted.rows[0].mode, counted.rows[0].tags) == (2, Mode.STANDARD, ())
    assert following.reference == "INC-3"


async def test_what_was_there_before_waits_for_its_vector(untouched_url: str) -> None:
    await migrate(untouched_url, "0001")
    await on_schema(untouched_url, _fill_the_first_schema)

    async with opened(untouched_url) as house:
        counts = await SqlVectors(house.storage.writer, house.storage.readers).counts()

    assert counts == (2, 2)


async def test_more_incidents_than_one_batch_are_brought_along(untouched_url: str) -> None:
    await migrate(untouched_url, "0001")
    await on_schema(untouched_url, _fill_more_than_one_batch)

    async with opened(untouched_url) as house:
        everything = await house.storage.reads.incidents(ORGANIZATION, IncidentQuery())
        last = await house.storage.search.find(ORGANIZATION, SearchQuery(text=f"{MANY - 1}"))

    assert everything.total == MANY
    assert [document.title for document in last] == [f"Incident number {MANY - 1}"]


def test_the_newest_revision_is_the_one_that_start_up_looks_for() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))

    assert scripts.get_heads() == [HEAD]


async def test_what_is_pending_is_known(untouched_url: str) -> None:
    empty = await pending_migrations(untouched_url)
    await migrate(untouched_url, "0001")
    halfway = await pending_migrations(untouched_url)
    await migrate(untouched_url)
    done = await pending_migrations(untouched_url)

    assert (empty, halfway, done) == (True, True, False)


async def test_migrating_twice_changes_nothing(untouched_url: str) -> None:
    async with opened(untouched_url) as house:
        await house.declare()

    await migrate(untouched_url)

    async with opened(untouched_url, process="b") as house:
        page = await house.storage.reads.incidents(house.organization_id, IncidentQuery())
    assert page.total == 1


async def test_processes_that_migrate_at_once_do_not_collide(untouched_url: str) -> None:
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", MIGRATE, untouched_url, stderr=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]

    said = [(await process.communicate())[1].decode() for process in processes]

    assert said == ["", "", ""]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert await on_schema(untouched_url, _differences) == []
