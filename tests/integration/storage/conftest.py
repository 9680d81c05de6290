"""The databases these tests run on."""

from pathlib import Path

import pytest

from tests.databases import migrated_sqlite


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """With all tables and no rows."""
    return migrated_sqlite(tmp_path)


@pytest.fixture
def untouched_sqlite(tmp_path: Path) -> str:
    """A file that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'untouched.db'}"


@pytest.fixture(params=["sqlite_url", "migrated_postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each of the two databases, with all tables and no rows."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture(params=["untouched_sqlite", "postgres_url"])
def untouched_url(request: pytest.FixtureRequest) -> str:
    """Each of the two databases, nothing done to it yet."""
    url: str = request.getfixturevalue(request.param)
    return url
