"""How both databases go about the questions on maintenance: by an index that holds little else."""

import re
from collections.abc import Sequence

import asyncpg
import pytest

from core.domain.maintenance import MaintenanceState
from storage import (
    agenda,
    alert_lists,
    alerts,
    chores,
    incident_windows,
    maintenance_cards,
    maintenance_lists,
    maintenance_overlaps,
    maintenances,
    timeline,
    webhooks,
)
from storage.engine import SqlitePlace, connect_sqlite, place_of
from storage.statements import Statement
from tests.integration.storage.many_windows import grown
from tests.postgres import PostgresServer

TABLES = ("maintenances", "maintenance_services", "alerts", "timeline", "webhook_deliveries")
LONG = ("maintenances", "alerts", "timeline", "webhook_deliveries")
RUNNING = maintenance_overlaps.STORED[MaintenanceState.IN_PROGRESS]
QUESTIONS: dict[str, tuple[Statement, str]] = {
    "which are due": (chores._DUE, "ix_maintenances_due"),
    "when is the next": (chores._NEXT, "ix_maintenances_due"),
    "whose alerts are stranded": (chores._STRANDED, "ix_alerts_held"),
    "which run": (maintenances._RUNNING, "ix_maintenances_running"),
    "which run, for readers": (
        maintenance_lists._page(("running",), False),
        "ix_maintenances_running",
    ),
    "how many run": (maintenance_lists._total(("running",)), "ix_maintenances_running"),
    "which are of a series": (maintenances._IN_SERIES, "ix_maintenances_of_series"),
    "which overlap": (RUNNING, "ix_maintenance_services_by_service"),
    "which series might": (maintenance_overlaps.SERIES, "ix_maintenance_services_by_service"),
    "which are planned": (agenda._listing(()), "ix_maintenances_agenda"),
    "which an incident was raised in": (incident_windows._WINDOWS, "ix_alerts_raised"),
    "how many alerts are suppressed": (alerts.SUPPRESSED, "ix_alerts_suppressed"),
    "which alerts still fire": (alerts._STILL_SUPPRESSED, "ix_alerts_held"),
    "which alerts were suppressed": (
        alert_lists._listing(("window",), whole=False),
        "ix_alerts_suppressed",
    ),
    "what happened": (timeline.OF_MAINTENANCE, "ix_timeline_of_maintenance"),
    "what was posted last": (maintenance_cards._PROGRESS, "ix_timeline_of_maintenance"),
    "what was sent": (webhooks._listing(("after",)), "ix_webhook_deliveries_newest"),
}
WHOLE = (
    "which overlap",
    "which series might",
    "which are planned",
    "which an incident was raised in",
    "which run, for readers",
)
"""Of few thousand windows PostgreSQL would rather read all; nobody asks these all the time."""

IN_ORDER = ("which are due", "when is the next", "what was sent")


async def _on_sqlite(url: str, statement: Statement) -> list[str]:
    place = place_of(url)
    assert isinstance(place, SqlitePlace)
    connection = connect_sqlite(place)
    sql = statement.on("sqlite").sql
    rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}", ["[]"] * sql.count("?")).fetchall()
    connection.close()
    return [row[3] for row in rows]


async def _on_postgres(url: str, statement: Statement, *, avoid: Sequence[str] = ()) -> list[str]:
    """Whatever the values are."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute("SET plan_cache_mode = force_generic_plan")
        for way in avoid:
            await connection.execute(f"SET enable_{way} = off")
        sql = statement.on("postgresql").sql
        await connection.execute(f"PREPARE question AS {sql}")
        values = ", ".join(["NULL"] * len(set(re.findall(r"\$\d+", sql))))
        lines = await connection.fetch(f"EXPLAIN EXECUTE question({values})")
    finally:
        await connection.close()
    return [line[0] for line in lines]


@pytest.fixture(scope="module")
def grown_up(postgres_cluster: PostgresServer) -> str:
    return grown(postgres_cluster.create("grown_up"))


@pytest.mark.parametrize("question", QUESTIONS)
async def test_sqlite_answers_from_the_index_made_for_it(sqlite_url: str, question: str) -> None:
    statement, index = QUESTIONS[question]

    plan = await _on_sqlite(sqlite_url, statement)

    assert any(f"INDEX {index} (" in step for step in plan)
    assert [step for step in plan if step.split()[0] == "SCAN" and step.split()[1] in TABLES] == []


@pytest.mark.parametrize("question", [one for one in QUESTIONS if one not in WHOLE])
async def test_postgres_answers_from_the_index_made_for_it(grown_up: str, question: str) -> None:
    statement, index = QUESTIONS[question]

    plan = await _on_postgres(grown_up, statement)

    assert any(index in step for step in plan), "\n".join(plan)
    assert not any(f"Seq Scan on {table} " in step for step in plan for table in LONG), "\n".join(
        plan
    )


@pytest.mark.parametrize("question", WHOLE)
async def test_postgres_could_answer_from_an_index_if_there_were_much_more(
    grown_up: str, question: str
) -> None:
    statement, _ = QUESTIONS[question]

    plan = await _on_postgres(grown_up, statement, avoid=("seqscan", "hashjoin", "mergejoin"))

    assert not any("Seq Scan" in step for step in plan), "\n".join(plan)


@pytest.mark.parametrize("question", IN_ORDER)
async def test_what_comes_in_order_is_not_sorted(
    sqlite_url: str, grown_up: str, question: str
) -> None:
    statement, _ = QUESTIONS[question]

    lite = await _on_sqlite(sqlite_url, statement)
    post = await _on_postgres(grown_up, statement)

    assert not any("TEMP B-TREE" in step for step in lite)
    assert not any("Sort" in step for step in post)


async def test_windows_that_are_over_are_in_no_index_of_the_clock(sqlite_url: str) -> None:
    place = place_of(sqlite_url)
    assert isinstance(place, SqlitePlace)
    connection = connect_sqlite(place)
    rows = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%INDEX%WHERE%'")

    partial = {name for (name,) in rows.fetchall()}
    connection.close()

    assert {"ix_maintenances_due", "ix_maintenances_running", "ix_alerts_held"} <= partial
