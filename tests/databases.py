"""Databases with all tables and no rows, which only the first test of a process waits for."""

import asyncio
import tempfile
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from storage.migrating import migrate
from tests.postgres import PostgresServer

FILE = "tocsin.db"
EMPTY = """
DO $$
DECLARE one record;
BEGIN
    PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('DELETE FROM %I', one.tablename);
    END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, start_value, false)
        FROM pg_sequences WHERE schemaname = 'public';
END $$
"""
"""Whoever is still there is sent away; tables are emptied in any order, and numbers begin anew.
Making a database for each test, and dropping it, takes a hundred times as long."""


@cache
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        _done(migrate(f"sqlite+aiosqlite:///{folder}/{FILE}"))
        return Path(folder, FILE).read_bytes()


def migrated_sqlite(folder: Path) -> str:
    """The URL of the SQLite database in that folder, which is made if there is none."""
    file = folder / FILE
    if not file.exists():
        folder.mkdir(exist_ok=True)
        file.write_bytes(_migrated_file())
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(scope="session")
def migrated_database(postgres_cluster: PostgresServer) -> str:
    """The name of a database on PostgreSQL that others are copies of."""
    _done(migrate(postgres_cluster.create("migrated")))
    return "migrated"


@pytest.fixture(scope="session")
def shared_database(postgres_cluster: PostgresServer, migrated_database: str) -> str:
    """The URL of the one that the tests of a process have in turn."""
    return postgres_cluster.create("shared", template=migrated_database)


@pytest.fixture
def migrated_postgres(shared_database: str) -> str:
    """The same, without anything of the test before."""
    _done(_empty(shared_database))
    return shared_database


async def _empty(url: str) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute(EMPTY)
    finally:
        await connection.close()


def _done(work: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: whoever asks may be on an event loop already."""
    with ThreadPoolExecutor(1) as beside:
        beside.submit(asyncio.run, work).result()
