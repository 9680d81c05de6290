"""A database that does not answer: told politely, nothing done behind the caller's back, healed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from core.domain.incident import Incident
from core.errors import Unavailable
from core.ports import UnitOfWork
from core.views import IncidentQuery
from storage.engine import PostgresPlace, SqlitePlace, connect_postgres, connect_sqlite, place_of
from storage.line import MOST_WAITING
from storage.opening import open_storage
from storage.postgres_transaction import PostgresTransaction
from tests.integration.storage.deaf_proxy import deaf_proxy
from tests.integration.storage.house import House, ids_of, now, opened, outcome


@asynccontextmanager
async def _held(url: str) -> AsyncIterator[None]:
    """Somebody else writes to the database and does not end."""
    match place_of(url):
        case SqlitePlace() as place:
            file = connect_sqlite(place)
            file.execute("BEGIN IMMEDIATE")
            yield
            file.execute("ROLLBACK")
            file.close()
        case PostgresPlace() as place:
            raw = await connect_postgres(place)
            other = PostgresTransaction(raw, lambda: connect_postgres(place))
            await other.begin()
            yield
            await other.rollback()
            await raw.close()


async def _total(house: House) -> int:
    return (await house.storage.reads.incidents(house.organization_id, IncidentQuery())).total


async def test_a_database_held_by_somebody_else_is_unavailable_for_a_while(
    database_url: str,
) -> None:
    async with opened(database_url) as house:
        async with _held(database_url):
            refused = await outcome(house.declare("Given up"))
            sick = await outcome(house.storage.health.check())
        declared = await house.declare("Afterwards")

        assert isinstance(refused, Unavailable)
        assert isinstance(sick, Unavailable)
        assert declared.number == 1
        assert await _total(house) == 1


async def test_who_went_away_while_waiting_gets_nothing_done(database_url: str) -> None:
    async with opened(database_url) as house:
        async with _held(database_url):
            waiting = asyncio.create_task(house.declare("Given up"))
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.wait([waiting])
        await house.declare("Afterwards")

        assert waiting.cancelled()
        assert await _total(house) == 1


async def test_readers_go_on_while_somebody_else_writes(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.declare()

        async with _held(database_url):
            assert await _total(house) == 1


async def test_a_line_that_is_too_long_refuses_at_once(database_url: str) -> None:
    async with opened(database_url) as house:
        async with _held(database_url):
            crowd = [asyncio.create_task(outcome(house.declare())) for _ in range(MOST_WAITING)]
            await asyncio.sleep(0)
            one_too_many = await outcome(house.declare())
            still_waiting = sum(not task.done() for task in crowd)
            outcomes = await asyncio.gather(*crowd)

        assert isinstance(one_too_many, Unavailable)
        assert still_waiting == MOST_WAITING
        assert all(isinstance(one, Unavailable) for one in outcomes)
        assert await _total(house) == 0


async def test_what_waits_at_closing_is_refused(database_url: str) -> None:
    async with opened(database_url) as house:
        async with _held(database_url):
            waiting = asyncio.create_task(outcome(house.declare()))
            await asyncio.sleep(0)
            closing = asyncio.create_task(house.storage.writer.close())
            refused = await waiting
        await closing

        assert isinstance(refused, Unavailable)


async def test_a_work_that_waits_for_something_else_is_a_mistake(sqlite_url: str) -> None:
    async with opened(sqlite_url) as house:

        async def sleep(uow: UnitOfWork) -> None:
            await asyncio.sleep(0)

        with pytest.raises(RuntimeError, match="unit of work"):
            await house.storage.transactions.run(house.organization_id, sleep)
        declared = await house.declare("Afterwards")

        assert declared.number == 1


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        await open_storage("postgresql+asyncpg://me@127.0.0.1:1/x", clock=now, new_id=ids_of("a"))


async def _terminate_all(url: str) -> None:
    """What a restart of the server, or a careless operator, does to everybody else."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await connection.close()


async def test_lost_connections_are_told_and_made_anew(postgres_url: str) -> None:
    async with opened(postgres_url) as house:
        under_load = [
            asyncio.create_task(outcome(house.declare(f"Incident {n}"))) for n in range(300)
        ]
        for _ in range(5):
            await asyncio.sleep(0.02)
            await _terminate_all(postgres_url)
        outcomes = await asyncio.gather(*under_load)
        healed = await house.declare("Afterwards")
        query = IncidentQuery(limit=1_000)
        page = await house.storage.reads.incidents(house.organization_id, query)

    declared = [one.number for one in outcomes if isinstance(one, Incident)]
    refused = [one for one in outcomes if not isinstance(one, Incident)]
    assert all(isinstance(one, Unavailable) for one in refused)
    assert sorted(row.number for row in page.rows) == sorted([*declared, healed.number])
    assert healed.number == len(declared) + 1


async def test_readers_find_a_new_connection(postgres_url: str) -> None:
    async with opened(postgres_url) as house:
        await house.declare()
        await _terminate_all(postgres_url)

        answers = [await outcome(_total(house)) for _ in range(12)]

        assert answers[-1] == 1
        assert all(answer == 1 or isinstance(answer, Unavailable) for answer in answers)


async def test_a_commit_whose_answer_was_lost_is_a_success(postgres_url: str) -> None:
    async with deaf_proxy(postgres_url) as (proxy, url), opened(url) as house:
        proxy.swallow_next_commit()

        incidents = await asyncio.gather(*(house.declare(f"Incident {n}") for n in range(8)))

        assert proxy.swallowed == 1
        assert sorted(incident.number for incident in incidents) == list(range(1, 9))
        assert await _total(house) == 8
