"""How SQLite goes about the questions asked most: by an index, however much there is."""

import sqlite3

import pytest

from storage import incident_cards, incident_lists, outbox_statements, read_models
from storage.engine import SqlitePlace, connect_sqlite, place_of
from storage.migrating import migrate
from storage.statements import Statement

PAGES = {
    "newest": ((), 0),
    "of two states": (("states",), 2),
    "of one severity": (("severities",), 1),
    "of states and severities": (("states", "severities"), 3),
    "of an assignee": (("assignee",), 0),
}
LOOKUPS = {
    "people of a card": incident_cards._PEOPLE,
    "owners of a card": incident_cards._OWNERS,
    "services of rows": incident_lists._SERVICES,
    "incident of a channel": read_models._IN_CHANNEL,
    "equals in a lane": outbox_statements.SETTLE_EQUALS,
    "others in a lane": outbox_statements.POSTPONE_OTHERS,
}


async def _plan(url: str, statement: Statement) -> list[str]:
    await migrate(url)
    place = place_of(url)
    assert isinstance(place, SqlitePlace)
    connection = connect_sqlite(place)
    compiled = statement.on("sqlite")
    placeholders = ["[]"] * compiled.sql.count("?")
    rows = connection.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", placeholders).fetchall()
    connection.close()
    return [row[3] for row in rows]


def _scans_of_tables(plan: list[str]) -> list[str]:
    """Reading a table from end to end; lists of parameters and results in between are short."""
    tables = ("incidents", "users", "services", "service_owners", "incident_services", "outbox")
    return [step for step in plan if step.split()[0] == "SCAN" and step.split()[1] in tables]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("page", PAGES)
async def test_a_page_is_picked_from_an_index_alone(
    sqlite_url: str, page: str, after: bool
) -> None:
    shape, branches = PAGES[page]

    plan = await _plan(sqlite_url, incident_lists._page(shape, branches, after))

    picking = [step for step in plan if step.startswith("SEARCH incidents USING COVERING INDEX")]
    assert len(picking) == max(branches, 1)
    assert _scans_of_tables(plan) == []


@pytest.mark.parametrize("shape", [(), ("states",), ("severities",), ("assignee",)])
async def test_a_total_is_counted_in_an_index_alone(
    sqlite_url: str, shape: tuple[str, ...]
) -> None:
    plan = await _plan(sqlite_url, incident_lists._total(shape))

    assert plan[0].startswith("SEARCH incidents USING COVERING INDEX")


@pytest.mark.parametrize("lookup", LOOKUPS)
async def test_a_lookup_finds_its_few_rows_by_key(sqlite_url: str, lookup: str) -> None:
    plan = await _plan(sqlite_url, LOOKUPS[lookup])

    assert _scans_of_tables(plan) == []


async def test_claiming_looks_at_what_is_due_in_its_order(sqlite_url: str) -> None:
    plan = await _plan(sqlite_url, outbox_statements.CLAIM)

    assert plan[0].startswith("SEARCH outbox USING INDEX ix_outbox_due")
    assert not any("TEMP B-TREE" in step for step in plan)


async def test_what_was_delivered_is_in_no_index_of_what_waits(sqlite_url: str) -> None:
    await migrate(sqlite_url)
    place = place_of(sqlite_url)
    assert isinstance(place, SqlitePlace)
    connection = connect_sqlite(place)

    partial = _partial_indexes(connection)
    connection.close()

    assert {"ix_outbox_waiting", "ix_outbox_due", "ix_inbox_pending"} <= partial


def _partial_indexes(connection: sqlite3.Connection) -> set[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%INDEX%WHERE%'")
    return {name for (name,) in found}
