"""SQLite is set the way that loses nothing; the library's defaults would."""

import sqlite3

import pytest

from core.errors import InvalidInput, Unavailable
from storage.engine import SqlitePlace, connect_sqlite, place_of
from storage.migrating import migrate
from storage.opening import open_storage
from tests.integration.storage.house import ids_of, now


async def _connection(url: str, *, read_only: bool = False) -> sqlite3.Connection:
    await migrate(url)
    place = place_of(url)
    assert isinstance(place, SqlitePlace)
    return connect_sqlite(place, read_only=read_only)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("cache_size", -20000),
        ("temp_store", 2),
        ("mmap_size", 134217728),
    ],
)
async def test_every_connection_has_the_setting(
    sqlite_url: str, pragma: str, value: object
) -> None:
    connection = await _connection(sqlite_url)

    (found,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    connection.close()

    assert found == value


async def test_a_row_cannot_refer_to_nothing(sqlite_url: str) -> None:
    connection = await _connection(sqlite_url)

    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO incident_numbers VALUES ('org_nowhere', 1)")

    connection.close()


async def test_a_reader_cannot_write(sqlite_url: str) -> None:
    connection = await _connection(sqlite_url, read_only=True)

    with pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM outbox")

    connection.close()


async def test_a_folder_that_does_not_exist_is_named() -> None:
    with pytest.raises(Unavailable, match=r"/nowhere/at/all\.db"):
        await open_storage("sqlite:////nowhere/at/all.db", clock=now, new_id=ids_of("a"))


@pytest.mark.parametrize("url", ["mysql://host/name", "sqlite://", "nonsense"])
async def test_a_url_of_something_else_says_what_to_write(url: str) -> None:
    with pytest.raises(InvalidInput, match="postgresql"):
        await open_storage(url, clock=now, new_id=ids_of("a"))


async def test_a_password_is_not_shown_in_the_refusal() -> None:
    with pytest.raises(InvalidInput) as refusal:
        await open_storage("mysql://me:secret@host/name", clock=now, new_id=ids_of("a"))

    assert "secret" not in str(refusal.value)
