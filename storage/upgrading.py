"""Brings the schema of a database up to date, one process at a time."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TypeAlias, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, NullPool, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from core.errors import Unavailable
from storage.engine import (
    PostgresPlace,
    SqlitePlace,
    connect_postgres,
    connect_sqlite,
    place_of,
)

R = TypeVar("R")
Action: TypeAlias = Callable[[Connection], R]

HEAD = "head"
WAITS = 60
"""Seconds for another process that migrates the same database."""

_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK_NUMBER = 7_205_759_403
"""Any number, so long as nobody else on the server chose the same."""
_one_at_a_time = Lock()


async def migrate(url: str, revision: str = HEAD) -> None:
    """Upgrade to `revision`, in one transaction; changes nothing when it is there already."""

    def upgrade(connection: Connection) -> None:
        command.upgrade(_config(connection), revision)

    await on_schema(url, upgrade)


async def on_schema(url: str, action: Action[R]) -> R:
    """Do it in a transaction that nobody else's migration shares, in a thread of its own:
    it takes its time, and Alembic keeps its context in a module."""
    place = place_of(url)

    def alone() -> R:
        with _one_at_a_time:
            if isinstance(place, SqlitePlace):
                return _on_sqlite(place, action)
            return asyncio.run(_on_postgres(place, action))

    try:
        return await asyncio.to_thread(alone)
    except DBAPIError as error:
        raise Unavailable(f"The database could not be migrated: {error.orig}.") from error


def _on_sqlite(place: SqlitePlace, action: Action[R]) -> R:
    engine = create_engine("sqlite://", creator=lambda: connect_sqlite(place), poolclass=NullPool)
    event.listen(engine, "begin", _begin_immediate)
    with engine.begin() as connection:
        return action(connection)


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {WAITS * 1000}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


async def _on_postgres(place: PostgresPlace, action: Action[R]) -> R:
    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=lambda: connect_postgres(place, answers_within=None),
        poolclass=NullPool,
    )
    async with engine.begin() as connection:
        await connection.execute(text(f"SET LOCAL lock_timeout = '{WAITS}s'"))
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK_NUMBER})"))
        return await connection.run_sync(action)


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
