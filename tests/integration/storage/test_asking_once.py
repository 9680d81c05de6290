"""Works that share a transaction ask the database together for what all of them want to know."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.domain.actor import Actor, Surface
from core.domain.ids import MaintenanceId, OrganizationId
from core.domain.maintenance import Maintenance
from core.effects import Effect
from core.ports import UnitOfWork
from storage.batching import carry_out
from storage.connection import SqliteConnection, drive
from storage.engine import SqlitePlace, connect_sqlite, place_of
from storage.session import Draft, Work
from storage.unit_of_work import Rules, SqlUnitOfWork
from tests.databases import migrated_sqlite
from tests.fakes.moment import NOON, FakeIds

OURS, THEIRS = OrganizationId("org_1"), OrganizationId("org_2")
ROBOT = Actor(surface=Surface.CLI, name="x")


def _nothing_follows(*_: object) -> list[Effect]:
    return []


def _unit(draft: Draft, organization_id: OrganizationId) -> UnitOfWork:
    return SqlUnitOfWork(draft, organization_id, Rules(new_id=FakeIds(), react=_nothing_follows))


def _counting(organization_id: OrganizationId = OURS) -> Work[int]:
    async def work(draft: Draft) -> int:
        return len(await _unit(draft, organization_id).maintenances.running())

    return work


def _starting(id: str) -> Work[int]:
    window = Maintenance(
        id=MaintenanceId(id),
        number=int(id[-1]),
        title="Upgrade",
        scheduled_start_at=NOON,
        scheduled_end_at=NOON + timedelta(hours=1),
        created_at=NOON,
        updated_at=NOON,
        actual_start_at=NOON,
    )

    async def work(draft: Draft) -> int:
        told = window.scheduled(by=ROBOT, at=NOON)
        await _unit(draft, OURS).maintenances.save(window, because=told)
        return 0

    return work


@pytest.fixture
async def raw(tmp_path: Path) -> AsyncIterator[sqlite3.Connection]:
    place = place_of(migrated_sqlite(tmp_path))
    assert isinstance(place, SqlitePlace)
    connection = connect_sqlite(place)
    for id in (OURS, THEIRS):
        values = (id, id, id, NOON.isoformat())
        connection.execute("INSERT INTO organizations VALUES (?, ?, ?, ?)", values)
    yield connection
    connection.close()


def _carried(raw: sqlite3.Connection, works: Sequence[Work[Any]]) -> tuple[list[Any], int]:
    """What the works answered, and how often running windows were asked for."""
    said: list[str] = []
    raw.set_trace_callback(said.append)
    connection = SqliteConnection(raw, begin="BEGIN IMMEDIATE")
    drive(connection.begin())
    carried = drive(carry_out(connection, works))
    raw.set_trace_callback(None)
    asked = [sql for sql in said if sql.startswith("SELECT") and "LEFT OUTER JOIN" in sql]
    return [outcome.error or outcome.value for outcome in carried.outcomes], len(asked)


def test_many_works_ask_once_which_windows_run(raw: sqlite3.Connection) -> None:
    answers, asked = _carried(raw, [_counting() for _ in range(50)])

    assert (answers, asked) == ([0] * 50, 1)


def test_they_ask_again_once_another_one_started_a_window(raw: sqlite3.Connection) -> None:
    works = [_counting(), _counting(), _starting("mnt_1"), _counting(), _counting()]

    answers, asked = _carried(raw, works)

    assert (answers, asked) == ([0, 0, 0, 1, 1], 2)


def test_each_organisation_is_told_of_its_own(raw: sqlite3.Connection) -> None:
    works = [_starting("mnt_1"), _counting(), _counting(THEIRS), _counting(), _counting(THEIRS)]

    answers, asked = _carried(raw, works)

    assert (answers, asked) == ([0, 1, 0, 1, 0], 2)


def test_the_next_transaction_asks_anew(raw: sqlite3.Connection) -> None:
    _carried(raw, [_counting(), _starting("mnt_1")])

    answers, asked = _carried(raw, [_counting(), _counting()])

    assert (answers, asked) == ([1, 1], 1)
