"""How PostgreSQL goes through long lists: along an index, without sorting what it finds."""

import re

import asyncpg
import pytest

from storage import chores
from storage.incident_lists import Shape, _page
from storage.migrating import migrate
from storage.statements import Statement

PAGES = {
    "newest": (Shape(), 0),
    "oldest": (Shape(oldest_first=True), 0),
    "of one state": (Shape(("states",)), 1),
    "of one severity": (Shape(("severities",)), 1),
    "of one mode": (Shape(("modes",)), 1),
    "of an assignee": (Shape(("assignee",)), 0),
}
INDEXES_ONLY = ("enable_seqscan", "enable_bitmapscan", "enable_incremental_sort")


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_is_picked_in_the_order_of_an_index(postgres_url: str, page: str) -> None:
    shape, branches = PAGES[page]

    plan = await _plan(postgres_url, _page(shape, branches, False))

    picking = plan[plan.index("Limit") :]
    assert "Index" in picking
    assert "Sort Key: incidents" not in picking


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (chores._DUE_TIMERS, "ix_alert_timers_due"),
        (chores._DUE_REMINDERS, "ix_alert_timers_patient"),
    ],
)
async def test_timers_that_are_due_are_read_in_the_order_of_their_index(
    postgres_url: str, statement: Statement, index: str
) -> None:
    plan = await _plan(postgres_url, statement)

    assert f"Index Scan using {index} on alert_timers" in plan
    assert "Sort" not in plan


async def _plan(url: str, statement: Statement) -> str:
    """Without a value: as it is planned once for all."""
    await migrate(url)
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        for setting in INDEXES_ONLY:
            await connection.execute(f"SET {setting} = off")
        await connection.execute("SET plan_cache_mode = force_generic_plan")
        sql = statement.on("postgresql").sql
        await connection.execute(f"PREPARE planned AS {sql}")
        values = ", ".join(["NULL"] * len(set(re.findall(r"\$\d+", sql))))
        lines = await connection.fetch(f"EXPLAIN EXECUTE planned({values})")
    finally:
        await connection.close()
    return "\n".join(line[0] for line in lines)
