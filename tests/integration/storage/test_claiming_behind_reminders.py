"""What claiming costs while thousands of reminders are due: no more than while few are."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any, TypeAlias

import asyncpg
import pytest

from storage import outbox_statements
from storage.engine import SqlitePlace, connect_sqlite, place_of
from storage.statements import Statement
from tests.fakes.moment import NOON
from tests.postgres import PostgresServer

Plan: TypeAlias = dict[str, Any]

REMINDERS = 5_000
STEPS_AT_MOST = 2_000
"""Of SQLite's machine, for which one lookup is some thirty."""

BLOCKS_AT_MOST = 100
DUE_AT = NOON - timedelta(hours=1)
COLUMNS = "organization_id, lane, kind, body, due_at, attempts, doubtful, reason"
WAITING = f"INSERT INTO outbox ({COLUMNS})"
OF_MANY = (
    "SELECT 'default', 'incident ' || one, 'PostReminder', '', $1, 0, false, ''"
    f" FROM generate_series(1, {REMINDERS}) AS one"
)
HELD_UP = "'default', 'incident 4000', 'PostNotice', '', $1, 0, false, ''"
VALUES = {"now": NOON, "limit": 16}
BEFORE_REMINDERS = ["CLAIM", "CLAIM_CHANNELS"]
_numbers = count(1)


@pytest.fixture
def file(sqlite_url: str) -> Iterator[sqlite3.Connection]:
    place = place_of(sqlite_url)
    assert isinstance(place, SqlitePlace)
    connection = connect_sqlite(place)
    connection.execute("PRAGMA foreign_keys = off")
    yield connection
    connection.close()


@pytest.fixture
def untouched_postgres(postgres_cluster: PostgresServer, migrated_database: str) -> str:
    """Where no test before left dead rows, nor counts of what it had: they are in the plan too."""
    name = f"claiming_{next(_numbers)}"
    return postgres_cluster.create(name, template=migrated_database)


@pytest.mark.parametrize("name", BEFORE_REMINDERS)
async def test_reminders_with_nothing_behind_them_cost_sqlite_nothing(
    file: sqlite3.Connection, name: str
) -> None:
    due_at = DUE_AT.isoformat(timespec="microseconds")
    insert = f"{WAITING} VALUES ('default', ?, ?, '', '{due_at}', 0, 0, '')"
    reminders = [(f"incident {one}", "PostReminder") for one in range(REMINDERS)]
    file.executemany(insert, [*reminders, ("incident 4000", "PostNotice")])
    steps = count()
    file.set_progress_handler(lambda: next(steps) < 0, 1)

    compiled = getattr(outbox_statements, name).on("sqlite")
    found = file.execute(compiled.sql, compiled.bind(VALUES)).fetchall()

    assert [row[2] for row in found] == ["PostReminder"] * ("CHANNELS" not in name)
    assert next(steps) < STEPS_AT_MOST


@pytest.mark.parametrize("name", BEFORE_REMINDERS)
@pytest.mark.parametrize("counted", [False, True])
async def test_reminders_with_nothing_behind_them_cost_postgresql_nothing(
    untouched_postgres: str, name: str, counted: bool
) -> None:
    connection = await asyncpg.connect(untouched_postgres.replace("+asyncpg", ""))
    try:
        await connection.execute("ALTER TABLE outbox SET (autovacuum_enabled = off)")
        await connection.execute("SET session_replication_role = replica")
        await connection.execute(f"{WAITING} {OF_MANY}", DUE_AT)
        await connection.execute(f"{WAITING} VALUES ({HELD_UP})", DUE_AT)
        if counted:
            await connection.execute("ANALYZE outbox")

        plan = await _carried_out(connection, getattr(outbox_statements, name))
    finally:
        await connection.close()

    assert plan["Actual Rows"] == ("CHANNELS" not in name)
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < BLOCKS_AT_MOST


async def _carried_out(connection: "asyncpg.Connection[asyncpg.Record]", claim: Statement) -> Plan:
    compiled = claim.on("postgresql")
    explain = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {compiled.sql}"
    await connection.execute("SET plan_cache_mode = force_generic_plan")
    told = json.loads(await connection.fetchval(explain, *compiled.bind(VALUES)))
    plan: Plan = told[0]["Plan"]
    return plan
