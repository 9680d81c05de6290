"""Where a URL says the database is, and that a wrong one, with its password, is not repeated."""

from pathlib import Path

import pytest

from core.errors import InvalidInput
from storage.engine import PostgresPlace, SqlitePlace, place_of


@pytest.mark.parametrize(
    "url",
    [
        "hunter2",
        "mysql://u:hunter2@h/db",
        "sqlite+aiosqlite:///",
        "sqlite+aiosqlite:///:memory:",
        "postgresql+asyncpg://u:hunter2@h:abc/db",
    ],
)
def test_a_wrong_one_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        place_of(url)

    assert refusal.value.field == "database_url"
    assert "hunter2" not in str(refusal.value)


def test_both_kinds_of_databases_are_found() -> None:
    file = place_of("sqlite+aiosqlite:///data/tocsin.db")
    server = place_of("postgresql+asyncpg://u:p%40ss@h:5432/db")

    assert file == SqlitePlace(path=Path("data/tocsin.db"))
    assert server == PostgresPlace(dsn="postgresql://u:p%40ss@h:5432/db")
