"""Brings the schema of a database up to date, one process at a time."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.errors import Unavailable
from storage.engine import (
    PostgresPlace,
    SqlitePlace,
    connect_postgres,
    connect_sqlite,
    place_of,
)
from storage.failures import explained

HEAD = "head"
_SCRIPTS = Path(__file__).parent / "migrations"
_POSTGRES_LOCK = 7_205_759_403
"""Any number, so long as nobody else on the server chose the same."""


async def migrate(url: str, revision: str = HEAD) -> None:
    """Upgrade to `revision`, in one transaction; does nothing when it is there already."""

    def upgrade(connection: Connection) -> None:
        command.upgrade(_config(connection), revision)

    await run_migration(url, upgrade)


async def pending_migrations(url: str) -> bool:
    """Whether `migrate` would change anything."""
    seen: list[bool] = []

    def look(connection: Connection) -> None:
        heads = ScriptDirectory.from_config(_config(connection)).get_heads()
        current = MigrationContext.configure(connection).get_current_heads()
        seen.append(set(heads) != set(current))

    await run_migration(url, look)
    return seen[0]
