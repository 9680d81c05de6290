"""Where the database is, and how a connection to it must be set before anybody may use it."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from core.errors import InvalidInput, Unavailable
from storage.failures import explained

SQLITE_PRAGMAS: Mapping[str, str] = {
    "busy_timeout": "5000",
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "cache_size": "-20000",
    "temp_store": "MEMORY",
    "mmap_size": str(128 * 1024 * 1024),
}
ANSWERS_WITHIN = 30.0
POSTGRES_OPTIONS: Mapping[str, Any] = {
    "timeout": 2.0,
    "command_timeout": ANSWERS_WITHIN,
    "statement_cache_size": 512,
    "server_settings": {
        "application_name": "tocsin",
        "lock_timeout": "2000",
        "idle_in_transaction_session_timeout": "10000",
        "jit": "off",
    },
}
_WRONG_URL = (
    "The database's URL is not one Tocsin can use; write sqlite+aiosqlite:///path/to/tocsin.db or "
    "postgresql+asyncpg://user:password@host/name."
)
"""Does not repeat the URL: it may hold a password wherever it was mistyped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlitePlace:
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresPlace:
    dsn: str


def place_of(url: str) -> SqlitePlace | PostgresPlace:
    """The database a URL names; `InvalidInput` says how to write one."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        raise InvalidInput(_WRONG_URL, field="database_url") from None
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return SqlitePlace(path=Path(parsed.database))
        case "postgresql":
            return PostgresPlace(dsn=_dsn(parsed))
        case _:
            raise InvalidInput(_WRONG_URL, field="database_url")


def connect_sqlite(place: SqlitePlace, *, read_only: bool = False) -> sqlite3.Connection:
    """In autocommit: transactions begin and end where the code says so."""
    try:
        connection = sqlite3.connect(
            place.path, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        for name, value in SQLITE_PRAGMAS.items():
            connection.execute(f"PRAGMA {name} = {value}")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
    except sqlite3.Error as error:
        raise Unavailable(f"The database file {place.path} cannot be opened: {error}.") from error
    return connection


async def connect_postgres(
    place: PostgresPlace, *, answers_within: float | None = ANSWERS_WITHIN
) -> "asyncpg.Connection[asyncpg.Record]":
    """Raises `Unavailable` when the server does not let us in."""
    options = {**POSTGRES_OPTIONS, "command_timeout": answers_within}
    with explained():
        return await asyncpg.connect(place.dsn, **options)


async def postgres_pool(place: PostgresPlace, size: int) -> "asyncpg.Pool[asyncpg.Record]":
    with explained():
        return await asyncpg.create_pool(place.dsn, min_size=1, max_size=size, **POSTGRES_OPTIONS)


def _dsn(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
