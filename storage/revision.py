"""Which schema a database has, asked without Alembic: start-up is quicker by its whole import."""

import asyncio
import contextlib
import sqlite3
from pathlib import Path

from asyncpg import UndefinedTableError

from storage.engine import PostgresPlace, SqlitePlace, connect_postgres, place_of
from storage.failures import explained

HEAD = "0012"
"""The newest revision; a test compares it with the migrations."""

_QUESTION = "SELECT version_num FROM alembic_version"


async def pending_migrations(url: str) -> bool:
    """Whether `migrate` would change anything; `Unavailable` when the database is away."""
    match place_of(url):
        case SqlitePlace() as place:
            return place.path.exists() is False or await asyncio.to_thread(_in_file, place.path)
        case PostgresPlace() as place:
            return await _on_server(place)


def _in_file(path: Path) -> bool:
    with (
        explained(),
        contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db,
    ):
        try:
            rows = db.execute(_QUESTION).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return True
            raise
        return rows != [(HEAD,)]


async def _on_server(place: PostgresPlace) -> bool:
    connection = await connect_postgres(place)
    with explained():
        try:
            rows = await connection.fetch(_QUESTION)
        except UndefinedTableError:
            return True
        finally:
            await connection.close()
    return [row["version_num"] for row in rows] != [HEAD]
