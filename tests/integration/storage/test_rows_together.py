"""SQLite is given many rows with one statement, and none of them is lost or changes its place."""

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import BindParameter, Column, Integer, MetaData, Table, Text, bindparam, insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from storage.connection import SqliteConnection, drive
from storage.statements import Statement

THINGS = Table("things", MetaData(), Column("id", Integer, primary_key=True), Column("name", Text))
NAMED: dict[str, BindParameter[object]] = {"id": bindparam("id"), "name": bindparam("name")}
STORE = Statement(insert(THINGS).values(NAMED))
_keep = sqlite_insert(THINGS).values(NAMED)
KEEP = Statement(
    _keep.on_conflict_do_update(index_elements=["id"], set_={"name": _keep.excluded.name})
)


@pytest.fixture
def raw() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)")
    yield connection
    connection.close()


def rows_of(raw: sqlite3.Connection) -> list[tuple[int, str]]:
    return raw.execute("SELECT id, name FROM things ORDER BY rowid").fetchall()


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 63, 64, 65, 201])
def test_every_row_is_stored_in_its_place(raw: sqlite3.Connection, count: int) -> None:
    rows = [(number, f"thing {number}") for number in range(count)]

    drive(SqliteConnection(raw, begin="BEGIN").execute(STORE, rows))

    assert rows_of(raw) == rows


def test_many_rows_take_few_statements(raw: sqlite3.Connection) -> None:
    said: list[str] = []
    raw.set_trace_callback(said.append)
    rows = [(number, "thing") for number in range(137)]

    drive(SqliteConnection(raw, begin="BEGIN").execute(STORE, rows))

    assert sum(one.startswith("INSERT") for one in said) == 4  # 64, 64, 8 and 1


def test_of_two_rows_with_one_key_the_later_stays(raw: sqlite3.Connection) -> None:
    rows = [(number % 10, f"thing {number}") for number in range(20)]

    drive(SqliteConnection(raw, begin="BEGIN").execute(KEEP, rows))

    assert rows_of(raw) == [(number, f"thing {number + 10}") for number in range(10)]
